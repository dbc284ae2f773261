using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca;

/// <summary>One reason for or against a hypothesis.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Entity">What it was seen on.</param>
/// <param name="Time">When it began, UTC.</param>
/// <param name="Text">One sentence with the numbers in it.</param>
/// <param name="Weight">Log-likelihood ratio in nats: above zero supports, below contradicts.</param>
/// <param name="Signal">Metric name to chart, or empty.</param>
/// <param name="Labels">Labels of the series to chart; empty when there is none.</param>
/// <param name="ExpectedLow">Lower end of the band to draw; NaN when there is none.</param>
/// <param name="ExpectedHigh">Upper end of the band to draw; NaN when there is none.</param>
public sealed record Evidence(
    EvidenceKind Kind,
    EntityRef Entity,
    DateTimeOffset Time,
    string Text,
    double Weight,
    string Signal,
    ImmutableArray<Label> Labels,
    double ExpectedLow,
    double ExpectedHigh)
{
    /// <summary>Speaks against a change: it was made after it began.</summary>
    internal bool IsRefutedChange => Kind == EvidenceKind.Change && Weight <= -1;
}
