using System.Collections.Concurrent;
using CaaS.Api.Store;
using CaaS.Client.Wire;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaaS.Api.Commands;

/// <summary>Reads outcomes for everybody: completes the audit, then wakes the request that waits.</summary>
internal sealed class OutcomeReader(
    ILog log, AuditTrail audit, TimeProvider time, ILogger<OutcomeReader> logger) : BackgroundService
{
    /// <summary>Consumer group of the API on the topic <c>outcomes</c>.</summary>
    public const string Group = "api";

    private const int ReadBytesMax = 256 * 1024;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Outcome>> _waiting =
        new(StringComparer.Ordinal);

    /// <summary>Waits for a command's outcome; call before the command is sent.</summary>
    public Task<Outcome> Expect(string commandId) => _waiting.GetOrAdd(
        commandId, _ => new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Waits no longer.</summary>
    public void Forget(string commandId) => _waiting.TryRemove(commandId, out _);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.Interrupted(e, Topics.Outcomes.Name);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        // Outcomes given while the API was down complete the audit of what was asked before.
        var next = await log.CommittedAsync(Group, Topics.Outcomes, 0, cancellationToken).ConfigureAwait(false) ?? 0;
        while (true)
        {
            var entries = await log.ReadAsync(Topics.Outcomes, 0, next, ReadBytesMax, cancellationToken)
                .ConfigureAwait(false);
            foreach (var entry in entries)
            {
                await TakeAsync(entry, cancellationToken).ConfigureAwait(false);
            }

            next = entries[^1].Offset + 1;
            await log.CommitAsync(Group, Topics.Outcomes, 0, next, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(LogEntry entry, CancellationToken cancellationToken)
    {
        CommandOutcome said;
        try
        {
            said = SignalsJson.Decode<CommandOutcome>(entry.Payload.Span);
        }
        catch (FormatException e)
        {
            logger.Malformed(Topics.Outcomes.Name, entry.Offset, e.Message);
            return;
        }

        var state = said.Ok ? OutcomeState.Done : OutcomeState.Refused;
        var outcome = new Outcome(said.CommandId, state, said.Why, said.Subject);
        await audit.AnswerAsync(outcome, cancellationToken).ConfigureAwait(false);
        if (_waiting.TryRemove(said.CommandId, out var waiter))
        {
            waiter.TrySetResult(outcome);
        }
    }
}
