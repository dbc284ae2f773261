using System.Text;
using CaaS.Rca.Ports;
using CaaS.Rca.Priors;
using CaaS.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaaS.Rca.Runtime.Storage;

/// <summary>What people said of causes, in the shared database.</summary>
/// <remarks>Thread-safe: each call has its own context. An older word never replaces a newer one.</remarks>
/// <param name="databases">Makes contexts.</param>
/// <param name="options">How many to keep.</param>
public sealed class CauseFeedbackStore(IDbContextFactory<RcaDbContext> databases, IOptions<RcaOptions> options)
    : ICauseFeedbackStore
{
    /// <inheritdoc/>
    public async Task SaveAsync(IReadOnlyList<CauseFeedback> said, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(said);
        if (said.Count == 0)
        {
            return;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        foreach (var word in said)
        {
            var atMs = word.At.ToUnixTimeMilliseconds();
            var json = Encoding.UTF8.GetString(SignalsJson.Encode(word));
            var row = await database.Feedback.FindAsync([word.IncidentId], cancellationToken).ConfigureAwait(false);
            if (row is null)
            {
                database.Add(new CauseFeedbackRow
                {
                    IncidentId = word.IncidentId,
                    Scope = word.Scope.ToString(),
                    AtMs = atMs,
                    Json = json,
                });
            }
            else if (row.AtMs <= atMs)
            {
                row.AtMs = atMs;
                row.Json = json;
            }
        }

        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var scope in said.Select(word => word.Scope.ToString()).Distinct(StringComparer.Ordinal))
        {
            await Newest(database, scope).Skip(options.Value.Feedback.MaxIncidents)
                .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CauseFeedback>> ListAsync(Scope? scope, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rows = await Newest(database, scope?.ToString()).AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => SignalsJson.Decode<CauseFeedback>(Encoding.UTF8.GetBytes(row.Json))).Reverse()];
    }

    private static IQueryable<CauseFeedbackRow> Newest(RcaDbContext database, string? scope) => database.Feedback
        .Where(row => scope == null || row.Scope == scope)
        .OrderByDescending(row => row.AtMs).ThenByDescending(row => row.IncidentId);
}
