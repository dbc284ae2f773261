namespace CaaS.Analytics.LogTemplates;

/// <summary>Groups of patterns by what they have in common, kept as patterns come and change.</summary>
/// <remarks>Most patterns share nothing with another, so a group is made only for the second of its patterns. Cost of a
/// change O(1) and the size of its group.</remarks>
internal sealed class LogGroups
{
    private readonly Dictionary<ulong, LogPattern> _single = [];
    private readonly Dictionary<ulong, LogGroup> _groups = [];
    private readonly List<LogGroup> _touched = [];

    /// <summary>Adds a pattern.</summary>
    /// <param name="key">What it has in common with others.</param>
    /// <param name="pattern">Pattern.</param>
    /// <param name="place">Place that is left out of the key; −1 for fields.</param>
    public void Add(ulong key, LogPattern pattern, int place)
    {
        if (!_groups.TryGetValue(key, out var group))
        {
            if (!_single.Remove(key, out var other))
            {
                _single.Add(key, pattern);
                return;
            }

            group = new LogGroup(place);
            group.Add(other);
            _groups.Add(key, group);
        }

        group.Add(pattern);
        Touch(group);
    }

    /// <summary>Takes a pattern out.</summary>
    /// <param name="key">Key it was added with.</param>
    /// <param name="pattern">Pattern.</param>
    public void Remove(ulong key, LogPattern pattern)
    {
        if (!_groups.TryGetValue(key, out var group))
        {
            _single.Remove(key);
            return;
        }

        group.Remove(pattern);
        Touch(group);
        if (group.Patterns.Count == 0)
        {
            _groups.Remove(key);
        }
    }

    /// <summary>Notes that a pattern knows more than before.</summary>
    /// <param name="key">Key it was added with.</param>
    public void Touch(ulong key)
    {
        if (_groups.TryGetValue(key, out var group))
        {
            Touch(group);
        }
    }

    /// <summary>Groups that changed since they were last asked for, in the order of their oldest patterns.</summary>
    /// <param name="all">True for the unchanged ones too.</param>
    public LogGroup[] Take(bool all)
    {
        IEnumerable<LogGroup> groups = all ? _groups.Values : _touched;
        LogGroup[] taken =
        [
            .. groups.Where(group => group.Patterns.Count > 1)
                .OrderBy(group => group.Patterns[0].Number).ThenBy(group => group.Place),
        ];
        foreach (var group in _touched)
        {
            group.IsTouched = false;
        }

        _touched.Clear();
        return taken;
    }

    private void Touch(LogGroup group)
    {
        if (!group.IsTouched)
        {
            group.IsTouched = true;
            _touched.Add(group);
        }
    }
}
