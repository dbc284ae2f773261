using CaaS.Rca.Findings;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>Where users come in.</summary>
/// <remarks>
/// A service is an entrance when it is open to the outside (an ingress routes to it, or it is of type
/// <c>LoadBalancer</c> or <c>NodePort</c>), or when it serves requests and nobody calls it but clients that serve
/// nobody, such as a load generator. The second holds where the first is not stated: behind gateways that are no
/// ingress, and without Kubernetes.
/// </remarks>
internal sealed class Entrances(CaseFile file)
{
    /// <summary>An entrance whose pods' requests were counted so lately is measured.</summary>
    private static readonly TimeSpan MeasuredWithin = TimeSpan.FromMinutes(2);

    private HashSet<EntityRef>? _routed;

    /// <summary>The services a workload is known by: the open ones, otherwise all, otherwise the workload
    /// itself.</summary>
    public IReadOnlyList<EntityRef> NamesOf(EntityRef workload)
    {
        var services = GraphView.Of(file.View.ServicesOf, workload).ToArray();
        var open = services.Where(IsOpen).ToArray();
        return open.Length > 0 ? open : services.Length > 0 ? services : [workload];
    }

    public bool IsEntrance(EntityRef workload) =>
        GraphView.Of(file.View.ServicesOf, workload).Any(IsOpen)
        || (Serves(workload) && !GraphView.Of(file.View.Callers, workload).Any(Serves));

    /// <summary>Somebody sends it requests, or is meant to.</summary>
    public bool Serves(EntityRef workload) =>
        workload.Kind == EntityKinds.Service
        || GraphView.Of(file.View.ServicesOf, workload).Any()
        || GraphView.Of(file.View.Callers, workload).Any()
        || file.ByAnchor[workload].Any(symptom => symptom.IsOfRequests && !symptom.IsOfCalls(file.View));

    /// <summary>True when harm to its users would be seen.</summary>
    public bool IsMeasured(EntityRef workload) =>
        file.View.PodsOf(workload).Any(pod =>
            file.Serving.Find(pod.State.Entity) is { } track && file.Now - track.LastAt < MeasuredWithin);

    /// <summary>The given and everything that depends on them through calls, nearest first, up to the limit of
    /// candidates.</summary>
    public IReadOnlyList<EntityRef> Above(IEnumerable<EntityRef> below)
    {
        var order = below.Distinct().Take(file.Options.MaxCandidates).ToList();
        var seen = order.ToHashSet();
        for (var next = 0; next < order.Count; next++)
        {
            foreach (var caller in GraphView.Of(file.View.Callers, order[next]))
            {
                if (order.Count < file.Options.MaxCandidates && seen.Add(caller))
                {
                    order.Add(caller);
                }
            }
        }

        return order;
    }

    /// <summary>Services that ingresses route to.</summary>
    private HashSet<EntityRef> Routed => _routed ??=
    [
        .. file.Graph.OfKind(EntityKinds.Ingress).Where(ingress => !ingress.IsGone)
            .SelectMany(ingress => file.Graph.Stated(ingress, RelationKind.Calls)),
    ];

    private bool IsOpen(EntityRef service) =>
        Routed.Contains(service)
        || file.Graph.Find(service)?.Fact(KubeFacts.ServiceType) is "LoadBalancer" or "NodePort";
}
