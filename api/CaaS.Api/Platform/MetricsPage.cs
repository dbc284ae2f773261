using Microsoft.Extensions.Hosting;
using Prometheus;

namespace CaaS.Api.Platform;

/// <summary>The platform's own metrics, as Prometheus reads them.</summary>
internal sealed class MetricsPage : IHostedService, IDisposable
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private IDisposable? _adapter;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _adapter = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = _registry,
            MetricFactory = Metrics.WithCustomRegistry(_registry),
            InstrumentFilterPredicate = instrument =>
                instrument.Meter.Name.StartsWith("CaaS.", StringComparison.Ordinal),
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _adapter?.Dispose();

    /// <summary>Writes everything in Prometheus' text format.</summary>
    public Task WriteAsync(Stream target, CancellationToken cancellationToken) =>
        _registry.CollectAndExportAsTextAsync(target, cancellationToken);
}
