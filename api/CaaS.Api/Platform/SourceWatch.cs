using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CaaS.Client.Wire;
using Microsoft.Extensions.Hosting;

namespace CaaS.Api.Platform;

/// <summary>Learns from ingest's own metrics which sources speak.</summary>
/// <remarks>
/// Listens to counters of <c>CaaS.Ingest*</c> whose name ends in <c>appended_rows</c> and that carry the tag
/// <c>source</c>.
/// </remarks>
/// <param name="time">Clock.</param>
internal sealed class SourceWatch(TimeProvider time) : IHostedService, IDisposable
{
    // As many as a host could be configured with; a name made from data must not fill memory.
    private const int SourceCountMax = 1000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset LastSeen, long Rows)> _sources =
        new(StringComparer.Ordinal);

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
                if (isRows)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Take(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, _) => Take(value, tags));
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

    private void Take(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
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
