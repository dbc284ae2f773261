using System.Globalization;
using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>The constants of the ensemble that are fitted to labelled series.</summary>
internal sealed record EnsembleModel(
    float[] Weights,
    float Second,
    float Third,
    float Rest,
    float RestHours,
    float Again,
    float Threshold,
    float Fatigue,
    float Ripening)
{
    /// <summary>Where every fit starts: nothing preferred.</summary>
    public static readonly EnsembleModel Flat =
        new([.. Enumerable.Repeat(1f, EnsembleOptions.FeatureCount)], 0.6f, 0.48f, 130, 12, 1.1f, 0, 0.02f, 1);

    /// <summary>The model inside options.</summary>
    public static EnsembleModel Of(EnsembleOptions options) => new(
        [.. options.Weights],
        options.Second,
        options.Third,
        options.Rest,
        options.RestHours,
        options.Again,
        options.Threshold,
        options.Fatigue,
        options.Ripening);

    /// <inheritdoc/>
    public override string ToString()
    {
        var weights = string.Join(", ", Weights.Select(w => w.ToString("F2", CultureInfo.InvariantCulture)));
        FormattableString policy =
            $"threshold {Threshold:F2} rest {Rest:F0} hours {RestHours:F1} again {Again:F2} fatigue {Fatigue:F3}";
        FormattableString combination = $"ripening {Ripening:F2} second {Second:F2} third {Third:F2} weights {weights}";
        return FormattableString.Invariant(policy) + " " + FormattableString.Invariant(combination);
    }
}
