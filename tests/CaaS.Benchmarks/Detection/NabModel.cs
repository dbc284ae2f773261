using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>The constants of the ensemble that are fitted to a corpus.</summary>
internal sealed record NabModel(
    float[] Weights,
    float Second,
    float Third,
    float Rest,
    float Again,
    float Threshold,
    float Fatigue,
    float Ripening)
{
    /// <summary>Where every fit starts: nothing preferred.</summary>
    public static readonly NabModel Flat =
        new([.. Enumerable.Repeat(1f, EnsembleOptions.FeatureCount)], 0.6f, 0.48f, 130, 1.1f, 0, 0.02f, 1);

    /// <summary>The model inside options.</summary>
    public static NabModel Of(EnsembleOptions options) => new(
        [.. options.Weights],
        options.Second,
        options.Third,
        options.Rest,
        options.Again,
        options.Threshold,
        options.Fatigue,
        options.Ripening);

    /// <summary>The options with this model.</summary>
    public EnsembleOptions Into(EnsembleOptions options) => options with
    {
        Weights = [.. Weights],
        Second = Second,
        Third = Third,
        Rest = Rest,
        Again = Again,
        Threshold = Threshold,
        Fatigue = Fatigue,
        Ripening = Ripening,
    };
}
