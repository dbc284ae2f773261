using System.Text;
using CaaS.Rca.Ports;
using CaaS.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaaS.Rca.Runtime.Storage;

/// <summary>Incidents in the shared database.</summary>
/// <remarks>Thread-safe: each call has its own context. An older revision never replaces a newer one.</remarks>
/// <param name="databases">Makes contexts.</param>
/// <param name="options">How many to keep.</param>
public sealed class IncidentStore(IDbContextFactory<RcaDbContext> databases, IOptions<RcaOptions> options) : IIncidentStore
{
    private const int MaxListed = 1000;

    /// <inheritdoc/>
    public async Task SaveAsync(IReadOnlyList<Incident> incidents, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var isAnyOver = false;
        foreach (var incident in incidents.GroupBy(incident => incident.Id).Select(group => group.MaxBy(incident => incident.Revision)!))
        {
            isAnyOver |= incident.Status is IncidentStatus.Resolved or IncidentStatus.Merged;
            var json = Encoding.UTF8.GetString(SignalsJson.Encode(incident));
            var row = await database.Incidents.FindAsync([incident.Id], cancellationToken).ConfigureAwait(false);
            if (row is null)
            {
                row = new IncidentRow
                {
                    Id = incident.Id,
                    Scope = incident.Scope.ToString(),
                    OpenedAtMs = incident.OpenedAt.ToUnixTimeMilliseconds(),
                    Json = json,
                };
                database.Add(row);
            }
            else if (row.Revision >= incident.Revision)
            {
                continue;
            }

            row.Status = (int)incident.Status;
            row.Revision = incident.Revision;
            row.ChangedAtMs = incident.ChangedAt.ToUnixTimeMilliseconds();
            row.Json = json;
        }

        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        if (isAnyOver)
        {
            await TrimAsync(database, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<Incident?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var row = await database.Incidents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false);
        return row is null ? null : Read(row);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Incident>> ListAsync(
        Scope? scope, bool openOnly, int limit, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var key = scope?.ToString();
        var rows = await database.Incidents.AsNoTracking()
            .Where(row => key == null || row.Scope == key)
            .Where(row => !openOnly || row.Status <= (int)IncidentStatus.Mitigated)
            .OrderByDescending(row => row.ChangedAtMs).ThenBy(row => row.Id)
            .Take(Math.Clamp(limit, 1, MaxListed))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(Read)];
    }

    private static Incident Read(IncidentRow row) => SignalsJson.Decode<Incident>(Encoding.UTF8.GetBytes(row.Json));

    private async Task TrimAsync(RcaDbContext database, CancellationToken cancellationToken)
    {
        var over = database.Incidents.Where(row => row.Status > (int)IncidentStatus.Mitigated);
        var horizon = await over.OrderByDescending(row => row.ChangedAtMs).Skip(options.Value.MaxStoredIncidents)
            .Select(row => (long?)row.ChangedAtMs).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (horizon is { } oldest)
        {
            await over.Where(row => row.ChangedAtMs <= oldest).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
