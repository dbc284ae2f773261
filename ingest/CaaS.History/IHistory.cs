using CaaS.Signals;

namespace CaaS.History;

/// <summary>Everything that was seen, kept for as long as the options say, and asked by time.</summary>
/// <remarks>Thread-safe. Appends come from one consumer of the topic <c>signals</c>, in order.</remarks>
public interface IHistory : IAsyncDisposable
{
    /// <summary>Offset the next append must have: what is below is kept durably in blocks. Replay the log from
    /// here.</summary>
    long NextOffset { get; }

    /// <summary>Adds one batch to the in-memory head; writes a block when the head is full or old.</summary>
    /// <param name="offset">The batch's offset in the topic <c>signals</c>; one at or below the last is
    /// dropped.</param>
    /// <param name="batch">What was seen.</param>
    /// <param name="now">Append time of its record.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask AppendAsync(long offset, SignalBatch batch, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Writes the head to a block.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Series known in a time range.</summary>
    /// <param name="query">Which series; <see cref="SeriesQuery.MaxSeries"/> bounds the answer.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>Keys ordered by text.</returns>
    ValueTask<IReadOnlyList<SeriesKey>> SeriesAsync(SeriesQuery query, CancellationToken cancellationToken);

    /// <summary>Raw points of the series that match.</summary>
    /// <param name="query">Which series and when.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>One entry a series, ordered by its text, points by time; the same instant is kept once (last
    /// wins).</returns>
    ValueTask<IReadOnlyList<SeriesRange>> RangeAsync(SeriesQuery query, CancellationToken cancellationToken);

    /// <summary>Points aggregated into steps of equal length.</summary>
    /// <param name="query">Which series and when.</param>
    /// <param name="step">Length of a step, at least a second.</param>
    /// <param name="aggregate">How values of a step are joined.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>One entry a series; a step without points is absent.</returns>
    ValueTask<IReadOnlyList<SeriesRange>> AggregateAsync(
        SeriesQuery query, TimeSpan step, Aggregate aggregate, CancellationToken cancellationToken);

    /// <summary>Log lines that match, newest first.</summary>
    /// <param name="query">Time, entity, text and limit.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>At most <see cref="TextQuery.Limit"/> lines.</returns>
    ValueTask<IReadOnlyList<LogRecord>> SearchLogsAsync(TextQuery query, CancellationToken cancellationToken);

    /// <summary>Kubernetes events that match, newest first.</summary>
    /// <param name="query">Time, entity, text and limit.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>At most <see cref="TextQuery.Limit"/> events.</returns>
    ValueTask<IReadOnlyList<KubeEvent>> SearchEventsAsync(TextQuery query, CancellationToken cancellationToken);

    /// <summary>Changes that match, newest first.</summary>
    /// <param name="query">Time, entity, text and limit.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>At most <see cref="TextQuery.Limit"/> changes.</returns>
    ValueTask<IReadOnlyList<ChangeEvent>> SearchChangesAsync(TextQuery query, CancellationToken cancellationToken);

    /// <summary>The objects of a scope as they were at an instant; deleted ones are left out.</summary>
    /// <param name="scope">Scope.</param>
    /// <param name="at">Instant, UTC.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>Objects ordered by entity.</returns>
    ValueTask<IReadOnlyList<KubeObject>> ObjectsAtAsync(
        Scope scope, DateTimeOffset at, CancellationToken cancellationToken);
}
