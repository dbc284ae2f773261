namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>What the ensemble thinks of one point.</summary>
/// <param name="Score">Combined rarity, in decimal digits; 0 when the point was missing, late or a duplicate.</param>
/// <param name="IsAlarm">True when people should be told.</param>
/// <param name="Feature">The feature that contributed most.</param>
/// <param name="Surprise">Rarity of that feature: 3 means one point in a thousand.</param>
public readonly record struct EnsembleVerdict(float Score, bool IsAlarm, EnsembleFeature Feature, float Surprise);
