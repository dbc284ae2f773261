namespace CaaS.Analytics.Backtests;

/// <summary>The time a backtest is about, and how it is compared.</summary>
/// <param name="From">First instant, UTC, inclusive; points before only teach.</param>
/// <param name="To">Last instant, UTC, exclusive.</param>
public sealed record BacktestWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Time without a point after which nothing fires any more; Prometheus' lookback of five
    /// minutes.</summary>
    public TimeSpan GapAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A firing that begins at most this long before an incident's onset belongs to it.</summary>
    public TimeSpan LeadMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Most firings listed; all are counted.</summary>
    public int ListedMax { get; init; } = 500;
}
