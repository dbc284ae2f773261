using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Makes records of a step's rows, each within the limits of a batch and of the log.</summary>
public static class SignalBatchSplitter
{
    /// <summary>Makes records.</summary>
    /// <param name="scope">Scope of the rows.</param>
    /// <param name="source">Name of the source.</param>
    /// <param name="step">Rows; objects go before the changes and events that regard them.</param>
    /// <param name="maxRecordBytes">Largest record, bytes.</param>
    /// <param name="records">Gets the encoded batches in order.</param>
    /// <returns>Rows left out because one alone exceeds the largest record.</returns>
    public static int Encode(
        Scope scope, string source, ClusterStep step, int maxRecordBytes, ICollection<byte[]> records)
    {
        if (step.RowCount == 0)
        {
            return 0;
        }

        if (step.RowCount <= SignalBatch.MaxRowCount)
        {
            var batch = new SignalBatch
            {
                Scope = scope,
                Source = source,
                Objects = step.Objects,
                Changes = step.Changes,
                Events = step.Events,
            };
            var bytes = SignalBatchCodec.Encode(batch);
            if (bytes.Length <= maxRecordBytes)
            {
                records.Add(bytes);
                return 0;
            }

            if (step.RowCount == 1)
            {
                return 1;
            }
        }

        var half = Math.Min(SignalBatch.MaxRowCount, step.RowCount / 2);
        return Encode(scope, source, Slice(step, 0, half), maxRecordBytes, records)
            + Encode(scope, source, Slice(step, half, step.RowCount - half), maxRecordBytes, records);
    }

    private static ClusterStep Slice(ClusterStep step, int start, int count)
    {
        var end = start + count;
        var changesStart = step.Objects.Length;
        var eventsStart = changesStart + step.Changes.Length;
        return new ClusterStep(
            [.. Part(step.Objects.AsSpan(), start, end)],
            [.. Part(step.Changes.AsSpan(), start - changesStart, end - changesStart)],
            [.. Part(step.Events.AsSpan(), start - eventsStart, end - eventsStart)]);
    }

    private static ReadOnlySpan<T> Part<T>(ReadOnlySpan<T> rows, int start, int end)
    {
        start = Math.Clamp(start, 0, rows.Length);
        end = Math.Clamp(end, start, rows.Length);
        return rows[start..end];
    }
}
