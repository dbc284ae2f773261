namespace CaaS.Client.Wire;

/// <summary>Which series are to be forecast, and how far.</summary>
public sealed record ForecastQuestion
{
    /// <summary>The series and the time to learn from, with a metric; at most 20 of them.</summary>
    public required SeriesFilter Series { get; init; }

    /// <summary>How far; null for a quarter of the time learnt from.</summary>
    public TimeSpan? Horizon { get; init; }

    /// <summary>Share of future values the band should hold; null for 0.9.</summary>
    public double? Coverage { get; init; }

    /// <summary>When it is full; null for the limit that was measured, if there is one.</summary>
    public double? Capacity { get; init; }
}
