using CaaS.Signals;

namespace CaaS.Rca.Ports;

/// <summary>Incidents that survive a restart and can be asked for.</summary>
public interface IIncidentStore
{
    /// <summary>Keeps the newest revision of each incident.</summary>
    /// <param name="incidents">Changed incidents.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SaveAsync(IReadOnlyList<Incident> incidents, CancellationToken cancellationToken);

    /// <summary>Finds one incident.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The newest revision, or null.</returns>
    Task<Incident?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists incidents, last changed first.</summary>
    /// <param name="scope">Scope, or null for all.</param>
    /// <param name="openOnly">Only open and mitigated ones.</param>
    /// <param name="limit">Most answered, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Incidents, last changed first.</returns>
    Task<IReadOnlyList<Incident>> ListAsync(
        Scope? scope, bool openOnly, int limit, CancellationToken cancellationToken);
}
