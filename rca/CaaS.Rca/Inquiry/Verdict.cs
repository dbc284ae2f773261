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
    OnsetPosterior Onset);
