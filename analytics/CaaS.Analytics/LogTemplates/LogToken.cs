namespace CaaS.Analytics.LogTemplates;

/// <summary>A piece of a log line.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Context">What stands before or after it.</param>
/// <param name="Start">Where it begins in the line, characters.</param>
/// <param name="Length">Characters; 0 for a value that was left empty.</param>
/// <param name="Key">What counts when templates are compared: equal keys are the same piece of a template.</param>
/// <param name="Text">Hash of the text itself, for a <see cref="LogTokenKind.Soft"/> piece; else 0.</param>
internal readonly record struct LogToken(
    LogTokenKind Kind, LogTokenContext Context, int Start, int Length, ulong Key, ulong Text)
{
    /// <summary>The key of every value.</summary>
    public const ulong ValueKey = 0x9E3779B97F4A7C15;

    /// <summary>Where it ends.</summary>
    public int End => Start + Length;
}
