using System.Collections.Immutable;

namespace CaaS.Analytics.Text;

/// <summary>What is asked of an index.</summary>
/// <param name="Parts">Sides of the question; at most <see cref="MaxParts"/> are read.</param>
/// <param name="FitsAt">Score from which a document fits, 0 to 1.</param>
/// <param name="MayFitAt">Score from which it may fit, 0 to 1; below it is not shown.</param>
/// <param name="KeyAt">Share of a key part that must be found, 0 to 1; without key parts it does not matter.</param>
public sealed record TextQuestion(ImmutableArray<QuestionPart> Parts, double FitsAt, double MayFitAt, double KeyAt)
{
    /// <summary>Share of the best score below which a document is not shown: beside a much better one it adds
    /// little.</summary>
    public double ShadeAt { get; init; } = 0.5;

    /// <summary>Most parts of a question.</summary>
    public const int MaxParts = 8;

    /// <summary>A person's search: all words count alike, and half of them found is an answer.</summary>
    /// <param name="text">What was typed.</param>
    public static TextQuestion Search(string text) => new([QuestionPart.Words(text, 1)], FitsAt: 0.45, MayFitAt: 0.2, KeyAt: 0);
}
