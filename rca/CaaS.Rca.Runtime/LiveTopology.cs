using System.Collections.Concurrent;
using CaaS.Rca.Ports;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Runtime;

/// <summary>The newest snapshot of each scope's graph; written by the actor, read by anybody.</summary>
public sealed class LiveTopology : ITopology
{
    private readonly ConcurrentDictionary<Scope, GraphSnapshot> _snapshots = new();
    private int _isAsked;

    /// <inheritdoc/>
    public GraphSnapshot Now(Scope scope)
    {
        Volatile.Write(ref _isAsked, 1);
        return _snapshots.TryGetValue(scope, out var snapshot)
            ? snapshot
            : new GraphSnapshot(DateTimeOffset.UnixEpoch, [], []);
    }

    /// <summary>True when somebody asked since the last <see cref="Show"/>.</summary>
    internal bool IsAsked => Volatile.Read(ref _isAsked) != 0;

    /// <summary>Replaces the snapshot of a scope.</summary>
    /// <param name="scope">Scope.</param>
    /// <param name="snapshot">Its graph.</param>
    internal void Show(Scope scope, GraphSnapshot snapshot)
    {
        Volatile.Write(ref _isAsked, 0);
        _snapshots[scope] = snapshot;
    }
}
