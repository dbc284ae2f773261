namespace CaaS.Analytics.LogTemplates;

/// <summary>Words of English that announce a value.</summary>
internal static class LogCues
{
    private static readonly HashSet<ulong> Nouns = Hashes(
        "user username account login process program command module driver device interface service daemon server "
        + "client host node pod container image volume file directory folder path class type name named method function "
        + "thread task job queue topic table index database domain group role policy package plugin component");

    private static readonly HashSet<ulong> Prepositions = Hashes("for from by to of at on in with via using as");

    /// <summary>What the word before a place announces.</summary>
    /// <param name="shape">Shape of a line.</param>
    /// <param name="cell">Index of the place.</param>
    public static LogCue Before(LogShape shape, int cell)
    {
        var index = cell - 1;
        while (index >= 0 && shape.Cells[index].IsFixed && cell - index <= 3)
        {
            index--;
        }

        return index < 0 ? LogCue.None
            : Nouns.Contains(shape.Cells[index].Key) ? LogCue.Noun
            : Prepositions.Contains(shape.Cells[index].Key) ? LogCue.Preposition : LogCue.None;
    }

    /// <summary>True when brackets hold the place alone.</summary>
    /// <param name="shape">Shape of a line.</param>
    /// <param name="cell">Index of the place.</param>
    public static bool IsEnclosed(LogShape shape, int cell) =>
        cell > 0 && cell + 1 < shape.Cells.Length
        && (MarkAt(shape, cell - 1), MarkAt(shape, cell + 1)) is ('(', ')') or ('[', ']') or ('{', '}') or ('<', '>');

    private static char MarkAt(LogShape shape, int cell) =>
        shape.Cells[cell].Kind == LogTokenKind.Mark ? shape.Line[shape.Tokens[shape.Cells[cell].First].Start] : ' ';

    private static HashSet<ulong> Hashes(string words) => [.. words.Split(' ').Select(word => LogText.Hash(word))];
}
