using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>What sources need to know of a pod to scrape it, to find its logs and to name who owns its
/// signals.</summary>
/// <param name="Entity">The pod itself, <c>namespace/Pod/name</c>.</param>
/// <param name="Uid">Its UID; a pod recreated under the same name has another one.</param>
/// <param name="Owner">Owning workload; the pod itself when nothing owns it.</param>
/// <param name="Ip">Pod address; empty while it has none.</param>
/// <param name="NodeName">Node it is bound to; empty while unscheduled.</param>
/// <param name="Phase">Pending, Running, Succeeded, Failed or Unknown.</param>
/// <param name="IsHostNetwork">True when it shares the node's address, which then says nothing about the pod.</param>
/// <param name="IsTerminating">True once its deletion was asked.</param>
/// <param name="Containers">Its containers in the order of the specification, init containers left out.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Annotations">Its annotations, those of kubectl's bookkeeping left out.</param>
/// <param name="ControllerKind">Kind of the direct controller, such as <c>ReplicaSet</c>; empty for none.</param>
/// <param name="ControllerName">Name of the direct controller; empty for none.</param>
public sealed record PodRecord(
    EntityRef Entity,
    string Uid,
    EntityRef Owner,
    string Ip,
    string NodeName,
    string Phase,
    bool IsHostNetwork,
    bool IsTerminating,
    ImmutableArray<ContainerRecord> Containers,
    ImmutableDictionary<string, string> Labels,
    ImmutableDictionary<string, string> Annotations,
    string ControllerKind,
    string ControllerName)
{
    /// <summary>Namespace of the pod.</summary>
    public string Namespace => Entity.Namespace;

    /// <summary>Name of the pod.</summary>
    public string Name => Entity.Name;
}
