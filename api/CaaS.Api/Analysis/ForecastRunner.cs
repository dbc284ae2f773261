using CaaS.Analytics.Derived;
using CaaS.Analytics.Forecasts;
using CaaS.Analytics.Patterns;
using CaaS.History;
using CaaS.Signals;

namespace CaaS.Api.Analysis;

/// <summary>Forecasts series of history, and says when they are full.</summary>
/// <param name="series">Series of history.</param>
/// <param name="history">Where limits are measured.</param>
internal sealed class ForecastRunner(MeasuredSeries series, IHistory history)
{
    /// <summary>Most series of one question: some tens of milliseconds each.</summary>
    public const int SeriesMax = 20;

    private const int LimitSeriesMax = 1000;
    private const string Given = "given";
    private static readonly TimeSpan LimitAgeMax = TimeSpan.FromHours(1);

    /// <summary>Forecasts.</summary>
    /// <param name="query">Series, and the time to learn from.</param>
    /// <param name="horizon">How far, positive.</param>
    /// <param name="coverage">Share of future values the band should hold.</param>
    /// <param name="capacity">When it is full; null for the limit that was measured.</param>
    /// <param name="end">Ends the query.</param>
    /// <returns>One entry a series with enough values, by name; or none and why.</returns>
    /// <exception cref="HistoryLimitException">More points would be read than may.</exception>
    public async Task<(IReadOnlyList<Prediction> Found, string Why)> RunAsync(
        SeriesQuery query, TimeSpan horizon, double coverage, double? capacity, CancellationToken end)
    {
        if (OutlookPlan.For(query.To - query.From, horizon) is not { } plan)
        {
            return ([], "The horizon is too far for a forecast; ask for at most 125 days.");
        }

        var (ranges, _, why) = await series.ReadAsync(query, plan.Step, end).ConfigureAwait(false);
        var limits = capacity is null ? await LimitsAsync(query, end).ConfigureAwait(false) : [];
        var found = new List<Prediction>();
        foreach (var range in ranges)
        {
            var points = new SeriesPoints(range.Series, range.TimestampMs, range.Value);
            if (plan.Of(points, query.From, query.To, coverage) is { } outlook)
            {
                found.Add(new Prediction(range.Series, outlook, CapacityOf(range.Series, outlook, capacity, limits, horizon)));
            }
        }

        return (found, why);
    }

    private static Capacity? CapacityOf(
        SeriesKey key, SeriesOutlook outlook, double? given, IReadOnlyList<SeriesRange> limits, TimeSpan horizon)
    {
        var (limit, from) = given is { } asked ? (asked, Given)
            : CapacityLimits.NaturalOf(key.Metric) is { } natural ? (natural, key.Metric)
            : LimitOf(key, limits);
        return limit > 0
            ? new Capacity(
                limit, from,
                CapacityForecast.Ask(outlook.History.AsSpan(), limit, outlook.Step, outlook.SeasonSteps, horizon))
            : null;
    }

    // A limit of zero is cAdvisor's word for none.
    private static (double Limit, string From) LimitOf(SeriesKey key, IReadOnlyList<SeriesRange> limits) =>
        limits.Where(limit => limit.Value.Length > 0 && limit.Value[^1] > 0 && CapacityLimits.IsOf(key, limit.Series))
            .Select(limit => (limit.Value[^1], limit.Series.Metric)).FirstOrDefault((0, ""));

    private async Task<IReadOnlyList<SeriesRange>> LimitsAsync(SeriesQuery query, CancellationToken end)
    {
        if (query.Metric is not { } metric || CapacityLimits.MetricOf(metric) is not { } limit)
        {
            return [];
        }

        var newest = query with
        {
            From = query.To - query.From > LimitAgeMax ? query.To - LimitAgeMax : query.From,
            Metric = limit,
            Labels = [],
            MaxSeries = LimitSeriesMax,
        };
        return await history.AggregateAsync(newest, LimitAgeMax, Aggregate.Last, end).ConfigureAwait(false);
    }
}
