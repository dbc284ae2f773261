using System.Collections.Immutable;
using CaaS.Rca;

namespace CaaS.Replay;

/// <summary>One ranked cause of a replay.</summary>
/// <param name="Rank">Place, from 1.</param>
/// <param name="Entity"><c>namespace/Kind/name</c>.</param>
/// <param name="FaultClass">Id of the fault class.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Evidence">Reasons, strongest first.</param>
public sealed record ReportedCause(
    int Rank, string Entity, string FaultClass, double Confidence, ImmutableArray<ReportedEvidence> Evidence)
{
    internal static ReportedCause Of(Hypothesis cause) => new(
        cause.Rank, cause.Entity.ToString(), cause.FaultClass, Math.Round(cause.Confidence, 4),
        [.. cause.Evidence.Select(ReportedEvidence.Of)]);
}
