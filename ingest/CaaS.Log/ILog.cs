namespace CaaS.Log;

/// <summary>The one durable way in, and the bus between stages: embedded segments or Kafka.</summary>
/// <remarks>Thread-safe. Any number of readers and writers; a consumer group's partition has one reader at a
/// time.</remarks>
public interface ILog : IAsyncDisposable
{
    /// <summary>Appends one record. When the task completes the record is durable (fsync or all in-sync
    /// replicas).</summary>
    /// <param name="topic">Topic, made on first use.</param>
    /// <param name="partition">Partition, from 0.</param>
    /// <param name="payload">Bytes, 1 to <see cref="LogOptions.MaxRecordBytes"/>; copied before the call returns its
    /// task.</param>
    /// <param name="cancellationToken">Gives up waiting; the record may still become durable.</param>
    /// <returns>The record's offset.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Unknown partition, or payload empty or too large.</exception>
    /// <exception cref="LogUnavailableException">The record is not durable: full disk budget, I/O error, broker away.
    /// Retry later.</exception>
    ValueTask<long> AppendAsync(
        Topic topic, int partition, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Reads records in order, waiting until there is at least one. Damaged ones are passed over: they are
    /// logged with file and position and counted in <c>caas_log_damaged_records</c>.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="partition">Partition, from 0.</param>
    /// <param name="fromOffset">First offset wanted; one that retention has removed is moved up to the first
    /// kept.</param>
    /// <param name="maxBytes">Stop after about this many payload bytes (at least one record is returned).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>At least one record.</returns>
    /// <exception cref="LogUnavailableException">The broker refuses; retry later.</exception>
    ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        Topic topic, int partition, long fromOffset, int maxBytes, CancellationToken cancellationToken);

    /// <summary>Range of offsets kept.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="partition">Partition, from 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>First kept offset and the offset the next append will get; equal when empty.</returns>
    ValueTask<(long First, long End)> RangeAsync(Topic topic, int partition, CancellationToken cancellationToken);

    /// <summary>First record accepted at or after an instant.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="partition">Partition, from 0.</param>
    /// <param name="instant">Instant, UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its offset, or the end offset when there is none.</returns>
    ValueTask<long> OffsetAtAsync(Topic topic, int partition, DateTimeOffset instant, CancellationToken cancellationToken);

    /// <summary>Remembers, durably, how far a consumer group has come.</summary>
    /// <param name="group">Group name: lower-case letters, digits and <c>-</c>.</param>
    /// <param name="topic">Topic.</param>
    /// <param name="partition">Partition, from 0.</param>
    /// <param name="nextOffset">First offset not yet processed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask CommitAsync(
        string group, Topic topic, int partition, long nextOffset, CancellationToken cancellationToken);

    /// <summary>Recalls how far a consumer group has come.</summary>
    /// <param name="group">Group name.</param>
    /// <param name="topic">Topic.</param>
    /// <param name="partition">Partition, from 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>First offset not yet processed, or null when the group never committed.</returns>
    ValueTask<long?> CommittedAsync(string group, Topic topic, int partition, CancellationToken cancellationToken);
}
