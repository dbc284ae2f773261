namespace CaaS.Orchestration.Ports;

/// <summary>The ledger: operations written before their effect, and asked for afterwards.</summary>
public interface IOperationStore
{
    /// <summary>Writes revisions durably, all or none. A revision that is there already is left alone.</summary>
    /// <param name="operations">Changed operations.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SaveAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken);

    /// <summary>Finds one operation.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its newest revision, or null.</returns>
    Task<Operation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists operations, newest first.</summary>
    /// <param name="incidentId">Only those of this incident, or null for all.</param>
    /// <param name="limit">Most answered, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Operations, newest first.</returns>
    Task<IReadOnlyList<Operation>> ListAsync(string? incidentId, int limit, CancellationToken cancellationToken);

    /// <summary>Operations whose life is not over, for a restart.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Operations that are checking, proposed, executing, verifying or being undone.</returns>
    Task<IReadOnlyList<Operation>> LiveAsync(CancellationToken cancellationToken);

    /// <summary>Whether the kill switch is engaged; it survives restarts.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when no operation may be sent.</returns>
    Task<bool> KillSwitchAsync(CancellationToken cancellationToken);

    /// <summary>Engages or releases the kill switch, durably.</summary>
    /// <param name="engaged">True to stop all operations.</param>
    /// <param name="actor">Who.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task SetKillSwitchAsync(bool engaged, string actor, DateTimeOffset at, CancellationToken cancellationToken);
}
