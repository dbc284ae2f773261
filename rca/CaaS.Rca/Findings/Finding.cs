using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Something seen on an entity, in the vocabulary of <see cref="Features"/>; a fault class says what it is
/// worth.</summary>
/// <param name="Feature">Name out of <see cref="Features"/>.</param>
/// <param name="Strength">How clearly it is seen, above 0 to 1.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Entity">What it was seen on.</param>
/// <param name="Time">When it began, UTC.</param>
/// <param name="Text">One sentence with the numbers in it.</param>
internal sealed record Finding(
    string Feature, double Strength, EvidenceKind Kind, EntityRef Entity, DateTimeOffset Time, string Text)
{
    /// <summary>Metric to chart, or empty.</summary>
    public string Signal { get; init; } = "";

    public ImmutableArray<Label> Labels { get; init; } = [];

    public double ExpectedLow { get; init; } = double.NaN;

    public double ExpectedHigh { get; init; } = double.NaN;

    /// <summary>A finding about one anomaly, ready to be charted.</summary>
    public static Finding Of(string feature, double strength, LiveAnomaly seen, string text, EvidenceKind kind = EvidenceKind.Metric) =>
        new(feature, strength, kind, seen.Entity, seen.Worst.Onset, text)
        {
            Signal = seen.Worst.Signal,
            Labels = seen.Worst.Labels.IsDefault ? [] : seen.Worst.Labels,
            ExpectedLow = seen.Worst.ExpectedLow,
            ExpectedHigh = seen.Worst.ExpectedHigh,
        };
}
