using System.Collections.Immutable;

namespace CaaS.Analytics.Text;

/// <summary>One side of what is asked: the fault, its signs, where, the words around it.</summary>
/// <param name="Text">Words to find; may be empty.</param>
/// <param name="Labels">Labels to find as a whole; may be empty.</param>
/// <param name="Weight">Share of the score, above zero, relative to the other parts.</param>
/// <param name="IsKey">Without enough of at least one key part nothing fits, whatever else does.</param>
/// <param name="IsBonus">What is found of it adds to the score, and what is not does not take from it.</param>
/// <remarks>Each part is scored by itself, so that many words of little use do not outweigh the few that
/// matter.</remarks>
public sealed record QuestionPart(string Text, ImmutableArray<string> Labels, double Weight, bool IsKey, bool IsBonus = false)
{
    /// <summary>A part of words alone.</summary>
    /// <param name="text">Words.</param>
    /// <param name="weight">Share of the score.</param>
    /// <param name="isKey">Whether it is a key part.</param>
    public static QuestionPart Words(string text, double weight, bool isKey = false) => new(text, [], weight, isKey);

    /// <summary>A part of labels alone.</summary>
    /// <param name="labels">Labels.</param>
    /// <param name="weight">Share of the score.</param>
    /// <param name="isKey">Whether it is a key part.</param>
    public static QuestionPart Whole(IEnumerable<string> labels, double weight, bool isKey = false) =>
        new("", [.. labels], weight, isKey);
}
