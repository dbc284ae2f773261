namespace CaaS.Client.Wire;

/// <summary>One reason for or against a hypothesis.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Entity">What it was seen on, as <c>namespace/Kind/name</c>.</param>
/// <param name="Time">When it began, UTC.</param>
/// <param name="Text">One sentence with the numbers in it.</param>
/// <param name="Weight">Log-likelihood ratio in nats: above zero supports, below contradicts.</param>
/// <param name="Signal">Metric name to chart, or empty.</param>
/// <param name="Labels">Labels of the series to chart; empty when there is none.</param>
/// <param name="ExpectedLow">Lower end of the band to draw, or null.</param>
/// <param name="ExpectedHigh">Upper end of the band to draw, or null.</param>
public sealed record Evidence(
    EvidenceKind Kind,
    string Entity,
    DateTimeOffset Time,
    string Text,
    double Weight,
    string Signal,
    IReadOnlyList<Label> Labels,
    double? ExpectedLow,
    double? ExpectedHigh);
