using CaaS.History;
using CaaS.Signals;

namespace CaaS.Ingest.Tests.History;

/// <summary>The history as one would write it without caring for time and space.</summary>
internal sealed class HistoryOracle
{
    private readonly List<(long Offset, SignalBatch Batch, DateTimeOffset Now)> _batches = [];

    public void Append(long offset, SignalBatch batch, DateTimeOffset now) => _batches.Add((offset, batch, now));

    public List<SeriesRange> Range(SeriesQuery query)
    {
        var points = new SortedDictionary<string, (SeriesKey Key, SortedDictionary<long, double> Points)>(
            StringComparer.Ordinal);
        foreach (var (_, batch, _) in _batches)
        {
            for (var row = 0; row < batch.Metrics.Count; row++)
            {
                var point = batch.Metrics.At(row);
                var key = point.Series;
                if (key.Entity.Scope == query.Scope
                    && (query.Entity is null || query.Entity == key.Entity)
                    && (query.Metric is null || query.Metric == key.Metric)
                    && query.Labels.All(label => key.Labels.Contains(label))
                    && point.TimestampMs >= query.From.ToUnixTimeMilliseconds()
                    && point.TimestampMs < query.To.ToUnixTimeMilliseconds())
                {
                    if (!points.TryGetValue(key.Text, out var series))
                    {
                        points[key.Text] = series = (key, []);
                    }

                    series.Points[point.TimestampMs] = point.Value;
                }
            }
        }

        return [.. points.Values.Select(s => new SeriesRange(s.Key, [.. s.Points.Keys], [.. s.Points.Values]))];
    }

    public List<SeriesRange> Aggregate(SeriesQuery query, TimeSpan step, Aggregate aggregate)
    {
        var fromMs = query.From.ToUnixTimeMilliseconds();
        var stepMs = (long)step.TotalMilliseconds;
        var answer = new List<SeriesRange>();
        foreach (var range in Range(query))
        {
            var pairs = range.TimestampMs.Zip(range.Value).ToList();
            var steps = new SortedDictionary<long, double>();
            foreach (var group in pairs.Select((pair, index) => (pair, index)).GroupBy(p => (p.pair.First - fromMs) / stepMs))
            {
                var values = group.Select(p => p.pair.Second).Where(v => !double.IsNaN(v)).ToList();
                var ends = group.Where(p => p.index > 0)
                    .Select(p => (Before: pairs[p.index - 1], After: p.pair))
                    .Where(p => !double.IsNaN(p.Before.Second) && !double.IsNaN(p.After.Second)).ToList();
                double? value = aggregate switch
                {
                    CaaS.History.Aggregate.Rate => ends.Count == 0 ? null : ends.Sum(p => p.After.Second < p.Before.Second
                        ? p.After.Second
                        : p.After.Second - p.Before.Second) / (ends.Sum(p => p.After.First - p.Before.First) / 1000.0),
                    _ when values.Count == 0 => null,
                    CaaS.History.Aggregate.Average => values.Average(),
                    CaaS.History.Aggregate.Minimum => values.Min(),
                    CaaS.History.Aggregate.Maximum => values.Max(),
                    CaaS.History.Aggregate.Sum => values.Sum(),
                    CaaS.History.Aggregate.Count => values.Count,
                    _ => values[^1],
                };
                if (value is { } known)
                {
                    steps[fromMs + (group.Key * stepMs)] = known;
                }
            }

            if (steps.Count > 0)
            {
                answer.Add(new SeriesRange(range.Series, [.. steps.Keys], [.. steps.Values]));
            }
        }

        return answer;
    }

    public List<LogRecord> Logs(TextQuery query) => Search(
        query, b => b.Logs, l => l.Time, l => Is(query, l.Entity) && l.Severity >= query.MinSeverity && Has(query, l.Body));

    public List<KubeEvent> Events(TextQuery query) => Search(
        query,
        b => b.Events,
        e => e.Time,
        e => (Is(query, e.Entity) || Is(query, e.Owner))
            && (e.IsWarning ? Severity.Warning : Severity.Information) >= query.MinSeverity
            && (Has(query, e.Reason) || Has(query, e.Message)));

    public List<ChangeEvent> Changes(TextQuery query) => Search(
        query,
        b => b.Changes,
        c => c.Time,
        c => Is(query, c.Entity) && (Has(query, c.Summary) || Has(query, c.Before) || Has(query, c.After)));

    public List<KubeObject> ObjectsAt(Scope scope, DateTimeOffset at) =>
        [.. _batches.SelectMany(b => b.Batch.Objects, (b, o) => (o, Time: o.Time < b.Now ? o.Time : b.Now))
            .Select((row, arrival) => (row.o, Ms: row.Time.ToUnixTimeMilliseconds(), arrival))
            .Where(row => row.Ms <= at.ToUnixTimeMilliseconds() && row.o.Entity.Scope == scope)
            .GroupBy(row => row.o.Entity)
            .Select(group => group.MaxBy(row => (row.Ms, row.arrival)).o)
            .Where(o => !o.IsDeleted)
            .OrderBy(o => o.Entity)];

    private List<T> Search<T>(
        TextQuery query, Func<SignalBatch, IEnumerable<T>> rows, Func<T, DateTimeOffset> time, Func<T, bool> match) =>
        [.. _batches.SelectMany(b => rows(b.Batch).Where(_ => b.Batch.Scope == query.Scope))
            .Select((row, arrival) => (row, Ms: time(row).ToUnixTimeMilliseconds(), arrival))
            .Where(r => r.Ms >= query.From.ToUnixTimeMilliseconds() && r.Ms < query.To.ToUnixTimeMilliseconds())
            .Where(r => match(r.row))
            .OrderByDescending(r => r.Ms).ThenByDescending(r => r.arrival)
            .Take(query.Limit)
            .Select(r => r.row)];

    private static bool Is(TextQuery query, EntityRef entity) => query.Entity is null || query.Entity == entity;

    private static bool Has(TextQuery query, string text) => text.Contains(query.Text, StringComparison.OrdinalIgnoreCase);
}
