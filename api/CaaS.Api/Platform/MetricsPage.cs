using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Prometheus;

namespace CaaS.Api.Platform;

/// <summary>The platform's own metrics, as Prometheus reads them.</summary>
/// <remarks>
/// The meters <c>CaaS.*</c> under their instruments' own names. (The adapter that comes with prometheus-net puts the
/// meter's name before each, and makes gauges of counters.) Thread-safe; a measurement costs one dictionary look-up.
/// </remarks>
internal sealed class MetricsPage : IHostedService, IDisposable
{
    // Tags are from small sets; more combinations than this of one instrument are a mistake that must not fill memory.
    private const int ChildCountMax = 2000;

    private static readonly double[] Buckets = Histogram.ExponentialBuckets(0.001, 4, 10);

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly MetricFactory _factory;
    private readonly ConcurrentDictionary<string, Action<double>> _children = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _childCounts = new(StringComparer.Ordinal);
    private readonly IMeterFactory _meters;
    private MeterListener? _listener;

    public MetricsPage(IMeterFactory meters)
    {
        _meters = meters;
        _factory = Metrics.WithCustomRegistry(_registry);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // A meter of a factory belongs to the factory's host; several may live in one process.
                var isOurs = instrument.Meter.Scope is not IMeterFactory other || ReferenceEquals(other, _meters);
                if (isOurs && instrument.Meter.Name.StartsWith("CaaS.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<byte>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<short>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<float>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener?.Dispose();

    /// <summary>Writes everything in Prometheus' text format.</summary>
    public Task WriteAsync(Stream target, CancellationToken cancellationToken)
    {
        _listener?.RecordObservableInstruments();
        return _registry.CollectAndExportAsTextAsync(target, cancellationToken);
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var tag in tags)
        {
            key = $"{key}\0{tag.Key}\0{tag.Value}";
        }

        if (!_children.TryGetValue(key, out var child))
        {
            if (_childCounts.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1) > ChildCountMax)
            {
                return;
            }

            child = _children.GetOrAdd(key, Make(instrument, [.. tags]));
        }

        child(value);
    }

    private Action<double> Make(Instrument instrument, KeyValuePair<string, object?>[] tags)
    {
        Array.Sort(tags, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        string[] names = [.. tags.Select(tag => tag.Key)];
        string[] values = [.. tags.Select(tag => tag.Value?.ToString() ?? "")];
        var help = instrument.Description ?? "";
        var kind = instrument.GetType().GetGenericTypeDefinition();
        if (kind == typeof(Counter<>))
        {
            var counter = _factory.CreateCounter(instrument.Name, help, names).WithLabels(values);
            return value => counter.Inc(Math.Max(0, value));
        }

        if (kind == typeof(ObservableCounter<>))
        {
            var counter = _factory.CreateCounter(instrument.Name, help, names).WithLabels(values);
            return counter.IncTo;
        }

        if (kind == typeof(Histogram<>))
        {
            var advice = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries;
            var histogram = _factory.CreateHistogram(
                instrument.Name, help, names,
                new HistogramConfiguration { Buckets = advice is null ? Buckets : [.. advice] }).WithLabels(values);
            return histogram.Observe;
        }

        var gauge = _factory.CreateGauge(instrument.Name, help, names).WithLabels(values);
        return kind == typeof(UpDownCounter<>) ? gauge.Inc : gauge.Set;
    }
}
