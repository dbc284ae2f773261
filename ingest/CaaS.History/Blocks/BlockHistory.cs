using System.Globalization;
using CaaS.Signals;
using Microsoft.Extensions.Logging;

namespace CaaS.History.Blocks;

/// <summary>The history as an in-memory head and Parquet blocks under <c>history/</c> of the data folder. FORMAT.md
/// has the layout.</summary>
/// <remarks>
/// Thread-safe; appends and flushes run one at a time. A query sees the blocks and the head of one moment. Times are
/// kept and compared in whole milliseconds.
/// </remarks>
public sealed partial class BlockHistory : IHistory
{
    private const int StepsMax = 50_000;

    // Guards the heads, the live view and, together with them, the choice of blocks. Held for copies in memory only.
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly HistoryOptions _options;
    private readonly HistoryMetrics _metrics;
    private readonly ILogger _logger;
    private readonly BlockStore _store;
    private readonly DuckDb _duck;
    private readonly BlockMerger _merger;
    private readonly SeriesReader _series;
    private readonly RowReader _rows;
    private readonly LiveObjects _live = new();
    private Head _head;
    private Head? _frozen;
    private DateTimeOffset _now;
    private bool _isDisposed;

    internal BlockHistory(HistoryOptions options, string folder, HistoryMetrics metrics, ILogger logger)
    {
        _options = options;
        _metrics = metrics;
        _logger = logger;
        _store = new BlockStore(folder, logger);
        _duck = new DuckDb(options, Path.Combine(folder, "spill"));
        _merger = new BlockMerger(_store, _duck, options);
        _series = new SeriesReader(_duck, options);
        _rows = new RowReader(_duck);
        if (_store.Blocks is [.., var last])
        {
            _live.RaiseMax(last.Manifest.StartMaxMs);
            _live.Add(_rows.Last(RowKinds.Live, last));
            _live.Add(_rows.Last(RowKinds.Objects, last));
        }

        _head = NewHead_NeedsLock(_store.ToOffset);
        metrics.Observe("caas_history_head_bytes", "By", "Estimated memory of the head.", () => _head.Bytes);
        metrics.Observe("caas_history_blocks", "{block}", "Blocks kept.", () => _store.Blocks.Length);
        metrics.Observe("caas_history_block_bytes", "By", "Size of the blocks.", () => _store.Blocks.Sum(b => b.Bytes));
        metrics.Observe(
            "caas_history_block_points",
            "{point}",
            "Points in the blocks.",
            () => _store.Blocks.Sum(b => b.Manifest.Rows.GetValueOrDefault(Block.Points)));
    }

    /// <inheritdoc/>
    public long NextOffset => _store.ToOffset;

    /// <inheritdoc/>
    /// <exception cref="IOException">The head is full and its block cannot be written; nothing of the batch was taken
    /// in.</exception>
    public async ValueTask AppendAsync(
        long offset, SignalBatch batch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (offset < _head.ToOffset)
            {
                _metrics.Dropped("seen");
                return;
            }

            if (_head.Bytes >= _options.HeadMaxBytes || now - _head.StartedAt >= _options.HeadMaxAge)
            {
                await Task.Run(Flush_NeedsWriter, cancellationToken).ConfigureAwait(false);
            }

            _now = now;
            lock (_gate)
            {
                _live.Add(_head.Add(offset, batch, now));
            }

            _metrics.Appended(batch.Metrics.Count, batch.RowCount - batch.Metrics.Count);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The block cannot be written; the head is kept and tried again.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(Flush_NeedsWriter, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc/>
    /// <remarks>A series counts as known in a range when its points of one block begin before the range's end and end
    /// after its start.</remarks>
    public async ValueTask<IReadOnlyList<SeriesKey>> SeriesAsync(SeriesQuery query, CancellationToken cancellationToken)
    {
        using var view = _store.Lease();
        var head = TakePoints(view, query);
        return await _series.FindAsync(view, head, query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="HistoryLimitException">Too many points, or too long.</exception>
    public ValueTask<IReadOnlyList<SeriesRange>> RangeAsync(SeriesQuery query, CancellationToken cancellationToken) =>
        ReadAsync(query, range => range, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Steps begin at the query's start; NaN points are left out; see <see cref="Aggregate.Rate"/> for
    /// counters.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The step is shorter than a second.</exception>
    /// <exception cref="HistoryLimitException">Too many steps or points, or too long.</exception>
    public ValueTask<IReadOnlyList<SeriesRange>> AggregateAsync(
        SeriesQuery query, TimeSpan step, Aggregate aggregate, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromSeconds(1));
        var stepMs = (long)step.TotalMilliseconds;
        var fromMs = Head.Ms(query.From);
        return (query.To - query.From) / step > StepsMax
            ? throw new HistoryLimitException(
                string.Create(CultureInfo.InvariantCulture, $"A query has at most {StepsMax} steps. Use longer ones."))
            : ReadAsync(query, range => StepFold.Fold(range, fromMs, stepMs, aggregate), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LogRecord>> SearchLogsAsync(TextQuery query, CancellationToken cancellationToken) =>
        SearchAsync(RowKinds.Logs, head => head.Logs, query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KubeEvent>> SearchEventsAsync(TextQuery query, CancellationToken cancellationToken) =>
        SearchAsync(RowKinds.Events, head => head.Events, query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ChangeEvent>> SearchChangesAsync(TextQuery query, CancellationToken cancellationToken) =>
        SearchAsync(RowKinds.Changes, head => head.Changes, query, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Of each object the row with the latest time counts, of the same time the last to arrive.</remarks>
    public async ValueTask<IReadOnlyList<KubeObject>> ObjectsAtAsync(
        Scope scope, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var atMs = Head.Ms(at);
        using var lease = _store.Lease();
        List<HeadRow<KubeObject>> rows;
        lock (_gate)
        {
            if (atMs >= _live.MaxMs)
            {
                return _live.Of(scope);
            }

            var heads = Heads_NeedsLock(lease);
            var start = Array.FindLastIndex(heads, head => head.StartMaxMs <= atMs);
            rows = [.. heads.Skip(start).SelectMany(head => head.Objects).Where(row => row.TimeMs <= atMs)];
            if (start >= 0)
            {
                rows.AddRange(heads[start].StartObjects);
                return Fold(rows, scope);
            }
        }

        var blocks = lease.Blocks;
        var first = Math.Max(0, Array.FindLastIndex(blocks, block => block.Manifest.StartMaxMs <= atMs));
        rows.AddRange(await _rows.LastAsync(
            RowKinds.Live, blocks.Skip(first).Take(1), scope, atMs, cancellationToken).ConfigureAwait(false));
        rows.AddRange(await _rows.LastAsync(
            RowKinds.Objects, blocks.Skip(first), scope, atMs, cancellationToken).ConfigureAwait(false));
        return Fold(rows, scope);
    }

    /// <summary>Lets go. What is in the head only is replayed from the log at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _writer.WaitAsync().ConfigureAwait(false);
        _duck.Dispose();
        _metrics.Dispose();
        _writer.Dispose();
    }

    private static List<KubeObject> Fold(List<HeadRow<KubeObject>> rows, Scope scope)
    {
        var fold = new LiveObjects();
        fold.Add(rows);
        return fold.Of(scope);
    }

    private async ValueTask<IReadOnlyList<SeriesRange>> ReadAsync(
        SeriesQuery query, Func<SeriesRange, SeriesRange> fold, CancellationToken cancellationToken)
    {
        using var view = _store.Lease();
        var head = TakePoints(view, query);
        var series = await _series.FindAsync(view, head, query, cancellationToken).ConfigureAwait(false);
        return await _series.ReadAsync(view, head, query, series, fold, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<T>> SearchAsync<T>(
        RowKind<T> kind, Func<Head, List<HeadRow<T>>> rowsOf, TextQuery query, CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (Head.Ms(query.From), Head.Ms(query.To));
        var lowerText = query.Text.ToLowerInvariant();
        using var lease = _store.Lease();
        List<HeadRow<T>> found;
        lock (_gate)
        {
            found = [.. Heads_NeedsLock(lease).SelectMany(rowsOf)
                .Where(row => row.TimeMs >= fromMs && row.TimeMs < toMs && kind.Keys(row.Row).Match(query, lowerText))];
        }

        return await _rows.SearchAsync(kind, lease, found, query, cancellationToken).ConfigureAwait(false);
    }

    private List<HeadPoints> TakePoints(BlockLease lease, SeriesQuery query)
    {
        var (fromMs, toMs) = (Head.Ms(query.From), Head.Ms(query.To));
        var points = new List<HeadPoints>();
        lock (_gate)
        {
            foreach (var (key, series) in Heads_NeedsLock(lease).SelectMany(head => head.Series))
            {
                if (!SeriesId.Match(query, key))
                {
                    continue;
                }

                var (times, values) = series.Range(fromMs, toMs);
                if (times.Length > 0)
                {
                    points.Add(new HeadPoints(key, times, values));
                }
            }
        }

        return points;
    }

    /// <summary>Writes what was frozen before, if that failed, and the head; merges and retires.</summary>
    private void Flush_NeedsWriter()
    {
        var isWritten = false;
        while (_frozen is not null || !_head.IsEmpty)
        {
            lock (_gate)
            {
                if (_frozen is null)
                {
                    _frozen = _head;
                    _head = NewHead_NeedsLock(_frozen.ToOffset);
                }
            }

            var frozen = _frozen;
            try
            {
                _store.Commit(frozen.FromOffset, frozen.ToOffset, folder => BlockWriter.Write(folder, frozen));
            }
            catch (Exception e)
            {
                _metrics.FlushFailed();
                LogFlushFailed(e, frozen.FromOffset);
                throw e as IOException ?? new IOException($"The history cannot write a block: {e.Message}", e);
            }

            lock (_gate)
            {
                _frozen = null;
            }

            isWritten = true;
        }

        if (isWritten)
        {
            KeepHouse();
        }
    }

    private void KeepHouse()
    {
        try
        {
            _merger.Merge();
            _store.Retire(Head.Ms(_now - _options.RetentionAge), _options.RetentionBytes);
        }
        catch (Exception e)
        {
            // The blocks are as they were: it is tried again after the next one.
            LogHouseNotKept(e);
        }
    }

    /// <summary>Heads that are not in the leased blocks, older first.</summary>
    private Head[] Heads_NeedsLock(BlockLease lease)
    {
        var offset = lease.Blocks is [.., var last] ? last.Manifest.ToOffset : 0;
        return [.. ((Head?[])[_frozen, _head]).OfType<Head>().Where(head => head.ToOffset > offset)];
    }

    private Head NewHead_NeedsLock(long fromOffset) => new(fromOffset, _live.Checkpoint(), _live.MaxMs);

    [LoggerMessage(1110, LogLevel.Error, "The block from offset {Offset} cannot be written; it stays in memory.")]
    private partial void LogFlushFailed(Exception why, long offset);

    [LoggerMessage(1111, LogLevel.Error, "Blocks cannot be merged or removed now.")]
    private partial void LogHouseNotKept(Exception why);
}
