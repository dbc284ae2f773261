using CaaS.Analytics.State;

namespace CaaS.Analytics.LogTemplates;

/// <summary>All lines that are cut into the same pieces, but for values.</summary>
internal sealed class LogShape
{
    private readonly int[] _softAt;
    private readonly bool[] _hasChanged;
    private readonly int[] _prefix;
    private LogPattern? _pattern;

    /// <summary>Makes the shape of a line.</summary>
    /// <param name="line">Line.</param>
    /// <param name="tokens">Its pieces.</param>
    /// <param name="cells">Its places.</param>
    public LogShape(string line, LogToken[] tokens, LogCell[] cells)
    {
        Line = line;
        Tokens = tokens;
        Cells = cells;
        _softAt = [.. Enumerable.Range(0, tokens.Length).Where(index => tokens[index].Kind == LogTokenKind.Soft)];
        _hasChanged = new bool[tokens.Length];
        _prefix = [.. tokens.Select(token => token.Length)];
    }

    /// <summary>First line of this shape.</summary>
    public string Line { get; }

    /// <summary>Its pieces.</summary>
    public LogToken[] Tokens { get; }

    /// <summary>Its places.</summary>
    public LogCell[] Cells { get; }

    /// <summary>Template it belongs to.</summary>
    /// <exception cref="InvalidOperationException">No pattern has it yet.</exception>
    public LogPattern Pattern
    {
        get => _pattern ?? throw new InvalidOperationException("The shape has no pattern yet.");
        set => _pattern = value;
    }

    /// <summary>Notes which soft pieces are not what they were; hot path, nothing is allocated.</summary>
    /// <param name="line">A line of this shape.</param>
    /// <param name="tokens">Its pieces.</param>
    /// <returns>True when what is known of a piece changed.</returns>
    public bool Observe(ReadOnlySpan<char> line, ReadOnlySpan<LogToken> tokens)
    {
        var isNew = false;
        foreach (var at in _softAt)
        {
            if (_prefix[at] == 0 || tokens[at].Text == Tokens[at].Text)
            {
                continue;
            }

            ref readonly var token = ref tokens[at];
            var known = Line.AsSpan(Tokens[at].Start, _prefix[at]);
            var prefix = known.CommonPrefixLength(line.Slice(token.Start, token.Length));
            isNew |= prefix < _prefix[at] || !_hasChanged[at];
            _prefix[at] = prefix;
            _hasChanged[at] = true;
        }

        return isNew;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        foreach (var at in _softAt)
        {
            _prefix[at] = archive.Within(_prefix[at], 0, Tokens[at].Length);
            _hasChanged[at] = archive.Value(_hasChanged[at]);
        }
    }

    /// <summary>What every text of a soft piece began with.</summary>
    /// <param name="token">Index of the piece.</param>
    public ReadOnlySpan<char> Prefix(int token) => Line.AsSpan(Tokens[token].Start, _prefix[token]);

    /// <summary>Tells whether a soft piece has been seen with two texts.</summary>
    /// <param name="token">Index of the piece.</param>
    public bool HasChanged(int token) => _hasChanged[token];
}
