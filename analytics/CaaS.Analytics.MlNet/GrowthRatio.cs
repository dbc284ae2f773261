namespace CaaS.Analytics.MlNet;

/// <summary>By what factor a forecast may grow in how many steps.</summary>
/// <param name="TimeSpan">Steps, above 0.</param>
/// <param name="Growth">The factor, above 0.</param>
public readonly record struct GrowthRatio(int TimeSpan = 1, double Growth = double.PositiveInfinity);
