using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>What a step of <see cref="ClusterState"/>, or of <see cref="Ceph.CephState"/>, has to say.</summary>
/// <param name="Objects">Object states to send on.</param>
/// <param name="Changes">Changes found.</param>
/// <param name="Events">Events that are news.</param>
public sealed record ClusterStep(
    ImmutableArray<KubeObject> Objects, ImmutableArray<ChangeEvent> Changes, ImmutableArray<KubeEvent> Events)
{
    /// <summary>Number of rows of all kinds.</summary>
    public int RowCount => Objects.Length + Changes.Length + Events.Length;
}
