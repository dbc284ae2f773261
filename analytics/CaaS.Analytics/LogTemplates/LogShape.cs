namespace CaaS.Analytics.LogTemplates;

/// <summary>All lines that are cut into the same pieces, but for values.</summary>
internal sealed class LogShape
{
    private readonly int[] _softAt;
    private readonly bool[] _hasChanged;

    /// <summary>Makes the shape of a line.</summary>
    /// <param name="line">Line.</param>
    /// <param name="tokens">Its pieces.</param>
    public LogShape(string line, LogToken[] tokens)
    {
        Line = line;
        Tokens = tokens;
        Cells = LogCells.Of(line, tokens);
        _softAt = [.. Enumerable.Range(0, tokens.Length).Where(index => tokens[index].Kind == LogTokenKind.Soft)];
        _hasChanged = new bool[tokens.Length];
    }

    /// <summary>First line of this shape.</summary>
    public string Line { get; }

    /// <summary>Its pieces.</summary>
    public LogToken[] Tokens { get; }

    /// <summary>Its places.</summary>
    public LogCell[] Cells { get; }

    /// <summary>Template it belongs to.</summary>
    public required LogPattern Pattern { get; set; }

    /// <summary>Notes which soft pieces are not what they were; hot path, nothing is allocated.</summary>
    /// <param name="tokens">Pieces of a line of this shape.</param>
    /// <returns>True when a piece changed for the first time.</returns>
    public bool Observe(ReadOnlySpan<LogToken> tokens)
    {
        var isNew = false;
        foreach (var at in _softAt)
        {
            if (!_hasChanged[at] && tokens[at].Text != Tokens[at].Text)
            {
                _hasChanged[at] = true;
                isNew = true;
            }
        }

        return isNew;
    }

    /// <summary>Tells whether a soft piece has been seen with two texts.</summary>
    /// <param name="token">Index of the piece.</param>
    public bool HasChanged(int token) => _hasChanged[token];
}
