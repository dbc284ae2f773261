using System.Collections.Immutable;
using CaaS.Analytics.Unusual;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>Derived series of a time that is over: raw points are stepped through an engine of their own, and what
/// its detectors are given is what is answered.</summary>
/// <remarks>
/// So a derived point has one definition, the engine's. It differs from what was judged then in the instants only:
/// history knows when a point was measured, not when it arrived. O(points), about a microsecond each.
/// </remarks>
public static class SeriesDerivation
{
    /// <summary>Time of raw points before the first derived one that is wanted: a rate needs its point before, a
    /// window its requests, and a held value is held for this long.</summary>
    public static readonly TimeSpan LeadIn = TimeSpan.FromMinutes(1);

    private const string Source = "history";

    /// <summary>Works derived series out.</summary>
    /// <param name="metric">Name of the derived metric.</param>
    /// <param name="raw">Raw points, those of <see cref="LeadIn"/> included.</param>
    /// <param name="objects">Objects as they were then: limits, and which pod runs where. May be empty.</param>
    /// <param name="options">Settings of the engine.</param>
    /// <returns>One entry a series that got points, in the order they were first seen.</returns>
    public static ImmutableArray<SeriesPoints> Run(
        string metric, IReadOnlyList<SeriesPoints> raw, IReadOnlyList<KubeObject> objects, AnalyticsOptions options)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(objects);
        var engine = new AnalyticsEngine(options, UnusualMode.Off);
        var made = new Dictionary<SeriesKey, (List<long> At, List<double> Value)>();
        var isFirst = true;
        foreach (var batch in Batches(raw))
        {
            var now = DateTimeOffset.FromUnixTimeMilliseconds(batch.Metrics.TimestampMs[0]);
            engine.Step(isFirst ? batch with { Objects = [.. objects] } : batch, now);
            isFirst = false;
            Collect(engine, metric, now.ToUnixTimeMilliseconds(), made);
        }

        return [.. made.Select(one => new SeriesPoints(one.Key, one.Value.At, one.Value.Value))];
    }

    private static void Collect(
        AnalyticsEngine engine, string metric, long nowMs, Dictionary<SeriesKey, (List<long> At, List<double> Value)> made)
    {
        foreach (var detector in engine.Watched)
        {
            if (detector.LastMs != nowMs || detector.Key.Metric != metric)
            {
                continue;
            }

            if (!made.TryGetValue(detector.Key, out var points))
            {
                points = ([], []);
                made.Add(detector.Key, points);
            }

            points.At.Add(nowMs);
            points.Value.Add(detector.LastValue);
        }
    }

    /// <summary>The points of each instant as one batch, oldest first.</summary>
    private static IEnumerable<SignalBatch> Batches(IReadOnlyList<SeriesPoints> raw)
    {
        var rows = new List<(long Ms, int Series, double Value)>();
        for (var index = 0; index < raw.Count; index++)
        {
            for (var point = 0; point < raw[index].Value.Count; point++)
            {
                rows.Add((raw[index].TimestampMs[point], index, raw[index].Value[point]));
            }
        }

        var keys = raw.Select(one => one.Series).ToImmutableArray();
        foreach (var instant in rows.GroupBy(row => row.Ms).OrderBy(group => group.Key))
        {
            var batch = instant.ToArray();
            yield return new SignalBatch
            {
                Scope = keys[batch[0].Series].Entity.Scope,
                Source = Source,
                Metrics = new MetricColumns(
                    keys,
                    [.. batch.Select(row => row.Series)],
                    [.. batch.Select(row => row.Ms)],
                    [.. batch.Select(row => row.Value)]),
            };
        }
    }
}
