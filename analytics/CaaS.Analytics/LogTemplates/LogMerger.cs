namespace CaaS.Analytics.LogTemplates;

/// <summary>Puts patterns together that differ only in words which prove to be values.</summary>
/// <remarks>
/// Patterns of the same count of places are compared without one place at a time (the sums of <see cref="LogCells"/>
/// make that a look-up), and records of named fields without all assigned values at once. How many distinct words it
/// takes depends on what the place says: see <see cref="LogMinerOptions"/>. Words with an offset (stack frames) and
/// words of closed sets (true, false) are never values. Words that were merged elsewhere count as known values. The
/// groups are kept from one merge to the next and only changed ones are looked at again, all of them once a new word is
/// known: cost O(places) a new or changed pattern.
/// </remarks>
internal sealed class LogMerger(LogMinerOptions options)
{
    private const int RoundsMax = 8;
    private const ulong AnyKey = 11;
    private const ulong FieldKey = 7;

    private readonly HashSet<ulong> _known = [];
    private readonly Dictionary<ulong, LogPattern> _bySum = [];
    private readonly Dictionary<int, LogGroup> _freed = [];
    private readonly LogGroups _places = new();
    private readonly LogGroups _fields = new();
    private readonly List<LogPattern> _changed = [];
    private int _knownBefore;

    /// <summary>Patterns that others took in.</summary>
    public int TakenIn { get; private set; }

    /// <summary>Finds the pattern that covers a shape.</summary>
    /// <param name="cells">Its places.</param>
    /// <returns>The pattern with the same places, else the oldest whose free places cover it; null when there is
    /// none.</returns>
    public LogPattern? Find(ReadOnlySpan<LogCell> cells)
    {
        if (_bySum.TryGetValue(LogCells.Sum(cells), out var same) || !_freed.TryGetValue(cells.Length, out var freed))
        {
            return same;
        }

        foreach (var pattern in freed.Patterns)
        {
            if (pattern.Covers(cells))
            {
                return pattern;
            }
        }

        return null;
    }

    /// <summary>Takes in a new pattern, with places no other has.</summary>
    /// <param name="pattern">Pattern.</param>
    public void Add(LogPattern pattern) => Register(pattern);

    /// <summary>Notes that a pattern has a new shape.</summary>
    /// <param name="pattern">Pattern.</param>
    public void Touch(LogPattern pattern)
    {
        if (SumWithoutFields(pattern) is { } sum)
        {
            _fields.Touch(sum);
        }
    }

    /// <summary>Merges until nothing more can be.</summary>
    public void Merge()
    {
        var merged = true;
        for (var round = 0; merged && round < RoundsMax; round++)
        {
            merged = MergeFields();
            RegisterChanged();
            merged |= MergePlaces();
            RegisterChanged();
        }
    }

    private void RegisterChanged()
    {
        foreach (var pattern in _changed.OrderBy(pattern => pattern.Number))
        {
            Register(pattern);
        }

        _changed.Clear();
    }

    /// <summary>Files a pattern under what it has in common with others; of two with the same places the older takes
    /// the younger in.</summary>
    private void Register(LogPattern pattern)
    {
        var sum = LogCells.Sum(pattern.Cells);
        if (_bySum.TryGetValue(sum, out var same))
        {
            if (same.Number < pattern.Number)
            {
                var hadFree = same.HasFree;
                TakeIn(same, pattern);
                Touch(same);
                if (same.HasFree && !hadFree)
                {
                    Freed(same).Add(same);
                }

                return;
            }

            Unregister(same);
            TakeIn(pattern, same);
        }

        _bySum.Add(sum, pattern);
        if (pattern.HasFree)
        {
            Freed(pattern).Add(pattern);
        }

        if (SumWithoutFields(pattern) is { } fields)
        {
            _fields.Add(fields, pattern, -1);
        }

        for (var index = 0; index < pattern.Cells.Length; index++)
        {
            if (MayVary(pattern.Cells[index]))
            {
                _places.Add(SumWithout(pattern, index, sum), pattern, index);
            }
        }
    }

    private void Unregister(LogPattern pattern)
    {
        var sum = LogCells.Sum(pattern.Cells);
        _bySum.Remove(sum);
        if (pattern.HasFree)
        {
            Freed(pattern).Remove(pattern);
        }

        if (SumWithoutFields(pattern) is { } fields)
        {
            _fields.Remove(fields, pattern);
        }

        for (var index = 0; index < pattern.Cells.Length; index++)
        {
            if (MayVary(pattern.Cells[index]))
            {
                _places.Remove(SumWithout(pattern, index, sum), pattern);
            }
        }
    }

    private LogGroup Freed(LogPattern pattern)
    {
        if (!_freed.TryGetValue(pattern.Cells.Length, out var freed))
        {
            freed = new LogGroup(-1);
            _freed.Add(pattern.Cells.Length, freed);
        }

        return freed;
    }

    private void TakeIn(LogPattern heir, LogPattern other)
    {
        heir.TakeIn(other);
        TakenIn++;
    }

    private bool MergeFields()
    {
        var merged = false;
        foreach (var group in _fields.Take(all: false))
        {
            LogPattern[] patterns = [.. group.Patterns];
            var varying = patterns.Length < 2 ? [] : Enumerable.Range(0, patterns[0].Cells.Length)
                .Where(index => IsField(patterns[0].Cells[index])
                    && patterns.Any(pattern => MayFree(pattern.Cells[index])) && VariesAsField(patterns, index))
                .ToArray();
            if (varying.Length > 0)
            {
                Free(patterns, varying);
                merged = true;
            }
        }

        return merged;
    }

    private bool MergePlaces()
    {
        var isAll = _known.Count > _knownBefore;
        _knownBefore = _known.Count;
        if (!Array.Exists(_places.Take(isAll), Varies))
        {
            return false;
        }

        // A word that becomes known may decide groups further on, changed or not.
        foreach (var group in _places.Take(all: true))
        {
            if (Varies(group))
            {
                LogPattern[] patterns = [.. group.Patterns];
                foreach (var pattern in patterns)
                {
                    _known.Add(pattern.Cells[group.Place].Key);
                }

                Free(patterns, [group.Place]);
            }
        }

        return true;
    }

    /// <summary>Makes places values; of patterns that have become the same, the oldest takes the others in.</summary>
    private void Free(LogPattern[] patterns, int[] places)
    {
        var bySum = new Dictionary<ulong, LogPattern>();
        foreach (var pattern in patterns)
        {
            Unregister(pattern);
            foreach (var index in places)
            {
                if (MayFree(pattern.Cells[index]))
                {
                    pattern.Free(index);
                }
            }

            var sum = LogCells.Sum(pattern.Cells);
            if (bySum.TryAdd(sum, pattern))
            {
                _changed.Add(pattern);
            }
            else
            {
                TakeIn(bySum[sum], pattern);
            }
        }
    }

    private bool VariesAsField(LogPattern[] group, int index)
    {
        var distinct = new HashSet<ulong>();
        var hasValue = false;
        foreach (var pattern in group)
        {
            foreach (var shape in pattern.Shapes)
            {
                var cell = shape.Cells[index];
                hasValue |= cell.IsValue;
                distinct.Add(cell.IsValue ? cell.Text : cell.Key);
            }
        }

        return distinct.Count >= (hasValue ? options.AnnouncedWords : options.AssignedWords);
    }

    private static ulong? SumWithoutFields(LogPattern pattern)
    {
        var sum = 0UL;
        var fields = 0;
        for (var index = 0; index < pattern.Cells.Length; index++)
        {
            var cell = pattern.Cells[index];
            fields += IsField(cell) ? 1 : 0;
            sum += LogCells.At(index, IsField(cell) ? FieldKey : cell.Key);
        }

        return fields > 0 ? sum : null;
    }

    private static bool IsField(in LogCell cell) =>
        cell.Context == LogTokenContext.Assigned || (cell.IsValue && cell.Kind == LogTokenKind.Value && cell.Text == 1);

    private static bool MayFree(in LogCell cell) => !cell.IsValue && cell.Context != LogTokenContext.Closed;

    private static bool MayVary(in LogCell cell) =>
        !cell.IsFixed && cell.Context is not (LogTokenContext.Code or LogTokenContext.Closed);

    private static ulong SumWithout(LogPattern pattern, int index, ulong sum) =>
        sum - LogCells.At(index, pattern.Cells[index].Key) + LogCells.At(index, AnyKey);

    /// <summary>True when text is left that tells what the pattern is about.</summary>
    private static bool KeepsWord(LogPattern pattern, int index)
    {
        for (var other = 0; other < pattern.Cells.Length; other++)
        {
            if (other != index && pattern.Cells[other].Kind == LogTokenKind.Word && !pattern.Cells[other].IsValue)
            {
                return true;
            }
        }

        return false;
    }

    private bool Varies(LogGroup group) =>
        group.Patterns.Count > 1 && KeepsWord(group.Patterns[0], group.Place) && Varies(group.Patterns, group.Place);

    private bool Varies(IReadOnlyList<LogPattern> group, int index)
    {
        var words = 0;
        var known = 0;
        var hasValue = false;
        var isSoft = true;
        foreach (var pattern in group)
        {
            var cell = pattern.Cells[index];
            hasValue |= cell.IsValue;
            words += cell.IsValue ? 0 : 1;
            known += _known.Contains(cell.Key) ? 1 : 0;
            isSoft &= cell.IsValue || cell.Kind == LogTokenKind.Soft;
        }

        var cue = LogCues.Before(group[0].First, index);
        if (isSoft)
        {
            return hasValue || cue != LogCue.None || words >= options.AnnouncedWords;
        }

        if (hasValue && (cue != LogCue.None || LogCues.IsEnclosed(group[0].First, index)))
        {
            return true;
        }

        var isKnown = known >= Math.Max(2, words * 3 / 4);
        var needed = hasValue ? options.AnnouncedWords
            : group[0].Cells[index].Context == LogTokenContext.Assigned ? options.AssignedWords
            : cue == LogCue.Noun ? (isKnown ? 2 : options.AnnouncedWords)
            : isKnown ? options.AnnouncedWords
            : cue == LogCue.Preposition ? options.AssignedWords : options.FreeWords;
        return words + (hasValue ? 1 : 0) >= needed;
    }
}
