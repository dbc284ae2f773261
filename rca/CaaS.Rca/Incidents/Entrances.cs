using CaaS.Rca.Findings;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>Where users come in.</summary>
/// <remarks>
/// A service is an entrance when it is open to the outside (an ingress routes to it, or it is of type
/// <c>LoadBalancer</c> or <c>NodePort</c>), or when it serves requests and nobody calls it but clients that serve
/// nobody, such as a load generator: one that nobody calls and that asks far more than it answers is a client, even
/// behind a service of its own. The second holds where the first is not stated: behind gateways that are no ingress,
/// and without Kubernetes.
/// </remarks>
internal sealed class Entrances(CaseFile file)
{
    /// <summary>Requests made for each one served beyond which who has no callers is a client; probes and scrapes are
    /// served too.</summary>
    private const double ClientRatio = 10;

    /// <summary>An entrance that served requests so lately is measured.</summary>
    private static readonly TimeSpan MeasuredWithin = TimeSpan.FromMinutes(2);

    /// <summary>How far back a client is told from a service.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    private readonly Dictionary<EntityRef, bool> _serves = [];

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
    public bool Serves(EntityRef workload)
    {
        if (!_serves.TryGetValue(workload, out var serves))
        {
            serves = GraphView.Of(file.View.Callers, workload).Any()
                || (IsMeantToServe(workload) && !IsClient(workload));
            _serves.Add(workload, serves);
        }

        return serves;
    }

    /// <summary>True when harm to its users would be seen.</summary>
    public bool IsMeasured(EntityRef workload) => Rate(workload, MeasuredWithin).Served > 0;

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

    private bool IsMeantToServe(EntityRef workload) =>
        workload.Kind == EntityKinds.Service
        || GraphView.Of(file.View.ServicesOf, workload).Any()
        || file.ByAnchor[workload].Any(symptom => symptom.IsOfRequests && !symptom.IsOfCalls(file.View));

    private bool IsClient(EntityRef workload) =>
        Rate(workload, Remembered) is var rate && rate.Made > ClientRatio * rate.Served;

    /// <summary>Requests a second that its pods served and made.</summary>
    private (double Served, double Made) Rate(EntityRef workload, TimeSpan span)
    {
        var (served, made) = (0.0, 0.0);
        foreach (var pod in file.View.PodsOf(workload))
        {
            var rate = file.Serving.Find(pod.State.Entity)?.Rate(file.Now - span, file.Now) ?? default;
            served += rate.Served;
            made += rate.Made;
        }

        return (served, made);
    }

    private bool IsOpen(EntityRef service) =>
        Routed.Contains(service)
        || file.Graph.Find(service)?.Fact(KubeFacts.ServiceType) is "LoadBalancer" or "NodePort";
}
