using System.Text.Json;
using CaaS.Client.Wire;
using Microsoft.EntityFrameworkCore;

namespace CaaS.Api.Store;

/// <summary>Who asked for what: written before it is sent on, completed when the answer is there.</summary>
/// <param name="database">Tables.</param>
internal sealed class AuditTrail(ApiDatabase database)
{
    public async Task AddAsync(AuditEntry entry, string subject, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            context.Audit.Add(new AuditRow
            {
                TimeMs = entry.Time.ToUnixTimeMilliseconds(),
                Actor = entry.Actor,
                Verb = entry.Verb,
                Target = entry.Target,
                ArgumentsJson = JsonSerializer.Serialize(entry.Arguments),
                CommandId = entry.CommandId,
                State = (int)entry.State,
                Why = entry.Why,
                Subject = subject,
            });
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Fills in what became of a command, the first time it is answered.</summary>
    public async Task AnswerAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            await context.Audit
                .Where(row => row.CommandId == outcome.CommandId && row.State == (int)OutcomeState.Pending)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(r => r.State, (int)outcome.State)
                        .SetProperty(r => r.Why, outcome.Why)
                        .SetProperty(r => r.Subject, outcome.Subject),
                    cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<Outcome?> FindAsync(string commandId, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var row = commandId.Length == 0 ? null : await context.Audit.AsNoTracking()
                .FirstOrDefaultAsync(r => r.CommandId == commandId, cancellationToken).ConfigureAwait(false);
            return row is null ? null : new Outcome(row.CommandId, (OutcomeState)row.State, row.Why, row.Subject);
        }
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(
        string? target, int limit, CancellationToken cancellationToken)
    {
        var context = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            var rows = await context.Audit.AsNoTracking()
                .Where(row => target == null || row.Target == target || row.Subject == target)
                .OrderByDescending(row => row.Id).Take(limit)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return
            [
                .. rows.Select(row => new AuditEntry(
                    DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMs), row.Actor, row.Verb, row.Target,
                    JsonSerializer.Deserialize<Dictionary<string, string>>(row.ArgumentsJson) ?? [],
                    row.CommandId, (OutcomeState)row.State, row.Why)),
            ];
        }
    }
}
