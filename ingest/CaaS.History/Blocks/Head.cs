using CaaS.Signals;

namespace CaaS.History.Blocks;

/// <summary>What is not in a block yet.</summary>
/// <remarks>Written by one thread under its owner's lock; once frozen it never changes and may be read by
/// any.</remarks>
internal sealed class Head(long fromOffset, IReadOnlyList<HeadRow<KubeObject>> startObjects, long startMaxMs)
{
    private const int SeriesBytes = 600; // Key, text, dictionary entry and first arrays.
    private const int PointBytes = 16;
    private const int RowBytes = 400; // Record, strings' heads, list entry.

    public Dictionary<SeriesKey, HeadSeries> Series { get; } = [];

    public List<HeadRow<LogRecord>> Logs { get; } = [];

    public List<HeadRow<KubeEvent>> Events { get; } = [];

    public List<HeadRow<ChangeEvent>> Changes { get; } = [];

    public List<HeadRow<KubeObject>> Objects { get; } = [];

    /// <summary>Objects as they stood before the first batch, deleted ones of the last hour included.</summary>
    public IReadOnlyList<HeadRow<KubeObject>> StartObjects { get; } = startObjects;

    /// <summary>Latest time of any object row before the first batch.</summary>
    public long StartMaxMs { get; } = startMaxMs;

    public long FromOffset { get; } = fromOffset;

    /// <summary>Offset after the last batch.</summary>
    public long ToOffset { get; private set; } = fromOffset;

    /// <summary>Append time of the first batch, or null while there is none.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Estimated bytes of memory.</summary>
    public long Bytes { get; private set; }

    public long PointCount { get; private set; }

    public bool IsEmpty => Bytes == 0;

    /// <summary>Takes a batch in.</summary>
    /// <returns>Its object rows, for the owner's live view. Their time is at most <paramref name="now"/>.</returns>
    public List<HeadRow<KubeObject>> Add(long offset, SignalBatch batch, DateTimeOffset now)
    {
        StartedAt ??= now;
        ToOffset = offset + 1;
        AddPoints(batch.Metrics);
        Keep(Logs, batch.Logs, offset, row => Ms(row.Time), row => 2 * (row.Body.Length + (row.Attributes.Length * 40)));
        Keep(Events, batch.Events, offset, row => Ms(row.Time), row => 2 * row.Message.Length);
        Keep(Changes, batch.Changes, offset, row => Ms(row.Time), row => 2 * (row.Before.Length + row.After.Length));
        var before = Objects.Count;
        var nowMs = Ms(now);
        Keep(
            Objects,
            batch.Objects,
            offset,
            row => Math.Min(Ms(row.Time), nowMs),
            row => (row.Facts.Count + row.Labels.Length + row.Relations.Length) * 100);
        return Objects.GetRange(before, Objects.Count - before);
    }

    /// <summary>Times are kept in whole milliseconds.</summary>
    public static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private void AddPoints(MetricColumns metrics)
    {
        var series = new HeadSeries[metrics.Series.Length];
        for (var index = 0; index < series.Length; index++)
        {
            if (!Series.TryGetValue(metrics.Series[index], out var known))
            {
                known = new HeadSeries();
                Series.Add(metrics.Series[index], known);
                Bytes += SeriesBytes;
            }

            series[index] = known;
        }

        for (var row = 0; row < metrics.Count; row++)
        {
            series[metrics.SeriesIndex[row]].Add(metrics.TimestampMs[row], metrics.Value[row]);
        }

        PointCount += metrics.Count;
        Bytes += PointBytes * (long)metrics.Count;
    }

    private void Keep<T>(
        List<HeadRow<T>> into, IReadOnlyList<T> rows, long offset, Func<T, long> timeMs, Func<T, int> bytes)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            into.Add(new HeadRow<T>(timeMs(rows[index]), offset, index, rows[index]));
            Bytes += RowBytes + bytes(rows[index]);
        }
    }
}
