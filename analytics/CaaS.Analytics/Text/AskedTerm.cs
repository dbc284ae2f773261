namespace CaaS.Analytics.Text;

/// <summary>One term of a part of a question.</summary>
/// <param name="Term">The term.</param>
/// <param name="Surface">As it was asked.</param>
/// <param name="IsExtra">A compound whose words are asked as well: found it helps, missing it does not count.</param>
internal readonly record struct AskedTerm(string Term, string Surface, bool IsExtra)
{
    // More words than these are a story, not a question; what matters comes first.
    private const int MaxTerms = 64;

    /// <summary>The different terms of a part, in its order.</summary>
    public static IReadOnlyList<AskedTerm> Of(QuestionPart part) =>
    [
        .. part.Labels.Select(label => new AskedTerm(IndexedText.Whole(label), label, false))
            .Concat(OperationsTokens.Of(part.Text).Select(token => new AskedTerm(token.Term, token.Surface, token.IsWhole)))
            .DistinctBy(term => term.Term, StringComparer.Ordinal).Take(MaxTerms),
    ];
}
