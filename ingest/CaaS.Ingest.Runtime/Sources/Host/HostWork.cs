using CaaS.Ingest.Host;
using CaaS.Ingest.Runtime.Periodic;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Host;

/// <summary>Reads the kernel's counters of the machine the platform runs on.</summary>
internal sealed class HostWork : IPeriodicWork
{
    private const int MaxFileBytes = 1024 * 1024; // A thousand CPUs and disks still fit.

    private readonly HostSourceOptions _options;
    private readonly Scope _scope;
    private readonly SignalWriter _writer;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly HostDecoder _decoder;
    private readonly EntityRef _host;
    private readonly MetricColumnsBuilder _points = new();

    public HostWork(
        HostSourceOptions options, Scope scope, SignalWriter writer, IngestMetrics metrics, TimeProvider time)
    {
        _options = options;
        _scope = scope;
        _writer = writer;
        _metrics = metrics;
        _time = time;
        var name = options.Name.Length > 0 ? options.Name : Environment.MachineName;
        _host = new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.Host, name);
        _decoder = new HostDecoder(_host);
    }

    public string Name => "host";

    public TimeSpan Interval => _options.Interval;

    public TimeSpan FirstDelay => TimeSpan.Zero;

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var reading = new HostReading
        {
            Stat = await ReadAsync("stat", cancellationToken),
            MemInfo = await ReadAsync("meminfo", cancellationToken),
            LoadAverage = await ReadAsync("loadavg", cancellationToken),
            DiskStats = await ReadAsync("diskstats", cancellationToken),
            NetDev = await ReadAsync("net/dev", cancellationToken),
            CpuPressure = await ReadAsync("pressure/cpu", cancellationToken),
            MemoryPressure = await ReadAsync("pressure/memory", cancellationToken),
            IoPressure = await ReadAsync("pressure/io", cancellationToken),
        };
        _decoder.Decode(reading, nowMs, _points);
        foreach (var mountPoint in _options.MountPoints)
        {
            AddFileSystem(mountPoint, nowMs);
        }

        var batch = new SignalBatch { Scope = _scope, Source = Name, Metrics = _points.Drain() };
        await _writer.AppendAsync(batch, cancellationToken);
    }

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(Path.Combine(_options.ProcRoot, name));
            using var content = new MemoryStream();
            return await BoundedBody.TryReadAsync(file, MaxFileBytes, content, cancellationToken) ? content.ToArray() : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Kernels without pressure accounting, and containers, lack some of the files.
            _metrics.Dropped(Name, "FileMissing", 1);
            return [];
        }
    }

    private void AddFileSystem(string mountPoint, long nowMs)
    {
        try
        {
            var drive = new DriveInfo(mountPoint);
            Label[] labels = [new Label("mountpoint", mountPoint)];
            _points.Add(new SeriesKey(_host, "node_filesystem_size_bytes", labels, MetricKind.Gauge), nowMs, drive.TotalSize);
            _points.Add(
                new SeriesKey(_host, "node_filesystem_avail_bytes", labels, MetricKind.Gauge), nowMs, drive.AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _metrics.Dropped(Name, "FileMissing", 1);
        }
    }
}
