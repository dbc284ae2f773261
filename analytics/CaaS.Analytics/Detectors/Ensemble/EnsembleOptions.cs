using System.Collections.Immutable;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Constants of the ensemble. One set serves every series; nothing in it is learned per series.</summary>
/// <remarks>The weights, the alarm policy and the ripening were fitted to the Numenta corpus and to labelled series of
/// a cloud's monitoring together, by the benchmarks' fit command; half-lives, families, doubt and recovery were chosen
/// by hand.</remarks>
public sealed record EnsembleOptions
{
    /// <summary>Features, and length of <see cref="Weights"/>.</summary>
    public const int FeatureCount = 16;

    /// <summary>Half-life of the fast mean, points.</summary>
    public float FastHalfLife { get; init; } = 20;

    /// <summary>Half-life of the mid mean, points.</summary>
    public float MidHalfLife { get; init; } = 200;

    /// <summary>Half-life of the slow mean, points.</summary>
    public float SlowHalfLife { get; init; } = 30_000;

    /// <summary>Half-life of the mean of the last few points.</summary>
    public float BurstHalfLife { get; init; } = 8;

    /// <summary>Half-life of the lasting seasonal deviation, points.</summary>
    public float LastingHalfLife { get; init; } = 24;

    /// <summary>Half-life of <see cref="SeriesState.Strangeness"/> once nothing new comes, points.</summary>
    public float StrangeHalfLife { get; init; } = 8;

    /// <summary>Half-life of the daily pattern, days.</summary>
    public float SeasonHalfLife { get; init; } = 8;

    /// <summary>Points after which the histograms' past counts half; below 65,536.</summary>
    public float Memory { get; init; } = 60_000;

    /// <summary>Decimal digits of rarity per doubling beyond the largest deviation seen.</summary>
    public float Beyond { get; init; } = 0.5f;

    /// <summary>Weight of each feature's surprise, in the order of <see cref="EnsembleFeature"/>.</summary>
    public ImmutableArray<float> Weights { get; init; } =
    [
        0.20f, 0.19f, 0.32f, 0.19f, 1.10f, 1.07f, 1.27f, 2.19f,
        1.02f, 1.13f, 1.21f, 1.34f, 0.19f, 0.10f, 0.95f, 0.12f,
    ];

    /// <summary>Weight of the second largest family's surprise.</summary>
    public float Second { get; init; } = 0.26f;

    /// <summary>Weight of the third largest family's surprise.</summary>
    public float Third { get; init; } = 0.91f;

    /// <summary>How much rarer a point must be per tenfold of points seen, and per tenfold of points an hour: the
    /// longer a series is known and the more often it speaks, the rarer a point that alarms.</summary>
    public float Ripening { get; init; } = 1.92f;

    /// <summary>Score that alarms.</summary>
    public float Threshold { get; init; } = 6.18f;

    /// <summary>Points an alarm rests the next.</summary>
    public float Rest { get; init; } = 600;

    /// <summary>Hours an alarm rests the next, when that is sooner.</summary>
    public float RestHours { get; init; } = 9.8f;

    /// <summary>Evidence, in decimal digits beyond one in a hundred, summed over features, from which a point is
    /// doubted: it is not taken for usual…</summary>
    public float DoubtAt { get; init; } = 1.2f;

    /// <summary>…but for one in this many, so that a new habit is learned in the end; 1 to take all.</summary>
    public int DoubtEvery { get; init; } = 8;

    /// <summary>Factor over the last alarm's score that breaks the rest.</summary>
    public float Again { get; init; } = 1.52f;

    /// <summary>Share by which each recent alarm raises the threshold.</summary>
    public float Fatigue { get; init; } = 0.035f;

    /// <summary>Points in which fatigue falls to 1/e.</summary>
    public float Recovery { get; init; } = 3000;
}
