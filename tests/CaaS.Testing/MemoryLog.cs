using CaaS.Log;

namespace CaaS.Testing;

/// <summary>The log's contract in memory, for tests of what reads and writes it.</summary>
/// <param name="time">Clock that stamps records.</param>
public sealed class MemoryLog(TimeProvider time) : ILog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<LogEntry>> _entries = [];
    private readonly Dictionary<string, long> _committed = [];
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When set, appends fail with it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Everything appended to a topic so far.</summary>
    public IReadOnlyList<LogEntry> Entries(Topic topic)
    {
        lock (_lock)
        {
            return [.. Of(topic)];
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(
        Topic topic, int partition, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        TaskCompletionSource appended;
        long offset;
        lock (_lock)
        {
            var entries = Of(topic);
            offset = entries.Count;
            entries.Add(new LogEntry(offset, time.GetUtcNow(), payload.ToArray()));
            (appended, _appended) =
                (_appended, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        appended.TrySetResult();
        return ValueTask.FromResult(offset);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        Topic topic, int partition, long fromOffset, int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task appended;
            lock (_lock)
            {
                var entries = Of(topic);
                if (fromOffset < entries.Count)
                {
                    return [.. entries.Skip((int)Math.Max(0, fromOffset))];
                }

                appended = _appended.Task;
            }

            await appended.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<(long First, long End)> RangeAsync(
        Topic topic, int partition, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult((0L, (long)Of(topic).Count));
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> OffsetAtAsync(
        Topic topic, int partition, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult((long)Of(topic).TakeWhile(entry => entry.AppendedAt < instant).Count());
        }
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(
        string group, Topic topic, int partition, long nextOffset, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _committed[$"{group}/{topic.Name}"] = nextOffset;
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> CommittedAsync(
        string group, Topic topic, int partition, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(
                _committed.TryGetValue($"{group}/{topic.Name}", out var next) ? next : (long?)null);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<LogEntry> Of(Topic topic)
    {
        if (!_entries.TryGetValue(topic.Name, out var entries))
        {
            _entries[topic.Name] = entries = [];
        }

        return entries;
    }
}
