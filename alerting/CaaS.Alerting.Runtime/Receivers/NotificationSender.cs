using System.Threading.Channels;
using CaaS.Alerting.Runtime.Store;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Alerting.Runtime.Receivers;

/// <summary>Delivers what the store holds unsent, at least once, in order for each receiver.</summary>
/// <remarks>
/// The store is the queue, so nothing decided is lost by a crash; a message may be sent twice when the crash falls
/// between the receiver's answer and the note of it, which is why every message carries its id. One receiver that is
/// away holds up only itself. This is the only place that tries again.
/// </remarks>
internal sealed class NotificationSender : BackgroundService
{
    private const int BatchSize = 100;

    // Also without being woken: what a failed note of success left unsent is found again.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly AlertStore _store;
    private readonly ILog _log;
    private readonly AlertingOptions _options;
    private readonly AlertingMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<NotificationSender> _logger;

    // One token each is enough: whoever wakes up looks at everything.
    private readonly (INotificationReceiver Receiver, Channel<bool> Wake)[] _lines;

    public NotificationSender(
        AlertStore store,
        ILog log,
        IReadOnlyList<INotificationReceiver> receivers,
        IOptions<AlertingOptions> options,
        AlertingMeter meter,
        TimeProvider time,
        ILogger<NotificationSender> logger)
    {
        _store = store;
        _log = log;
        _options = options.Value;
        _meter = meter;
        _time = time;
        _logger = logger;
        _lines = [.. receivers.Select(receiver => (receiver, Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite })))];
    }

    /// <summary>Says that there is something to send.</summary>
    public void Wake()
    {
        foreach (var line in _lines)
        {
            line.Wake.Writer.TryWrite(true);
        }
    }

    /// <summary>Tries everything unsent of one receiver, oldest first, until one is not taken.</summary>
    /// <param name="receiver">Receiver.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    /// <returns>Tries of the message that was not taken but may be later; 0 when nothing is left.</returns>
    internal async Task<int> DrainAsync(INotificationReceiver receiver, CancellationToken cancellationToken)
    {
        IReadOnlyList<Notification> batch;
        do
        {
            batch = await _store.UnsentAsync(receiver.Name, BatchSize, cancellationToken).ConfigureAwait(false);
            foreach (var notification in batch)
            {
                if (!await TryAsync(receiver, notification, cancellationToken).ConfigureAwait(false))
                {
                    return notification.Attempts + 1;
                }
            }
        }
        while (batch.Count == BatchSize);
        return 0;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_lines.Select(line => ServeAsync(line.Receiver, line.Wake, stoppingToken)));

    private async Task ServeAsync(INotificationReceiver receiver, Channel<bool> wake, CancellationToken stopping)
    {
        // The spread of retries need not replay; the name as seed keeps two receivers apart.
        var random = new Random(receiver.Name.Sum(letter => letter));
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var attempts = await DrainAsync(receiver, stopping).ConfigureAwait(false);
                failures = 0;
                if (attempts > 0)
                {
                    var delay = RetryDelay.After(attempts, _options.RetryDelayMax, random);
                    await Task.Delay(delay, _time, stopping).ConfigureAwait(false);
                    continue;
                }

                await WaitAsync(wake, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store or the log is away: what is unsent is still there when it comes back.
                _logger.Interrupted(e);
                var delay = RetryDelay.After(++failures, _options.RetryDelayMax, random);
                await Task.Delay(delay, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(Channel<bool> wake, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(LookEvery, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            await wake.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Time to look anyway.
        }
    }

    /// <returns>True when nothing more is to be done about the message.</returns>
    private async Task<bool> TryAsync(
        INotificationReceiver receiver, Notification notification, CancellationToken cancellationToken)
    {
        var alert = await _store.FindAsync(notification.AlertId, cancellationToken).ConfigureAwait(false);
        var attempt = alert is null
            ? new Attempt(false, false, "Its alert is gone.")
            : await receiver.SendAsync(notification, alert, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        var isLate = now - notification.At >= _options.GiveUpAfter;
        var isOver = attempt.Ok || !attempt.Retryable || isLate;
        var after = notification with
        {
            Attempts = notification.Attempts + 1,
            SentAt = attempt.Ok ? now : null,
            Error = attempt.Ok ? "" : attempt.Why,
        };
        await _store.NoteAsync(after, isOver, cancellationToken).ConfigureAwait(false);
        await _log.AppendAsync(
            Topics.Notifications, 0, SignalsJson.Encode(new AlertRecord(null, after)), cancellationToken)
            .ConfigureAwait(false);
        Count(receiver.Name, after, attempt, isOver);
        return isOver;
    }

    private void Count(string receiver, Notification after, Attempt attempt, bool isOver)
    {
        if (attempt.Ok)
        {
            _meter.Sent(receiver);
            return;
        }

        _meter.Failed(receiver, attempt.Retryable);
        if (isOver)
        {
            _logger.GaveUp(receiver, after.Id, attempt.Why);
        }
        else
        {
            _logger.NotTaken(receiver, after.Id, after.Attempts, attempt.Why);
        }
    }
}
