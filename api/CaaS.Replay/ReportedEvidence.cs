using CaaS.Rca;

namespace CaaS.Replay;

/// <summary>One reason of a replay's cause.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Entity">What it was seen on.</param>
/// <param name="Time">When it began, UTC.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Weight">Log-likelihood ratio in nats.</param>
public sealed record ReportedEvidence(
    EvidenceKind Kind, string Entity, DateTimeOffset Time, string Text, double Weight)
{
    internal static ReportedEvidence Of(Evidence evidence) => new(
        evidence.Kind, evidence.Entity.ToString(), evidence.Time, evidence.Text, Math.Round(evidence.Weight, 4));
}
