using System.Diagnostics.Metrics;
using CaaS.Ingest.Runtime;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaaS.Ingest.Tests.Runtime;

/// <summary>A real log in a folder of its own, and a writer into it.</summary>
internal sealed class IngestBench : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private DataFolder _folder;

    public IngestBench()
    {
        Path = Directory.CreateTempSubdirectory("caas-ingest-").FullName;
        Metrics = new IngestMetrics(_services.GetRequiredService<IMeterFactory>());
        _folder = DataFolder.Open(System.IO.Path.Combine(Path, "data"));
        Log = LogFactory.Open(new LogOptions(), _folder, TimeProvider.System);
    }

    public string Path { get; }

    public IngestMetrics Metrics { get; }

    public ILog Log { get; private set; }

    /// <summary>When true the log refuses every append.</summary>
    public bool IsRefusing { get; set; }

    public SignalWriter Writer(SignalWriterOptions? options = null) => new(
        new RefusingLog(this), Options.Create(options ?? new SignalWriterOptions()), Metrics, TimeProvider.System);

    /// <summary>All that is in the log.</summary>
    public async Task<List<SignalBatch>> BatchesAsync(CancellationToken cancellationToken)
    {
        var (next, end) = await Log.RangeAsync(Topics.Signals, 0, cancellationToken);
        var batches = new List<SignalBatch>();
        while (next < end)
        {
            foreach (var entry in await Log.ReadAsync(Topics.Signals, 0, next, 1 << 20, cancellationToken))
            {
                batches.Add(SignalBatchCodec.Decode(entry.Payload));
                next = entry.Offset + 1;
            }
        }

        return batches;
    }

    /// <summary>Closes and opens the log, as a restart does.</summary>
    public async Task RestartAsync()
    {
        await Log.DisposeAsync();
        _folder.Dispose();
        _folder = DataFolder.Open(System.IO.Path.Combine(Path, "data"));
        Log = LogFactory.Open(new LogOptions(), _folder, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        _folder.Dispose();
        Metrics.Dispose();
        await _services.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>The bench's log, which can be made to refuse.</summary>
    private sealed class RefusingLog(IngestBench bench) : ILog
    {
        public ValueTask<long> AppendAsync(
            Topic topic, int partition, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
            bench.IsRefusing
                ? throw new LogUnavailableException("The disk is full.")
                : bench.Log.AppendAsync(topic, partition, payload, cancellationToken);

        public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
            Topic topic, int partition, long fromOffset, int maxBytes, CancellationToken cancellationToken) =>
            bench.Log.ReadAsync(topic, partition, fromOffset, maxBytes, cancellationToken);

        public ValueTask<(long First, long End)> RangeAsync(Topic topic, int partition, CancellationToken cancellationToken) =>
            bench.Log.RangeAsync(topic, partition, cancellationToken);

        public ValueTask<long> OffsetAtAsync(
            Topic topic, int partition, DateTimeOffset instant, CancellationToken cancellationToken) =>
            bench.Log.OffsetAtAsync(topic, partition, instant, cancellationToken);

        public ValueTask CommitAsync(
            string group, Topic topic, int partition, long nextOffset, CancellationToken cancellationToken) =>
            bench.Log.CommitAsync(group, topic, partition, nextOffset, cancellationToken);

        public ValueTask<long?> CommittedAsync(
            string group, Topic topic, int partition, CancellationToken cancellationToken) =>
            bench.Log.CommittedAsync(group, topic, partition, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
