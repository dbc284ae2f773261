using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>One pod, the workload it belongs to and the node it runs, or ran, on.</summary>
/// <param name="Owner">Owning workload, or the pod itself.</param>
/// <param name="Node">Its node; null while it is not bound.</param>
/// <param name="State">Its state; changes in place.</param>
internal sealed record PodView(EntityRef Owner, EntityRef? Node, ObjectState State);
