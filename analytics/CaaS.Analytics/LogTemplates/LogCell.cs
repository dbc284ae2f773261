namespace CaaS.Analytics.LogTemplates;

/// <summary>One place of a template: a piece of a line, or a list of pieces that counts as one value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Context">What stands around it.</param>
/// <param name="Key">What counts when templates are compared.</param>
/// <param name="Text">Which of the distinct texts it was, where that matters for merging.</param>
/// <param name="First">First piece of the line, 0-based.</param>
/// <param name="Count">Pieces of the line.</param>
internal readonly record struct LogCell(
    LogTokenKind Kind, LogTokenContext Context, ulong Key, ulong Text, int First, int Count)
{
    /// <summary>True for a blank or a mark, which never become a value.</summary>
    public bool IsFixed => Kind is LogTokenKind.Space or LogTokenKind.Mark;

    /// <summary>True for an evident value.</summary>
    public bool IsValue => Key == LogToken.ValueKey;
}
