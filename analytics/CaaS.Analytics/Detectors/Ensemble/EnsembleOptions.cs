namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Constants of the ensemble.</summary>
public sealed record EnsembleOptions
{
    /// <summary>Half-life of the fast mean, points.</summary>
    public float FastHalfLife { get; init; } = 20;

    /// <summary>Half-life of the mid mean, points.</summary>
    public float MidHalfLife { get; init; } = 200;

    /// <summary>Half-life of the slow mean, points.</summary>
    public float SlowHalfLife { get; init; } = 8000;

    /// <summary>Half-life of the lasting seasonal deviation, points.</summary>
    public float LastingHalfLife { get; init; } = 24;

    /// <summary>Share of a new point in its bin of the day.</summary>
    public float SeasonShare { get; init; } = 0.03f;

    /// <summary>Points after which the histograms' past counts half.</summary>
    public float Memory { get; init; } = 16384;

    /// <summary>Decimal digits of rarity per doubling beyond the largest deviation seen.</summary>
    public float Beyond { get; init; } = 0.5f;

    /// <summary>Weight of each feature's surprise.</summary>
    public float[] Weights { get; init; } = [.. Enumerable.Repeat(1f, Lanes.Count)];

    /// <summary>Weight of the second largest surprise.</summary>
    public float Second { get; init; } = 0.6f;

    /// <summary>Weight of the third largest surprise.</summary>
    public float Third { get; init; } = 0.48f;
}
