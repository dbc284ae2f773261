using System.Globalization;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Why a point is told, in numbers and in words.</summary>
/// <param name="Feature">The feature that contributed most.</param>
/// <param name="Observed">Value.</param>
/// <param name="Expected">Value the feature expected.</param>
/// <param name="Low">Lower end of the expected band.</param>
/// <param name="High">Upper end of the expected band.</param>
/// <param name="OneIn">The feature deviates so far in one of this many points.</param>
public sealed record EnsembleExplanation(
    EnsembleFeature Feature, double Observed, double Expected, double Low, double High, double OneIn)
{
    /// <summary>A sentence for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Observed:G5} where {Low:G4} to {High:G4} is usual ({Why})");

    /// <summary>Which feature decided and how rare its deviation is, in words.</summary>
    public string Why => string.Create(CultureInfo.InvariantCulture, $"{Words(Feature)}, one point in {OneIn:N0}");

    private static string Words(EnsembleFeature feature) => feature switch
    {
        EnsembleFeature.LevelFast or EnsembleFeature.Burst => "against the last points",
        EnsembleFeature.Difference => "a step of unusual size",
        EnsembleFeature.Autoregressive or EnsembleFeature.Spectral => "against the rhythm of the last points",
        EnsembleFeature.LevelMid or EnsembleFeature.LevelSlow => "against the level",
        EnsembleFeature.Range => "beyond everything seen",
        EnsembleFeature.Season => "against this time of day",
        EnsembleFeature.SeasonLasting => "against the daily pattern for a while",
        EnsembleFeature.ShiftFast or EnsembleFeature.ShiftMid => "the level has moved",
        EnsembleFeature.Variance or EnsembleFeature.Roughness => "unusually calm or restless",
        EnsembleFeature.Context => "a combination of level and step not seen before",
        _ => "stuck at one value",
    };
}
