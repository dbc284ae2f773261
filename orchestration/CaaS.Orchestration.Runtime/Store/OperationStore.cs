using System.Globalization;
using CaaS.Orchestration.Ports;
using CaaS.Signals;
using Microsoft.EntityFrameworkCore;

namespace CaaS.Orchestration.Runtime.Store;

/// <summary>The ledger in the shared database.</summary>
/// <param name="contexts">Makes contexts.</param>
/// <param name="killSwitchFile">The switch somebody may throw by making a file.</param>
internal sealed class OperationStore(
    IDbContextFactory<OrchestrationContext> contexts, KillSwitchFile killSwitchFile) : IOperationStore
{
    private const string KillSwitchName = "kill-switch";
    private const string ModePrefix = "policy-mode:";

    /// <summary>Revisions published in one go after a crash.</summary>
    private const int UnpublishedCountMax = 1000;

    /// <summary>Brings the tables up to date.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task SaveAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken) =>
        SaveAsync(operations, [], DateTimeOffset.UnixEpoch, cancellationToken);

    /// <summary>Writes revisions and settings of one step, all or none.</summary>
    /// <param name="operations">Changed operations.</param>
    /// <param name="effects">Effects of the step; only those that set something are written.</param>
    /// <param name="at">When they were set, UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SaveAsync(
        IReadOnlyList<Operation> operations, IEnumerable<OperationEffect> effects, DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        foreach (var operation in operations)
        {
            await PutAsync(context, operation, cancellationToken).ConfigureAwait(false);
        }

        foreach (var effect in effects)
        {
            Set(context, effect, at);
        }

        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<Operation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var row = await context.Operations.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false);
        return row is null ? null : Read(row.Json);
    }

    public async Task<IReadOnlyList<Operation>> ListAsync(
        string? incidentId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.Operations.AsNoTracking()
            .Where(row => incidentId == null || row.IncidentId == incidentId)
            .OrderByDescending(row => row.ProposedAtMs).ThenBy(row => row.Id)
            .Take(limit).Select(row => row.Json).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(Read)];
    }

    public async Task<IReadOnlyList<Operation>> LiveAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.Operations.AsNoTracking()
            .Where(row => row.IsLive).OrderBy(row => row.Id)
            .Select(row => row.Json).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(Read)];
    }

    public async Task<bool> KillSwitchAsync(CancellationToken cancellationToken) =>
        killSwitchFile.IsThere() || await DurableKillSwitchAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The switch thrown by a command, whatever the file says.</summary>
    public async Task<bool> DurableKillSwitchAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var value = await context.Settings.AsNoTracking()
            .Where(row => row.Name == KillSwitchName).OrderByDescending(row => row.Number)
            .Select(row => row.Value).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return value == "true";
    }

    public Task SetKillSwitchAsync(
        bool engaged, string actor, DateTimeOffset at, CancellationToken cancellationToken) =>
        SaveAsync([], [new OperationEffect.SetKillSwitch(engaged, actor)], at, cancellationToken);

    /// <summary>Modes that people set, by policy name.</summary>
    public async Task<IReadOnlyDictionary<string, PolicyMode>> ModesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.Settings.AsNoTracking()
            .Where(row => row.Name.StartsWith(ModePrefix)).OrderBy(row => row.Number)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var modes = new Dictionary<string, PolicyMode>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (PolicyWords.TryMode(row.Value, out var mode))
            {
                modes[row.Name[ModePrefix.Length..]] = mode;
            }
        }

        return modes;
    }

    /// <summary>Revisions whose record may not be on the topic yet, oldest first.</summary>
    public async Task<IReadOnlyList<Operation>> UnpublishedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await context.Revisions.AsNoTracking().Where(row => !row.IsPublished)
            .OrderBy(row => row.ChangedAtMs).ThenBy(row => row.Id).ThenBy(row => row.Revision)
            .Take(UnpublishedCountMax).Select(row => row.Json)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(Read)];
    }

    /// <summary>Notes that the records of these revisions are on the topic.</summary>
    public async Task MarkPublishedAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        foreach (var operation in operations)
        {
            var (id, revision) = (operation.Id, operation.Revision);
            await context.Revisions.Where(row => row.Id == id && row.Revision == revision)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsPublished, true), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task PutAsync(
        OrchestrationContext context, Operation operation, CancellationToken cancellationToken)
    {
        var json = Write(operation);
        if (await context.Revisions.FindAsync([operation.Id, operation.Revision], cancellationToken)
            .ConfigureAwait(false) is null)
        {
            context.Revisions.Add(new RevisionRow
            {
                Id = operation.Id,
                Revision = operation.Revision,
                ChangedAtMs = operation.History[^1].Time.ToUnixTimeMilliseconds(),
                IsPublished = false,
                Json = json,
            });
        }

        var newest = await context.Operations.FindAsync([operation.Id], cancellationToken).ConfigureAwait(false);
        if (newest is null)
        {
            context.Operations.Add(new OperationRow
            {
                Id = operation.Id,
                Revision = operation.Revision,
                IncidentId = operation.IncidentId,
                IsLive = operation.IsLive,
                ProposedAtMs = operation.ProposedAt.ToUnixTimeMilliseconds(),
                Json = json,
            });
        }
        else if (newest.Revision < operation.Revision)
        {
            (newest.Revision, newest.IsLive, newest.Json) = (operation.Revision, operation.IsLive, json);
        }
    }

    private static void Set(OrchestrationContext context, OperationEffect effect, DateTimeOffset at)
    {
        var (name, value, actor) = effect switch
        {
            OperationEffect.SetKillSwitch kill => (KillSwitchName, kill.Engaged ? "true" : "false", kill.Actor),
            OperationEffect.SetPolicyMode mode =>
                (ModePrefix + mode.Policy, mode.Mode.ToString().ToLower(CultureInfo.InvariantCulture), mode.Actor),
            _ => ("", "", ""),
        };
        if (name.Length > 0)
        {
            context.Settings.Add(new SettingRow
            {
                Name = name,
                Value = value,
                Actor = actor,
                AtMs = at.ToUnixTimeMilliseconds(),
            });
        }
    }

    private static string Write(Operation operation) =>
        System.Text.Json.JsonSerializer.Serialize(operation, OrchestrationJson.Options);

    private static Operation Read(string json) =>
        SignalsJson.Decode<Operation>(System.Text.Encoding.UTF8.GetBytes(json));
}
