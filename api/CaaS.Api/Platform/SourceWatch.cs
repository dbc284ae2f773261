using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CaaS.Client.Wire;
using Microsoft.Extensions.Hosting;

namespace CaaS.Api.Platform;

/// <summary>Learns from the stages' own metrics which sources speak and how much is still being learned.</summary>
/// <remarks>
/// Listens to counters of <c>CaaS.Ingest*</c> whose name ends in <c>appended_rows</c> and that carry the tag
/// <c>source</c>, and to the gauge <c>caas_analytics_series</c>, one value a <c>status</c>, one of which is <c>learning</c>.
/// </remarks>
/// <param name="time">Clock.</param>
internal sealed class SourceWatch(TimeProvider time) : IHostedService, IDisposable
{
    // As many as a host could be configured with; a name made from data must not fill memory.
    private const int SourceCountMax = 1000;
    private const string SeriesGauge = "caas_analytics_series";
    private const string BeingLearned = "learning";
    private static readonly string[] Judged = [BeingLearned, "watched", "silent"];

    private readonly ConcurrentDictionary<string, (DateTimeOffset LastSeen, long Rows)> _sources =
        new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, long> _seriesByStatus = new(StringComparer.Ordinal);
    private MeterListener? _listener;

    /// <summary>When the host started, UTC.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        StartedAt = time.GetUtcNow();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                var isRows = instrument.Meter.Name.StartsWith("CaaS.Ingest", StringComparison.Ordinal)
                    && instrument.Name.EndsWith("appended_rows", StringComparison.Ordinal);
                if (isRows || instrument.Name == SeriesGauge)
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

    /// <summary>Series that are judged or will be; those left out because of a cap are not among them.</summary>
    public LearningStatus Learning() => _seriesByStatus.IsEmpty
        ? new LearningStatus(null, null)
        : new LearningStatus(
            Judged.Sum(status => _seriesByStatus.GetValueOrDefault(status)),
            _seriesByStatus.GetValueOrDefault(BeingLearned));

    private void Take(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.Name == SeriesGauge)
        {
            _seriesByStatus[TagOf(tags, "status")] = value;
            return;
        }

        var name = TagOf(tags, "source");
        if (name.Length > 0 && (_sources.ContainsKey(name) || _sources.Count < SourceCountMax))
        {
            var now = time.GetUtcNow();
            _sources.AddOrUpdate(
                name, static (_, news) => news, static (_, old, news) => (news.Now, old.Rows + news.Rows), (Now: now, Rows: value));
        }
    }

    private static string TagOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name && tag.Value is string value)
            {
                return value;
            }
        }

        return "";
    }
}
