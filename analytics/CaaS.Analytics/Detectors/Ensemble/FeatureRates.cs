namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Shares of a new point in the means, derived from the half-lives once instead of at every point.</summary>
/// <param name="Fast">Fast mean.</param>
/// <param name="Mid">Mid mean.</param>
/// <param name="Slow">Slow mean.</param>
/// <param name="Burst">Mean of the last few points.</param>
/// <param name="Lasting">Mean seasonal deviation.</param>
/// <param name="SeasonDays">Half-life of the daily pattern, days.</param>
/// <param name="Cooling">Share of the strangeness that is left a point later.</param>
internal sealed record FeatureRates(
    float Fast, float Mid, float Slow, float Burst, float Lasting, float SeasonDays, float Cooling)
{
    /// <summary>Derives the shares.</summary>
    public static FeatureRates Of(EnsembleOptions options) => new(
        Share(options.FastHalfLife),
        Share(options.MidHalfLife),
        Share(options.SlowHalfLife),
        Share(options.BurstHalfLife),
        Share(options.LastingHalfLife),
        options.SeasonHalfLife,
        1 - Share(options.StrangeHalfLife));

    private static float Share(float halfLife) => 1 - MathF.Pow(0.5f, 1 / halfLife);
}
