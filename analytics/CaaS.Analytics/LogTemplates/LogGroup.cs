namespace CaaS.Analytics.LogTemplates;

/// <summary>Patterns that have something in common, oldest first.</summary>
/// <param name="place">Index of the place they may differ in; −1 for none in particular.</param>
internal sealed class LogGroup(int place)
{
    private readonly List<LogPattern> _patterns = [];

    /// <summary>Index of the place they may differ in; −1 for none in particular.</summary>
    public int Place => place;

    /// <summary>Its patterns, oldest first.</summary>
    public IReadOnlyList<LogPattern> Patterns => _patterns;

    /// <summary>True from a change on until it is looked at.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Adds a pattern in its order.</summary>
    public void Add(LogPattern pattern)
    {
        var at = _patterns.Count;
        while (at > 0 && _patterns[at - 1].Number > pattern.Number)
        {
            at--;
        }

        _patterns.Insert(at, pattern);
    }

    /// <summary>Takes a pattern out.</summary>
    public void Remove(LogPattern pattern) => _patterns.Remove(pattern);
}
