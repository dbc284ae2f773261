using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>One pod, the workload it belongs to and the node it runs, or ran, on, as it was when it was
/// folded.</summary>
/// <param name="owner">Owning workload, or the pod itself.</param>
/// <param name="node">Its node; null while it is not bound.</param>
/// <param name="state">Its state; changes in place.</param>
internal sealed class PodView(EntityRef owner, EntityRef? node, ObjectState state)
{
    public EntityRef Owner => owner;

    public EntityRef? Node => node;

    public ObjectState State => state;

    public string Ip { get; } = state.Fact(KubeFacts.PodIp);

    public ImmutableArray<Label> Labels { get; } = state.Labels;

    public bool IsGone { get; } = state.IsGone;

    /// <summary>True when both put the pod into the same place of the graph.</summary>
    public bool IsLike(PodView other) =>
        Owner == other.Owner && Node == other.Node && IsGone == other.IsGone && Labels == other.Labels
        && string.Equals(Ip, other.Ip, StringComparison.Ordinal);
}
