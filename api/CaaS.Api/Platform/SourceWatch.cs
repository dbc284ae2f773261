using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CaaS.Client.Wire;
using Microsoft.Extensions.Hosting;

namespace CaaS.Api.Platform;

/// <summary>Learns from the stages' own metrics which sources speak and how much is still being learned.</summary>
/// <remarks>
/// Listens to counters of <c>CaaS.Ingest*</c> whose name ends in <c>appended_rows</c> and that carry the tag
/// <c>source</c>, and to the gauges <c>caas_analytics_series_count</c> and <c>caas_analytics_series_learning</c>.
/// </remarks>
/// <param name="time">Clock.</param>
internal sealed class SourceWatch(TimeProvider time) : IHostedService, IDisposable
{
    // As many as a host could be configured with; a name made from data must not fill memory.
    private const int SourceCountMax = 1000;
    private const string SeriesCount = "caas_analytics_series_count";
    private const string SeriesLearning = "caas_analytics_series_learning";

    private readonly ConcurrentDictionary<string, (DateTimeOffset LastSeen, long Rows)> _sources =
        new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, long> _gauges = new(StringComparer.Ordinal);
    private MeterListener? _listener;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                var isRows = instrument.Meter.Name.StartsWith("CaaS.Ingest", StringComparison.Ordinal)
                    && instrument.Name.EndsWith("appended_rows", StringComparison.Ordinal);
                if (isRows || instrument.Name is SeriesCount or SeriesLearning)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
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

    public IReadOnlyList<SourceStatus> Sources() =>
    [
        .. _sources.OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => new SourceStatus(source.Key, source.Value.LastSeen, source.Value.Rows)),
    ];

    public LearningStatus Learning()
    {
        _listener?.RecordObservableInstruments();
        return new LearningStatus(
            _gauges.TryGetValue(SeriesCount, out var series) ? series : null,
            _gauges.TryGetValue(SeriesLearning, out var learning) ? learning : null);
    }

    private void Take(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.Name is SeriesCount or SeriesLearning)
        {
            _gauges[instrument.Name] = value;
            return;
        }

        var name = "";
        foreach (var tag in tags)
        {
            name = tag.Key == "source" && tag.Value is string source ? source : name;
        }

        if (name.Length > 0 && (_sources.ContainsKey(name) || _sources.Count < SourceCountMax))
        {
            var now = time.GetUtcNow();
            _sources.AddOrUpdate(
                name, static (_, news) => news, static (_, old, news) => (news.Now, old.Rows + news.Rows), (Now: now, Rows: value));
        }
    }
}
