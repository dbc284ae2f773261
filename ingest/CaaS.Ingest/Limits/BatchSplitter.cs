using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Limits;

/// <summary>Cuts a batch that is too large for one step into batches that are not.</summary>
public static class BatchSplitter
{
    /// <summary>Cuts a batch, keeping the order inside each kind of row.</summary>
    /// <param name="batch">Batch of any size.</param>
    /// <param name="maxRowCount">Most rows of one part, at least 1.</param>
    /// <returns>The batch itself when it is small enough, otherwise its parts; objects and changes come
    /// first.</returns>
    public static IReadOnlyList<SignalBatch> Split(SignalBatch batch, int maxRowCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRowCount, 1);
        if (batch.RowCount <= maxRowCount)
        {
            return [batch];
        }

        var parts = new List<SignalBatch>();
        var bare = new SignalBatch { Scope = batch.Scope, Source = batch.Source };
        Cut(batch.Objects, (part, rows) => part with { Objects = rows });
        Cut(batch.Changes, (part, rows) => part with { Changes = rows });
        Cut(batch.Events, (part, rows) => part with { Events = rows });
        for (var start = 0; start < batch.Metrics.Count; start += maxRowCount)
        {
            parts.Add(bare with { Metrics = Slice(batch.Metrics, start, Math.Min(maxRowCount, batch.Metrics.Count - start)) });
        }

        Cut(batch.Logs, (part, rows) => part with { Logs = rows });
        Cut(batch.Spans, (part, rows) => part with { Spans = rows });
        Cut(batch.Flows, (part, rows) => part with { Flows = rows });
        Cut(batch.Documents, (part, rows) => part with { Documents = rows });
        return parts;

        void Cut<T>(ImmutableArray<T> rows, Func<SignalBatch, ImmutableArray<T>, SignalBatch> put)
        {
            for (var start = 0; start < rows.Length; start += maxRowCount)
            {
                parts.Add(put(bare, rows.Slice(start, Math.Min(maxRowCount, rows.Length - start))));
            }
        }
    }

    private static MetricColumns Slice(MetricColumns metrics, int start, int count)
    {
        var builder = new MetricColumnsBuilder();
        for (var row = start; row < start + count; row++)
        {
            var point = metrics.At(row);
            builder.Add(point.Series, point.TimestampMs, point.Value);
        }

        return builder.Drain();
    }
}
