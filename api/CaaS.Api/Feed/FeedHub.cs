using System.Threading.Channels;
using CaaS.Alerting;
using CaaS.Client.Wire;
using CaaS.Log;
using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Feed;

/// <summary>Follows what the stages publish and tells everybody who listens what changed.</summary>
/// <remarks>A listener that falls behind is ended rather than given gaps: it then asks for everything anew.</remarks>
internal sealed class FeedHub(
    ILog log, IOptions<ApiOptions> options, TimeProvider time, ApiMeter meter, ILogger<FeedHub> logger)
    : BackgroundService
{
    private const int ReadBytesMax = 256 * 1024;

    // Guards the set of listeners; held for a copy or a change, never while sending.
    private readonly Lock _lock = new();
    private readonly HashSet<Channel<FeedEvent>> _listeners = [];

    /// <summary>Starts to listen.</summary>
    /// <returns>The events, or null when too many listen already.</returns>
    public Channel<FeedEvent>? ListenOrNull()
    {
        lock (_lock)
        {
            if (_listeners.Count >= options.Value.FeedCountMax)
            {
                meter.Refused("too-many-feeds");
                return null;
            }

            var listener = Channel.CreateBounded<FeedEvent>(
                new BoundedChannelOptions(options.Value.FeedQueueSize) { SingleReader = true });
            _listeners.Add(listener);
            meter.FeedOpened();
            return listener;
        }
    }

    /// <summary>Stops listening.</summary>
    public void Leave(Channel<FeedEvent> listener, string reason)
    {
        lock (_lock)
        {
            if (_listeners.Remove(listener))
            {
                meter.FeedEnded(reason);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        FollowAsync(Topics.Incidents, ReadIncident, stoppingToken),
        FollowAsync(Topics.Operations, ReadOperation, stoppingToken),
        FollowAsync(Topics.Notifications, ReadAlert, stoppingToken));

    private static FeedEvent? ReadIncident(LogEntry entry)
    {
        var incident = SignalsJson.Decode<IncidentRecord>(entry.Payload.Span).Incident;
        return new FeedEvent(FeedKind.Incident, incident.Id, incident.Revision);
    }

    private static FeedEvent? ReadOperation(LogEntry entry)
    {
        var operation = SignalsJson.Decode<OperationRecord>(entry.Payload.Span).Operation;
        return new FeedEvent(FeedKind.Operation, operation.Id, operation.Revision);
    }

    private static FeedEvent? ReadAlert(LogEntry entry)
    {
        var record = SignalsJson.Decode<AlertRecord>(entry.Payload.Span);
        return record.Alert is { } alert ? new FeedEvent(FeedKind.Alert, alert.Id, alert.Revision)
            : record.Notification is { } note ? new FeedEvent(FeedKind.Notification, note.Id, note.Attempts)
            : null;
    }

    private async Task FollowAsync(Topic topic, Func<LogEntry, FeedEvent?> read, CancellationToken stopping)
    {
        long? next = null;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                next ??= (await log.RangeAsync(topic, 0, stopping).ConfigureAwait(false)).End;
                var entries = await log.ReadAsync(topic, 0, next.Value, ReadBytesMax, stopping).ConfigureAwait(false);
                foreach (var entry in entries)
                {
                    Tell(topic, entry, read);
                }

                next = entries[^1].Offset + 1;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.Interrupted(e, topic.Name);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Tell(Topic topic, LogEntry entry, Func<LogEntry, FeedEvent?> read)
    {
        FeedEvent? change;
        try
        {
            change = read(entry);
        }
        catch (FormatException e)
        {
            logger.Malformed(topic.Name, entry.Offset, e.Message);
            return;
        }

        if (change is null)
        {
            return;
        }

        Channel<FeedEvent>[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            if (!listener.Writer.TryWrite(change))
            {
                listener.Writer.TryComplete();
                Leave(listener, "slow");
            }
        }
    }
}
