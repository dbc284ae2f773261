using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Ranking;

/// <summary>What was made of one incident.</summary>
/// <param name="Causes">Ranked causes, best first.</param>
/// <param name="RuledOut">Causes refuted.</param>
/// <param name="State">How sure the first is.</param>
/// <param name="Verdict">One sentence for people.</param>
/// <param name="Headline">Title of the first cause's class; empty when none stands out.</param>
/// <param name="Completeness">Share of what would tell causes apart that was measured, 0 to 1; NaN when
/// unknown.</param>
/// <param name="NextCheck">The check that would best tell the first two causes apart; empty when there is
/// none, or the first is confirmed.</param>
/// <param name="Onset">Where the onset lies; null when unknown.</param>
internal sealed record Judgement(
    ImmutableArray<Hypothesis> Causes,
    ImmutableArray<Hypothesis> RuledOut,
    VerdictState State,
    string Verdict,
    string Headline,
    double Completeness = double.NaN,
    string NextCheck = "",
    OnsetRange? Onset = null)
{
    public static readonly Judgement None =
        new([], [], VerdictState.Inconclusive, "No cause was found yet.", "");

    /// <summary>The first cause when it stands out, otherwise null.</summary>
    public EntityRef? Established => State >= VerdictState.Likely ? Causes[0].Entity : null;
}
