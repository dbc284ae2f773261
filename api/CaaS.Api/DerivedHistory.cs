using CaaS.Analytics;
using CaaS.Analytics.Derived;
using CaaS.History;
using CaaS.History.Blocks;
using CaaS.Signals;
using Microsoft.Extensions.Options;

namespace CaaS.Api;

/// <summary>Answers for series that analytics derives: history keeps raw points only, so they are worked out when
/// asked.</summary>
/// <param name="history">Raw points.</param>
/// <param name="options">Settings of the analytics stage, which the derivation is part of.</param>
internal sealed class DerivedHistory(IHistory history, IOptions<AnalyticsOptions> options)
{
    // As many raw series as history answers; its own limit on points bounds the work.
    private const int RawSeriesMax = 10_000;

    /// <summary>Points of the derived series that match.</summary>
    /// <param name="query">Which series and when; without a metric nothing is derived.</param>
    /// <param name="step">Length of a step, or null for the points themselves.</param>
    /// <param name="aggregate">How values of a step are joined.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>One entry a series, ordered by its text; empty when no raw series makes it.</returns>
    public async Task<IReadOnlyList<SeriesRange>> RangeAsync(
        SeriesQuery query, TimeSpan? step, Aggregate aggregate, CancellationToken cancellationToken)
    {
        if (query.Metric is not { } metric)
        {
            return [];
        }

        var raw = await RawAsync(query, metric, cancellationToken).ConfigureAwait(false);
        if (raw.Count == 0)
        {
            return [];
        }

        var fromMs = query.From.ToUnixTimeMilliseconds();
        return
        [
            .. SeriesDerivation.Run(metric, raw, await ObjectsAsync(query, cancellationToken).ConfigureAwait(false), options.Value)
                .Where(series => IsAsked(query, series.Series))
                .Select(series => Cut(series, fromMs))
                .Where(range => range.Value.Length > 0)
                .OrderBy(range => range.Series.Text, StringComparer.Ordinal)
                .Take(query.MaxSeries)
                .Select(range => step is { } length
                    ? StepFold.Fold(range, fromMs, (long)length.TotalMilliseconds, aggregate)
                    : range),
        ];
    }

    private async Task<IReadOnlyList<SeriesPoints>> RawAsync(
        SeriesQuery query, string metric, CancellationToken cancellationToken)
    {
        foreach (var set in DerivedNames.RawOf(metric))
        {
            var found = await PointsAsync(query, set, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0 && metric == DerivedNames.NodeCpuRatio)
            {
                // A node whose own total is not measured is the sum of its pods.
                found = await PointsAsync(query with { Entity = null }, set, cancellationToken).ConfigureAwait(false);
            }

            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    private async Task<IReadOnlyList<SeriesPoints>> PointsAsync(
        SeriesQuery query, IEnumerable<string> metrics, CancellationToken cancellationToken)
    {
        var found = new List<SeriesPoints>();
        foreach (var metric in metrics)
        {
            var asked = query with
            {
                From = query.From - SeriesDerivation.LeadIn,
                Metric = metric,
                Labels = [.. query.Labels.Select(DerivedNames.RawLabel)],
                MaxSeries = RawSeriesMax,
            };
            var ranges = await history.RangeAsync(asked, cancellationToken).ConfigureAwait(false);
            found.AddRange(ranges.Select(range => new SeriesPoints(range.Series, range.TimestampMs, range.Value)));
        }

        return found;
    }

    /// <summary>Objects as they stood at the beginning and at the end; of a pod that was there at both, the
    /// end's.</summary>
    private async Task<IReadOnlyList<KubeObject>> ObjectsAsync(SeriesQuery query, CancellationToken cancellationToken)
    {
        var before = await history.ObjectsAtAsync(query.Scope, query.From, cancellationToken).ConfigureAwait(false);
        var after = await history.ObjectsAtAsync(query.Scope, query.To, cancellationToken).ConfigureAwait(false);
        return [.. before, .. after];
    }

    private static bool IsAsked(SeriesQuery query, SeriesKey series) =>
        (query.Entity is not { } entity || series.Entity == entity)
        && query.Labels.All(label => series.LabelOrNull(label.Name) == label.Value);

    private static SeriesRange Cut(SeriesPoints series, long fromMs)
    {
        var first = 0;
        while (first < series.TimestampMs.Count && series.TimestampMs[first] < fromMs)
        {
            first++;
        }

        return new SeriesRange(series.Series, [.. series.TimestampMs.Skip(first)], [.. series.Value.Skip(first)]);
    }
}
