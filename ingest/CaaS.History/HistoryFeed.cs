using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaaS.History;

/// <summary>Reads the topic <c>signals</c> into the history, from where its blocks end.</summary>
/// <remarks>
/// The history itself knows how far it has come; the committed offset of the group <c>history</c> only shows the lag.
/// What cannot be read or decoded is skipped and told; what cannot be written is tried again until it can.
/// </remarks>
/// <param name="log">Where signals come from.</param>
/// <param name="history">Where they go.</param>
/// <param name="time">Clock of the pause between tries.</param>
/// <param name="logger">Told of what was skipped.</param>
public sealed partial class HistoryFeed(ILog log, IHistory history, TimeProvider time, ILogger<HistoryFeed> logger)
    : BackgroundService
{
    /// <summary>Consumer group under which the lag is seen.</summary>
    public const string Group = "history";

    private const int ReadBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private long _next = history.NextOffset;
    private long _committed = -1;

    /// <summary>Writes the head to a block, so that the next start has nothing to replay.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await history.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            LogRetry(e, _next); // Nothing is lost: the next start replays it from the log.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogRetry(e, _next);
                await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StepAsync(CancellationToken stoppingToken)
    {
        var entries = await log.ReadAsync(Topics.Signals, 0, _next, ReadBytes, stoppingToken).ConfigureAwait(false);
        foreach (var entry in entries)
        {
            if (TryDecode(entry) is { } batch)
            {
                await history.AppendAsync(entry.Offset, batch, entry.AppendedAt, stoppingToken).ConfigureAwait(false);
            }

            _next = entry.Offset + 1;
        }

        if (history.NextOffset is var kept && kept != _committed)
        {
            await log.CommitAsync(Group, Topics.Signals, 0, kept, stoppingToken).ConfigureAwait(false);
            _committed = kept;
        }
    }

    private SignalBatch? TryDecode(LogEntry entry)
    {
        try
        {
            return SignalBatchCodec.Decode(entry.Payload);
        }
        catch (FormatException e)
        {
            LogUndecodable(e, entry.Offset);
            return null;
        }
    }

    [LoggerMessage(1120, LogLevel.Warning, "The history cannot go on at offset {Offset} now; it is tried again.")]
    private partial void LogRetry(Exception why, long offset);

    [LoggerMessage(1122, LogLevel.Error, "The record at offset {Offset} of the signals is not a batch and is skipped.")]
    private partial void LogUndecodable(Exception why, long offset);
}
