using System.Collections.Concurrent;
using CaaS.Rca.Ports;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Runtime;

/// <summary>The newest snapshot of each scope's graph; written by the actor at most once a second, read by
/// anybody.</summary>
public sealed class LiveTopology : ITopology
{
    private readonly ConcurrentDictionary<Scope, GraphSnapshot> _snapshots = new();

    /// <inheritdoc/>
    public GraphSnapshot Now(Scope scope) =>
        _snapshots.TryGetValue(scope, out var snapshot) ? snapshot : new GraphSnapshot(DateTimeOffset.UnixEpoch, [], []);

    /// <summary>Replaces the snapshot of a scope.</summary>
    /// <param name="scope">Scope.</param>
    /// <param name="snapshot">Its graph.</param>
    internal void Show(Scope scope, GraphSnapshot snapshot) => _snapshots[scope] = snapshot;
}
