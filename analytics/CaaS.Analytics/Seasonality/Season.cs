namespace CaaS.Analytics.Seasonality;

/// <summary>A season that was found.</summary>
/// <param name="Period">Steps.</param>
/// <param name="Strength">The autocorrelation at the period, at most 1.</param>
/// <param name="PValue">How likely noise has so strong a wave.</param>
public readonly record struct Season(int Period, double Strength, double PValue);
