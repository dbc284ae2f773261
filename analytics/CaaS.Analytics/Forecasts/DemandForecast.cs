namespace CaaS.Analytics.Forecasts;

/// <summary>Demand in the window ahead.</summary>
/// <param name="Expected">About its mean.</param>
/// <param name="Upper">What the asked share of samples should not exceed.</param>
/// <param name="Leader">The model with most say.</param>
public readonly record struct DemandForecast(double Expected, double Upper, string Leader);
