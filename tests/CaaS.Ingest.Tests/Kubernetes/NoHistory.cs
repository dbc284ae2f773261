using CaaS.History;
using CaaS.Signals;

namespace CaaS.Ingest.Tests.Kubernetes;

/// <summary>A history that has kept nothing yet: all is in the log.</summary>
internal sealed class NoHistory : IHistory
{
    public long NextOffset => 0;

    public ValueTask AppendAsync(
        long offset, SignalBatch batch, DateTimeOffset now, CancellationToken cancellationToken) => default;

    public ValueTask FlushAsync(CancellationToken cancellationToken) => default;

    public ValueTask<IReadOnlyList<SeriesKey>> SeriesAsync(
        SeriesQuery query, CancellationToken cancellationToken) => Nothing<SeriesKey>();

    public ValueTask<IReadOnlyList<SeriesRange>> RangeAsync(
        SeriesQuery query, CancellationToken cancellationToken) => Nothing<SeriesRange>();

    public ValueTask<IReadOnlyList<SeriesRange>> AggregateAsync(
        SeriesQuery query, TimeSpan step, Aggregate aggregate, CancellationToken cancellationToken) =>
        Nothing<SeriesRange>();

    public ValueTask<IReadOnlyList<LogRecord>> SearchLogsAsync(
        TextQuery query, CancellationToken cancellationToken) => Nothing<LogRecord>();

    public ValueTask<IReadOnlyList<KubeEvent>> SearchEventsAsync(
        TextQuery query, CancellationToken cancellationToken) => Nothing<KubeEvent>();

    public ValueTask<IReadOnlyList<ChangeEvent>> SearchChangesAsync(
        TextQuery query, CancellationToken cancellationToken) => Nothing<ChangeEvent>();

    public ValueTask<IReadOnlyList<KubeObject>> ObjectsAtAsync(
        Scope scope, DateTimeOffset at, CancellationToken cancellationToken) => Nothing<KubeObject>();

    public ValueTask DisposeAsync() => default;

    private static ValueTask<IReadOnlyList<T>> Nothing<T>() => ValueTask.FromResult<IReadOnlyList<T>>([]);
}
