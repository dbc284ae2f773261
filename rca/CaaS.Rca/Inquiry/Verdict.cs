using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>The answer to a case.</summary>
/// <param name="Suspects">Possible causes, most likely first.</param>
/// <param name="RuledOut">What was ruled out, and why.</param>
/// <param name="CauseFound">False when no cause stands out; the ranking is then only a list of places to look.</param>
/// <param name="NoCauseProbability">Probability that none of them is the cause, 0 to 1.</param>
/// <param name="Onset">When it began.</param>
public sealed record Verdict(
    ImmutableArray<Suspect> Suspects,
    ImmutableArray<RuledOut> RuledOut,
    bool CauseFound,
    double NoCauseProbability,
    OnsetPosterior Onset)
{
    /// <summary>How sure the first suspect is.</summary>
    public VerdictState State { get; init; }

    /// <summary>Share of what would tell causes apart that was measured, 0 to 1; NaN when unknown.</summary>
    public double Completeness { get; init; } = double.NaN;

    /// <summary>What to look at to tell the first two suspects apart; empty when nothing is missing.</summary>
    public string Check { get; init; } = string.Empty;
}
