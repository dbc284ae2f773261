using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CaaS.Log.Segments;

/// <summary>One partition of the embedded log: a single writer that commits in groups, and readers that wait for
/// it.</summary>
/// <remarks>
/// The first append after a pause is written at once; those that come while its fsync runs, or within
/// <see cref="LogOptions.GroupCommitMs"/> of it, share the next one. That wait is measured by the machine's own timer,
/// not the platform's clock: it paces a disk and nothing depends on it.
/// </remarks>
internal sealed partial class Partition : IAsyncDisposable
{
    private const int QueuedAppendsMax = 16 * 1024; // Small records: 16 Ki of them are one busy second.
    private static readonly TimeSpan RetireEvery = TimeSpan.FromMinutes(1);

    private readonly Topic _topic;
    private readonly LogOptions _options;
    private readonly TimeProvider _time;
    private readonly DiskBudget _budget;
    private readonly LogMetrics _metrics;
    private readonly ILogger _logger;
    private readonly SegmentStore _store;
    private readonly Channel<PendingAppend> _queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(QueuedAppendsMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Task _writer;
    private TaskCompletionSource _grown = NewSignal();
    private TaskCompletionSource _enough = NewSignal();
    private long _pendingBytes;
    private long _retiredAt;
    private bool _isRefusing;

    public Partition(
        Topic topic,
        SegmentStore store,
        LogOptions options,
        TimeProvider time,
        DiskBudget budget,
        LogMetrics metrics,
        ILogger logger)
    {
        _topic = topic;
        _store = store;
        _options = options;
        _time = time;
        _budget = budget;
        _metrics = metrics;
        _logger = logger;
        _retiredAt = time.GetTimestamp();
        _writer = Task.Run(WriteAsync);
    }

    public long End => _store.End;

    public long First => _store.Segments[0].BaseOffset;

    public async ValueTask<long> AppendAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        var size = append.Payload.Length + SegmentFormat.RecordHeaderBytes;
        var pending = Interlocked.Add(ref _pendingBytes, size);
        if (pending > _options.PendingBytes || !_queue.Writer.TryWrite(append))
        {
            Interlocked.Add(ref _pendingBytes, -size);
            _metrics.Refused(_topic.Name, "backlog", 1);
            throw new LogUnavailableException(
                $"The disk does not keep up: {pending} bytes of topic {_topic.Name} wait to be written "
                + "(limit Log:PendingBytes). Retry later, or use a faster disk.");
        }

        if (pending >= _options.GroupCommitBytes)
        {
            Volatile.Read(ref _enough).TrySetResult();
        }

        return await append.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        long fromOffset, int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var grown = Volatile.Read(ref _grown).Task; // Before the end is read, so that no growth is missed.
            var end = _store.End;
            if (fromOffset < end)
            {
                var entries = Read(fromOffset, end, maxBytes);
                if (entries.Count > 0)
                {
                    return entries;
                }
            }
            else
            {
                await grown.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>First record accepted at or after an instant, or the end.</summary>
    public long OffsetAt(DateTimeOffset instant)
    {
        var instantMs = (instant.UtcTicks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond
            - (DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMillisecond);
        var end = _store.End;
        var segments = _store.Segments;
        var index = segments.Length - 1;
        while (index > 0 && segments[index].FirstMs >= instantMs)
        {
            index--;
        }

        for (; index < segments.Length; index++)
        {
            var limit = index + 1 < segments.Length ? Math.Min(end, segments[index + 1].BaseOffset) : end;
            var found = limit <= segments[index].BaseOffset ? limit : segments[index].OffsetAt(instantMs, limit);
            if (found < limit)
            {
                return found;
            }
        }

        return end;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _enough.TrySetResult();
        await _writer.ConfigureAwait(false);
        _store.Dispose();
        Volatile.Read(ref _grown).TrySetException(new ObjectDisposedException(nameof(SegmentLog)));
        _ = _grown.Task.Exception; // Seen here: there may be no reader.
    }

    private List<LogEntry> Read(long fromOffset, long end, int maxBytes)
    {
        var entries = new List<LogEntry>();
        var segments = _store.Segments;
        var index = segments.Length - 1;
        while (index > 0 && segments[index].BaseOffset > fromOffset)
        {
            index--;
        }

        var segment = segments[index];
        var from = Math.Max(fromOffset, segment.BaseOffset);
        var limit = index + 1 < segments.Length ? Math.Min(end, segments[index + 1].BaseOffset) : end;
        try
        {
            var damage = segment.Read(from, limit, maxBytes, entries);
            if (entries.Count == 0)
            {
                throw damage is null ? segment.MissingRecords(from, limit) : segment.Corrupt(damage, limit);
            }
        }
        catch (Exception e) when ((e is ObjectDisposedException or FileNotFoundException) && IsRetired(segment))
        {
            // Retention removed the segment between the look and the read; the caller looks again.
        }

        return entries;
    }

    private bool IsRetired(Segment segment) => Array.IndexOf(_store.Segments, segment) < 0;

    private async Task WriteAsync()
    {
        var group = new List<PendingAppend>();
        var syncedAt = 0L;
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await PaceAsync(syncedAt).ConfigureAwait(false);
            group.Clear();
            var bytes = 0;
            while (bytes < _options.GroupCommitBytes && _queue.Reader.TryRead(out var append))
            {
                group.Add(append);
                bytes += append.Payload.Length + SegmentFormat.RecordHeaderBytes;
            }

            Interlocked.Add(ref _pendingBytes, -bytes);
            Commit(group, bytes);
            syncedAt = Stopwatch.GetTimestamp();
        }
    }

    private async Task PaceAsync(long syncedAt)
    {
        var wait = TimeSpan.FromMilliseconds(_options.GroupCommitMs) - Stopwatch.GetElapsedTime(syncedAt);
        if (wait <= TimeSpan.Zero || syncedAt == 0)
        {
            return;
        }

        Volatile.Write(ref _enough, NewSignal());
        if (Interlocked.Read(ref _pendingBytes) < _options.GroupCommitBytes && !_queue.Reader.Completion.IsCompleted)
        {
            await Task.WhenAny(_enough.Task, Task.Delay(wait)).ConfigureAwait(false);
        }
    }

    private void Commit(List<PendingAppend> group, int bytes)
    {
        try
        {
            if (!_budget.TryReserve(bytes))
            {
                Refuse(group, "disk-budget", new LogUnavailableException(_budget.Remedy));
                return;
            }

            var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
            var offset = _store.Append(group, nowMs);
            _metrics.Appended(_topic.Name, group.Count, bytes - (group.Count * SegmentFormat.RecordHeaderBytes));
            foreach (var append in group)
            {
                append.Complete(offset++);
            }

            Interlocked.Exchange(ref _grown, NewSignal()).TrySetResult();
            if (_isRefusing)
            {
                _isRefusing = false;
                LogResumed(_topic.Name);
            }

            RetireNowAndThen(nowMs);
        }
        catch (Exception e)
        {
            // Whatever went wrong, nobody may wait for ever, nor believe a record durable that is not.
            Refuse(group, "io-error", new LogUnavailableException(
                $"The log cannot be written: {e.Message} Free disk space or check the disk; appends are taken again "
                + "as soon as it can be.", e));
        }
    }

    private void Refuse(List<PendingAppend> group, string reason, LogUnavailableException why)
    {
        _metrics.Refused(_topic.Name, reason, group.Count);
        foreach (var append in group)
        {
            append.Fail(why);
        }

        if (!_isRefusing)
        {
            _isRefusing = true;
            LogRefusing(why, _topic.Name);
        }
    }

    private void RetireNowAndThen(long nowMs)
    {
        var isRolled = _store.Segments[^1].BaseOffset == _store.End - 1;
        if (!isRolled && _time.GetElapsedTime(_retiredAt) < RetireEvery)
        {
            return;
        }

        _retiredAt = _time.GetTimestamp();
        try
        {
            _store.Retire(nowMs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRetired(e, _topic.Name);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(1010, LogLevel.Error, "Appends to {Topic} are refused.")]
    private partial void LogRefusing(Exception why, string topic);

    [LoggerMessage(1011, LogLevel.Information, "Appends to {Topic} are taken again.")]
    private partial void LogResumed(string topic);

    [LoggerMessage(1012, LogLevel.Warning, "Old segments of {Topic} cannot be removed; it is tried again in a minute.")]
    private partial void LogNotRetired(Exception why, string topic);
}
