using CaaS.Log;

namespace CaaS.Orchestration.Tests.Runtime;

/// <summary>A log in memory that survives the "restart" of whoever uses it.</summary>
internal sealed class MemoryLog(TimeProvider time) : ILog
{
    private readonly Lock _gate = new(); // Actor, effects and test append at once.
    private readonly Dictionary<string, List<LogEntry>> _topics = [];
    private readonly Dictionary<string, long> _committed = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask<long> AppendAsync(
        Topic topic, int partition, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var entries = Entries_NeedsLock(topic);
            entries.Add(new LogEntry(entries.Count, time.GetUtcNow(), payload.ToArray()));
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return ValueTask.FromResult(entries.Count - 1L);
        }
    }

    public async ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        Topic topic, int partition, long fromOffset, int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                var entries = Entries_NeedsLock(topic);
                if (entries.Count > fromOffset)
                {
                    return [.. entries.Skip((int)fromOffset)];
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    public ValueTask<(long First, long End)> RangeAsync(
        Topic topic, int partition, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult((0L, (long)Entries_NeedsLock(topic).Count));
        }
    }

    public ValueTask<long> OffsetAtAsync(
        Topic topic, int partition, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult((long)Entries_NeedsLock(topic).Count(entry => entry.AppendedAt < instant));
        }
    }

    public ValueTask CommitAsync(
        string group, Topic topic, int partition, long nextOffset, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _committed[group + topic.Name] = nextOffset;
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<long?> CommittedAsync(
        string group, Topic topic, int partition, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_committed.TryGetValue(group + topic.Name, out var next) ? next : (long?)null);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<LogEntry> Entries_NeedsLock(Topic topic)
    {
        if (!_topics.TryGetValue(topic.Name, out var entries))
        {
            _topics[topic.Name] = entries = [];
        }

        return entries;
    }
}
