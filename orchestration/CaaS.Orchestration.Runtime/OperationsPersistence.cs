using System.Collections.Immutable;
using CaaS.Log;
using CaaS.Orchestration.Runtime.Store;
using CaaS.Rca;
using CaaS.Signals;
using Microsoft.Extensions.Options;

namespace CaaS.Orchestration.Runtime;

/// <summary>Makes steps durable and published, and finds what a start needs.</summary>
internal sealed class OperationsPersistence(
    ILog log, OperationStore store, PolicyStore policies, IOptions<OrchestrationShellOptions> options, TimeProvider time)
{
    private const string Group = "orchestration";

    /// <summary>Bytes read from a topic in one go.</summary>
    private const int ReadBytes = 1024 * 1024;

    /// <summary>Finished operations recalled for cooldowns and budgets: the most the ledger answers at once.</summary>
    private const int RecalledCount = 1000;

    public async Task<Start> StartAsync(CancellationToken cancellationToken)
    {
        await store.MigrateAsync(cancellationToken).ConfigureAwait(false);
        await PublishMissedAsync(cancellationToken).ConfigureAwait(false);
        var live = await store.LiveAsync(cancellationToken).ConfigureAwait(false);
        var recent = await store.ListAsync(null, RecalledCount, cancellationToken).ConfigureAwait(false);
        var killSwitch = await store.DurableKillSwitchAsync(cancellationToken).ConfigureAwait(false);
        var inForce = policies.SetModes(await store.ModesAsync(cancellationToken).ConfigureAwait(false));
        var incidentsFrom = await FromAsync(Topics.Incidents, cancellationToken).ConfigureAwait(false);
        var commandsFrom = await FromAsync(Topics.Commands, cancellationToken).ConfigureAwait(false);
        var incidents = await IncidentsBeforeAsync(incidentsFrom, cancellationToken).ConfigureAwait(false);
        return new Start(
            new OperationsInput.Restored([.. live.UnionBy(recent, o => o.Id)], incidents, killSwitch),
            inForce, incidentsFrom, commandsFrom);
    }

    public async Task<Batch> ReadAsync(Topic topic, long from, CancellationToken cancellationToken) =>
        new(topic, await log.ReadAsync(topic, 0, from, ReadBytes, cancellationToken).ConfigureAwait(false));

    /// <summary>Ledger first, then the topics, then the offset: a crash in between repeats, and readers drop what
    /// they know.</summary>
    public async Task SaveAsync(
        OperationsStep? step, DateTimeOffset now, Commit? commit, CancellationToken cancellationToken)
    {
        if (step is not null)
        {
            await SaveAsync(step, now, cancellationToken).ConfigureAwait(false);
        }

        if (commit is not null)
        {
            await log.CommitAsync(Group, commit.Topic, 0, commit.Next, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SaveAsync(OperationsStep step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var settings = step.Effects
            .Where(e => e is OperationEffect.SetKillSwitch or OperationEffect.SetPolicyMode).ToArray();
        if (step.Changed.Length > 0 || settings.Length > 0)
        {
            await store.SaveAsync(step.Changed, settings, now, cancellationToken).ConfigureAwait(false);
        }

        foreach (var mode in settings.OfType<OperationEffect.SetPolicyMode>())
        {
            policies.SetMode(mode.Policy, mode.Mode);
        }

        await PublishAsync(step.Changed, cancellationToken).ConfigureAwait(false);
        foreach (var outcome in step.Outcomes)
        {
            await AppendAsync(Topics.Outcomes, SignalsJson.Encode(outcome), cancellationToken).ConfigureAwait(false);
        }

        foreach (var scope in step.Changes.GroupBy(change => change.Entity.Scope))
        {
            var batch = new SignalBatch { Scope = scope.Key, Source = "orchestration", Changes = [.. scope] };
            await AppendAsync(Topics.Signals, SignalBatchCodec.Encode(batch), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PublishMissedAsync(CancellationToken cancellationToken)
    {
        while (await store.UnpublishedAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } missed)
        {
            await PublishAsync(missed, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PublishAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        foreach (var operation in operations)
        {
            var record = SignalsJson.Encode(new OperationRecord(operation));
            await AppendAsync(Topics.Operations, record, cancellationToken).ConfigureAwait(false);
        }

        if (operations.Count > 0)
        {
            await store.MarkPublishedAsync(operations, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AppendAsync(Topic topic, byte[] payload, CancellationToken cancellationToken) =>
        await log.AppendAsync(topic, 0, payload, cancellationToken).ConfigureAwait(false);

    /// <summary>Where to go on; a first start begins with what the log still keeps of the warm-up.</summary>
    private async Task<long> FromAsync(Topic topic, CancellationToken cancellationToken) =>
        await log.CommittedAsync(Group, topic, 0, cancellationToken).ConfigureAwait(false)
        ?? await WarmFromAsync(topic, cancellationToken).ConfigureAwait(false);

    private ValueTask<long> WarmFromAsync(Topic topic, CancellationToken cancellationToken) =>
        log.OffsetAtAsync(topic, 0, time.GetUtcNow() - options.Value.WarmUp, cancellationToken);

    private async Task<ImmutableArray<Incident>> IncidentsBeforeAsync(long end, CancellationToken cancellationToken)
    {
        var newest = new SortedDictionary<string, Incident>(StringComparer.Ordinal);
        var next = await WarmFromAsync(Topics.Incidents, cancellationToken).ConfigureAwait(false);
        while (next < end)
        {
            var batch = await ReadAsync(Topics.Incidents, next, cancellationToken).ConfigureAwait(false);
            foreach (var entry in batch.Entries.Where(entry => entry.Offset < end))
            {
                if (TryDecode(entry.Payload.Span) is { } incident)
                {
                    newest[incident.Id] = incident;
                }
            }

            next = batch.Entries[^1].Offset + 1;
        }

        return [.. newest.Values];
    }

    private static Incident? TryDecode(ReadOnlySpan<byte> payload)
    {
        try
        {
            return SignalsJson.Decode<IncidentRecord>(payload).Incident;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What a start needs.</summary>
    internal sealed record Start(
        OperationsInput.Restored Restored, ImmutableArray<Policy> Policies, long IncidentsFrom, long CommandsFrom);

    /// <summary>Records of a topic.</summary>
    internal sealed record Batch(Topic Topic, IReadOnlyList<LogEntry> Entries);
}
