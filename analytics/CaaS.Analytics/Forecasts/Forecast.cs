namespace CaaS.Analytics.Forecasts;

/// <summary>The next values of a series, with the band that recent errors justify and who had how much say.</summary>
/// <param name="Points">The expected values, one a step.</param>
/// <param name="Lower">The lower edges of the band.</param>
/// <param name="Upper">The upper edges of the band.</param>
/// <param name="Members">The models that were heard, heaviest first; weights sum to 1.</param>
public sealed record Forecast(double[] Points, double[] Lower, double[] Upper, (string Model, double Weight)[] Members);
