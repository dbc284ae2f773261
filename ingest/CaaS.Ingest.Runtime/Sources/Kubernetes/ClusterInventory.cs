using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>The latest <see cref="OwnerIndex"/> of the watched cluster, for every source that must name who owns a
/// signal.</summary>
/// <remarks>Thread-safe: one writer (the cluster's actor) swaps the whole index, readers take <see cref="Current"/>
/// once per batch and use that. Without a cluster it stays empty and never becomes synced.</remarks>
public sealed class ClusterInventory
{
    private volatile OwnerIndex _current;
    private volatile bool _isSynced;

    /// <summary>Makes an empty inventory.</summary>
    /// <param name="scope">Scope of the cluster.</param>
    public ClusterInventory(Scope scope) => _current = new OwnerIndex(scope);

    /// <summary>The index as it is now.</summary>
    public OwnerIndex Current => _current;

    /// <summary>True once the initial lists up to and with the pods were taken in; before, an unknown pod may
    /// merely be not yet listed.</summary>
    public bool IsSynced => _isSynced;

    internal void Publish(OwnerIndex index) => _current = index;

    internal void MarkSynced(bool isSynced) => _isSynced = isSynced;
}
