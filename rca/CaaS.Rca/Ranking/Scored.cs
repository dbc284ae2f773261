using System.Collections.Immutable;
using CaaS.Rca.FaultClasses;
using CaaS.Signals;

namespace CaaS.Rca.Ranking;

/// <summary>One entity and fault class with what speaks for and against it.</summary>
/// <param name="Entity">Suspect.</param>
/// <param name="Class">Fault class.</param>
/// <param name="Score">Log prior and capped log-likelihood ratios.</param>
/// <param name="IsDirect">Some evidence shows the fault itself.</param>
/// <param name="Unexplained">Share of symptoms it cannot explain.</param>
/// <param name="Evidence">Reasons, heaviest first.</param>
internal sealed record Scored(
    EntityRef Entity, FaultClass Class, double Score, bool IsDirect, double Unexplained, ImmutableArray<Evidence> Evidence)
{
    /// <summary>Reasons without what people said of earlier incidents.</summary>
    public IEnumerable<Evidence> Seen => Evidence.Where(reason => reason.Kind != EvidenceKind.Feedback);
}
