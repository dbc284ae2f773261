namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>The streaming ensemble of one series.</summary>
public static class SeriesEnsemble
{
    /// <summary>Takes in a point and tells how rare each feature of it is.</summary>
    /// <param name="state">State of the series; default at first.</param>
    /// <param name="ms">When, Unix milliseconds.</param>
    /// <param name="value">Value, finite.</param>
    /// <param name="options">Constants.</param>
    /// <param name="surprise">Sixteen numbers out.</param>
    public static void Surprise(
        ref SeriesState state, long ms, float value, EnsembleOptions options, Span<float> surprise)
    {
        Span<float> deviations = stackalloc float[Lanes.Count];
        Features.Step(ref state, ms, value, deviations, options);
        state.Tails.Rank(deviations, surprise, options);
        state.Tails.Add(deviations, options);
    }
}
