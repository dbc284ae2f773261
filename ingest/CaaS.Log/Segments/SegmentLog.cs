using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace CaaS.Log.Segments;

/// <summary>The embedded log: segment files under <c>log/</c> of the data folder. FORMAT.md has the bytes.</summary>
/// <remarks>Thread-safe. One writer a partition; an append costs a share of one fsync, a read one
/// <c>pread</c>.</remarks>
public sealed partial class SegmentLog : ILog
{
    // Guards the maps, the opening of what is in them, and what was told.
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Topic, int Partition), Partition> _partitions = [];
    private readonly Dictionary<(string Group, string Topic, int Partition), GroupOffset> _groups = [];
    private readonly LogOptions _options;
    private readonly TimeProvider _time;
    private readonly LogMetrics _metrics;
    private readonly ILogger _logger;
    private readonly DiskBudget _budget;
    private readonly string _root;
    private readonly string _groupRoot;
    private readonly Action<SafeFileHandle> _fsync;
    private readonly HashSet<(string File, long Position)> _told = [];
    private bool _isDisposed;

    internal SegmentLog(
        LogOptions options,
        DataFolder folder,
        TimeProvider time,
        LogMetrics metrics,
        ILogger logger,
        Action<SafeFileHandle>? fsync = null)
    {
        _options = options;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _fsync = fsync ?? RandomAccess.FlushToDisk;
        _budget = new DiskBudget(folder.Path, options.DiskBudgetBytes, time);
        _root = folder.Sub("log");
        _groupRoot = folder.Sub(Path.Combine("log", "_groups"));
        metrics.Observe("caas_log_lag_records", "{record}", "Records a consumer group has yet to process.", Lag);
        metrics.Observe("caas_log_kept_records", "{record}", "Records kept.", Kept);
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(
        Topic topic, int partition, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        LogNames.CheckPayload(payload);
        return Open(topic, partition).AppendAsync(new PendingAppend(payload.ToArray()), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        Topic topic, int partition, long fromOffset, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        var open = Open(topic, partition);
        for (var next = Math.Max(fromOffset, 0); ;)
        {
            try
            {
                return await open.ReadAsync(next, maxBytes, cancellationToken).ConfigureAwait(false);
            }
            catch (LogCorruptException damage) when (damage.ResumeOffset > next)
            {
                // No reader can mend it, and none may stop for it.
                Tell(topic, damage);
                next = damage.ResumeOffset;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<(long First, long End)> RangeAsync(
        Topic topic, int partition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var open = Open(topic, partition);
        var first = open.First;
        return ValueTask.FromResult((first, Math.Max(first, open.End)));
    }

    /// <inheritdoc/>
    /// <exception cref="LogCorruptException">The file is damaged before the record.</exception>
    public async ValueTask<long> OffsetAtAsync(
        Topic topic, int partition, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var open = Open(topic, partition);
        return await Task.Run(() => open.OffsetAt(instant), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="LogUnavailableException">The offset is not remembered.</exception>
    public async ValueTask CommitAsync(
        string group, Topic topic, int partition, long nextOffset, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nextOffset);
        var offset = Group(group, topic, partition);
        try
        {
            await Task.Run(() => offset.Commit(nextOffset), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new LogUnavailableException($"The offset of group {group} cannot be written: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> CommittedAsync(
        string group, Topic topic, int partition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Group(group, topic, partition).Next);
    }

    /// <summary>Writes what waits, and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        Partition[] open;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            open = [.. _partitions.Values];
        }

        foreach (var partition in open)
        {
            await partition.DisposeAsync().ConfigureAwait(false);
        }

        _metrics.Dispose();
    }

    /// <summary>Says it once, however many readers come by.</summary>
    private void Tell(Topic topic, LogCorruptException damage)
    {
        lock (_gate)
        {
            if (!_told.Add((damage.File, damage.Position)))
            {
                return;
            }
        }

        _metrics.Damaged(topic.Name, damage.ResumeOffset - damage.Offset);
        LogDamaged(damage, damage.Offset, damage.ResumeOffset, topic.Name);
    }

    [LoggerMessage(1000, LogLevel.Error, "Records {From} to before {Until} of {Topic} are damaged and are passed over.")]
    private partial void LogDamaged(Exception damage, long from, long until, string topic);

    private Partition Open(Topic topic, int partition)
    {
        LogNames.Check(topic, partition);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_partitions.TryGetValue((topic.Name, partition), out var open))
            {
                return open;
            }

            try
            {
                var folder = Path.Combine(_root, topic.Name, FormattableString.Invariant($"{partition}"));
                var store = new SegmentStore(folder, topic, partition, _options, _metrics, _logger, _fsync);
                open = new Partition(topic, store, _options, _time, _budget, _metrics, _logger);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new LogUnavailableException($"The log of topic {topic.Name} cannot be opened: {e.Message}", e);
            }

            _partitions.Add((topic.Name, partition), open);
            return open;
        }
    }

    private GroupOffset Group(string group, Topic topic, int partition)
    {
        LogNames.CheckGroup(group);
        LogNames.Check(topic, partition);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_groups.TryGetValue((group, topic.Name, partition), out var offset))
            {
                offset = new GroupOffset(
                    Path.Combine(_groupRoot, FormattableString.Invariant($"{group}.{topic.Name}.{partition}")));
                _groups.Add((group, topic.Name, partition), offset);
            }

            return offset;
        }
    }

    private List<Measurement<long>> Lag()
    {
        var lags = new List<Measurement<long>>();
        lock (_gate)
        {
            foreach (var ((group, topic, partition), offset) in _groups)
            {
                if (offset.Next is { } next && _partitions.TryGetValue((topic, partition), out var open))
                {
                    lags.Add(new Measurement<long>(
                        Math.Max(0, open.End - next),
                        LogMetrics.Tag("group", group), LogMetrics.Tag("topic", topic), LogMetrics.Tag("partition", partition)));
                }
            }
        }

        return lags;
    }

    private List<Measurement<long>> Kept()
    {
        lock (_gate)
        {
            return [.. _partitions.Select(pair => new Measurement<long>(
                Math.Max(0, pair.Value.End - pair.Value.First),
                LogMetrics.Tag("topic", pair.Key.Topic), LogMetrics.Tag("partition", pair.Key.Partition)))];
        }
    }
}
