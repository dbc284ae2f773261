namespace CaaS.Analytics.Forecasts;

/// <summary>What a forecast is asked for, and how much of the past judges the models.</summary>
public sealed class ForecastOptions
{
    /// <summary>Steps in the seasons, ascending, the longer a multiple of the shorter; none, one or two.</summary>
    public int[] Periods { get; init; } = [24, 168];

    /// <summary>How many steps to forecast.</summary>
    public int Horizon { get; init; } = 48;

    /// <summary>The share of future values that the band should hold, between 0 and 1.</summary>
    public double Coverage { get; init; } = 0.95;

    /// <summary>
    /// From how many past moments the models are judged. Five days of starts see a weekend or a change of one.
    /// </summary>
    public int Origins { get; init; } = 5;

    /// <summary>How strongly a model's say falls with its recent loss: weight = loss^-sharpness.</summary>
    public double Sharpness { get; init; } = 2;
}
