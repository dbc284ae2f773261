using CaaS.Analytics.Derived;
using CaaS.History;
using CaaS.Signals;

namespace CaaS.Api.Analysis;

/// <summary>Series as analytics looks at them: levels as they are, running totals as rates, and what is
/// derived.</summary>
/// <param name="history">Raw points.</param>
/// <param name="derived">Derived ones.</param>
internal sealed class MeasuredSeries(IHistory history, DerivedHistory derived)
{
    /// <summary>Longest time what is derived is worked out for: a day of a busy service is some millions of raw
    /// points, about a microsecond each.</summary>
    public static readonly TimeSpan DerivedMax = TimeSpan.FromHours(25);

    // Four scrapes of five seconds: a rate over fewer is mostly the scrapes' own jitter.
    private static readonly TimeSpan RateStep = TimeSpan.FromSeconds(20);

    /// <summary>Reads series.</summary>
    /// <param name="query">Which and when, with a metric.</param>
    /// <param name="step">Length of a step; null for the points themselves (of running totals, steps of 20
    /// seconds).</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>One entry a series, by name, with the length of its steps; or none and why.</returns>
    /// <exception cref="HistoryLimitException">More points would be read than may.</exception>
    public async Task<(IReadOnlyList<SeriesRange> Ranges, TimeSpan? Step, string Why)> ReadAsync(
        SeriesQuery query, TimeSpan? step, CancellationToken cancellationToken)
    {
        var keys = await history.SeriesAsync(query, cancellationToken).ConfigureAwait(false);
        if (keys.Count > 0)
        {
            var isTotal = keys.Any(key => key.Kind != MetricKind.Gauge);
            var length = isTotal ? step ?? RateStep : step;
            var ranges = length is { } joined
                ? await history.AggregateAsync(query, joined, isTotal ? Aggregate.Rate : Aggregate.Average, cancellationToken)
                    .ConfigureAwait(false)
                : await history.RangeAsync(query, cancellationToken).ConfigureAwait(false);
            if (ranges.Count > 0)
            {
                return (ranges, length, "");
            }
        }

        if (query.Metric is { } metric && DerivedNames.RawOf(metric).IsEmpty)
        {
            return ([], step, "");
        }

        return query.To - query.From > DerivedMax
            ? ([], step, $"{query.Metric} is derived from raw points when asked, for at most {DerivedMax.TotalHours:0} hours with "
                + "the time to learn from; ask for less.")
            : (await derived.RangeAsync(query, step, Aggregate.Average, cancellationToken).ConfigureAwait(false), step, "");
    }
}
