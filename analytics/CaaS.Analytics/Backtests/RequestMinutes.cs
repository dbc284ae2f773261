using System.Collections.Immutable;
using CaaS.Analytics.Derived;
using CaaS.Signals;

namespace CaaS.Analytics.Backtests;

/// <summary>The requests of services minute by minute, from the raw series that count them.</summary>
/// <remarks>What a series counts before its first point is not known: the first failures of a status never seen before
/// are missing, which understates a burn by one scrape.</remarks>
public static class RequestMinutes
{
    /// <summary>Length of a step.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>Adds up who serves, or calls whom.</summary>
    /// <param name="raw">Requests a second of each raw series (the <c>+Inf</c> buckets), one value a minute.</param>
    /// <param name="metric">Name of the error ratio that is derived from them.</param>
    /// <param name="options">Routes that are left out.</param>
    /// <returns>One entry a service and peer, by name: failed and all requests of each minute, at its end. Services
    /// that never say whether a request failed are left out.</returns>
    public static ImmutableArray<BacktestSeries> Of(
        IReadOnlyList<SeriesPoints> raw, string metric, AnalyticsOptions options)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return
        [
            .. raw.Where(one => !RequestSeries.IsIgnored(one.Series, options))
                .GroupBy(one => new SeriesKey(
                    one.Series.Entity, metric, RequestSeries.Peer(one.Series), MetricKind.Gauge))
                .Where(group => group.Any(one => RequestSeries.HasFailed(one.Series) is not null))
                .OrderBy(group => group.Key.Text, StringComparer.Ordinal)
                .Select(group => new BacktestSeries(group.Key, Sum(group))),
        ];
    }

    private static ImmutableArray<BacktestPoint> Sum(IEnumerable<SeriesPoints> raw)
    {
        var minutes = new SortedDictionary<long, (double Failed, double All)>();
        foreach (var series in raw)
        {
            var hasFailed = RequestSeries.HasFailed(series.Series) == true;
            for (var index = 0; index < series.Value.Count; index++)
            {
                if (!double.IsFinite(series.Value[index]))
                {
                    continue;
                }

                var (failed, all) = minutes.GetValueOrDefault(series.TimestampMs[index]);
                var requests = series.Value[index] * Step.TotalSeconds;
                minutes[series.TimestampMs[index]] = (failed + (hasFailed ? requests : 0), all + requests);
            }
        }

        var length = (long)Step.TotalMilliseconds;
        return [.. minutes.Select(minute => new BacktestPoint(minute.Key + length, minute.Value.Failed, minute.Value.All))];
    }
}
