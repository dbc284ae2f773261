using System.Collections.Immutable;

namespace CaaS.Analytics.Forecasts;

/// <summary>A measured series and how it goes on.</summary>
/// <param name="Step">Time between values.</param>
/// <param name="HistoryFrom">Instant of the first measured value, UTC.</param>
/// <param name="From">Instant of the first forecast value, UTC: one step after the last measured one.</param>
/// <param name="History">Measured values, one a step; NaN where nothing was measured.</param>
/// <param name="SeasonSteps">Steps in a day when a daily season could be seen, else 1.</param>
/// <param name="Forecast">How it goes on, one value a step.</param>
public sealed record SeriesOutlook(
    TimeSpan Step,
    DateTimeOffset HistoryFrom,
    DateTimeOffset From,
    ImmutableArray<double> History,
    int SeasonSteps,
    Forecast Forecast);
