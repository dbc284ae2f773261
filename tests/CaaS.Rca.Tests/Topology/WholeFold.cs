using System.Net;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Tests.Topology;

/// <summary>Folds everything into a new view each time: what <see cref="GraphFold"/> has to come to with less
/// work.</summary>
internal sealed class WholeFold(LiveGraph graph, CallBook calls)
{
    private static readonly string[] WorkloadKinds =
        [EntityKinds.DaemonSet, EntityKinds.Deployment, EntityKinds.Job, EntityKinds.StatefulSet];

    private readonly SortedDictionary<EntityRef, SortedSet<EntityRef>> _lastSelected = new(EntityOrder.Instance);

    public GraphView Build(Scope scope)
    {
        var view = new GraphView();
        var byIp = new Dictionary<string, PodView>(StringComparer.Ordinal);
        AddPods(view, byIp);
        foreach (var workload in WorkloadKinds.SelectMany(graph.OfKind).Where(state => !state.IsGone))
        {
            view.Workloads.Add(workload.Entity);
        }

        AddServices(view);
        AddMounts(view);
        foreach (var call in calls.All.OrderBy(call => call.Caller, EntityOrder.Instance).ThenBy(call => call.Address, StringComparer.Ordinal))
        {
            AddCall(view, byIp, scope, new CallKey(call.Caller, call.Address));
        }

        AddStorage(view);
        return view;
    }

    private static Dictionary<string, string> Pairs(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First()[1], StringComparer.Ordinal);

    private static bool IsSelected(Dictionary<string, string> selector, ObjectState pod)
    {
        var found = 0;
        foreach (var label in pod.Labels)
        {
            found += selector.TryGetValue(label.Name, out var wanted) && wanted == label.Value ? 1 : 0;
        }

        return found == selector.Count;
    }

    private static void Mount(GraphView view, EntityRef workload, EntityRef mounted)
    {
        Adjacency.Link(view.Mounts, workload, mounted);
        Adjacency.Link(view.MountedBy, mounted, workload);
    }

    private IEnumerable<Relation> Edges(RelationKind kind) =>
        graph.Edges.Select(item => item.Edge).Where(edge => edge.Kind == kind);

    private void AddPods(GraphView view, Dictionary<string, PodView> byIp)
    {
        foreach (var state in graph.OfKind(EntityKinds.Pod))
        {
            var owner = graph.OwnerOf(state.Entity);
            var nodeName = state.Fact(KubeFacts.NodeName);
            var node = nodeName.Length > 0
                ? new EntityRef(state.Entity.Scope, EntityRef.NoNamespace, EntityKinds.Node, nodeName)
                : graph.NodeOf(state.Entity);

            if (!view.Pods.TryGetValue(owner, out var pods))
            {
                pods = [];
                view.Pods.Add(owner, pods);
            }

            var pod = new PodView(owner, node, state);
            pods.Add(pod);
            view.Workloads.Add(owner);
            if (node is { } host)
            {
                Adjacency.Link(view.NodesOf, owner, host);
                Adjacency.Link(view.WorkloadsOn, host, owner);
            }

            var ip = state.Fact(KubeFacts.PodIp);
            if (ip.Length > 0 && (!byIp.TryGetValue(ip, out var other)
                || (pod.IsGone, -state.FirstSeen.Ticks).CompareTo((other.IsGone, -other.State.FirstSeen.Ticks)) < 0))
            {
                byIp[ip] = pod;
            }
        }
    }

    private void AddServices(GraphView view)
    {
        var podsIn = view.Pods.Values.SelectMany(pods => pods).ToLookup(pod => pod.State.Entity.Namespace);
        foreach (var service in graph.OfKind(EntityKinds.Service).Where(state => !state.IsGone))
        {
            var selected = new SortedSet<EntityRef>(EntityOrder.Instance);
            var selector = Pairs(service.Fact(KubeFacts.Selector));
            if (selector.Count > 0)
            {
                selected.UnionWith(podsIn[service.Entity.Namespace]
                    .Where(pod => !pod.State.IsGone && IsSelected(selector, pod.State)).Select(pod => pod.Owner));
            }

            var endpoints = graph.Find(service.Entity with { Kind = EntityKinds.Endpoints });
            var ready = (endpoints?.Fact(KubeFacts.ReadyAddresses) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
            selected.UnionWith(podsIn[service.Entity.Namespace]
                .Where(pod => !pod.State.IsGone && ready.Contains(pod.State.Fact(KubeFacts.PodIp))).Select(pod => pod.Owner));
            if (selected.Count > 0)
            {
                _lastSelected[service.Entity] = selected;
            }
            else if (!_lastSelected.TryGetValue(service.Entity, out selected))
            {
                continue;
            }

            view.Selected[service.Entity] = selected;
            foreach (var workload in selected)
            {
                Adjacency.Link(view.ServicesOf, workload, service.Entity);
            }
        }

        foreach (var gone in _lastSelected.Keys.Where(service => !view.Selected.ContainsKey(service)).ToArray())
        {
            _lastSelected.Remove(gone);
        }
    }

    private void AddMounts(GraphView view)
    {
        foreach (var edge in Edges(RelationKind.Mounts))
        {
            Mount(view, graph.OwnerOf(edge.From), edge.To);
        }

        foreach (var workload in WorkloadKinds.SelectMany(graph.OfKind))
        {
            foreach (var reference in workload.Fact(KubeFacts.ConfigRefs).Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (EntityRef.TryParse(workload.Entity.Scope, $"{workload.Entity.Namespace}/{reference}", out var config))
                {
                    Mount(view, workload.Entity, config);
                }
            }
        }
    }

    /// <summary>Who keeps data on something depends on it as who calls something does: claim → volume → pool → cluster
    /// → disk → node.</summary>
    private void AddStorage(GraphView view)
    {
        foreach (var edge in Edges(RelationKind.StoredOn))
        {
            Adjacency.Link(view.StoredOn, edge.From, edge.To);
        }

        foreach (var (workload, mounted) in view.Mounts)
        {
            foreach (var claim in mounted.Where(view.StoredOn.ContainsKey))
            {
                Adjacency.Link(view.StoredOn, workload, claim);
            }
        }

        var runs = Edges(RelationKind.RunsOn)
            .Where(edge => edge.From.Kind is EntityKinds.CephOsd or EntityKinds.CephHost)
            .ToLookup(edge => edge.From, edge => edge.To);
        foreach (var disk in runs.Where(group => group.Key.Kind == EntityKinds.CephOsd))
        {
            foreach (var node in disk.SelectMany(host => runs[host]))
            {
                Adjacency.Link(view.NodesOf, disk.Key, node);
            }
        }
    }

    private void AddCall(GraphView view, Dictionary<string, PodView> byIp, Scope scope, CallKey call)
    {
        var caller = graph.OwnerOf(call.Caller);
        foreach (var callee in Resolve(view, byIp, scope, caller, call.Address))
        {
            view.Resolved.TryAdd((caller, call.Address), callee);
            if (callee != caller)
            {
                Adjacency.Link(view.Callees, caller, callee);
                Adjacency.Link(view.Callers, callee, caller);
            }
        }
    }

    private IEnumerable<EntityRef> Resolve(
        GraphView view, Dictionary<string, PodView> byIp, Scope scope, EntityRef caller, string address)
    {
        if (EntityRef.TryParse(scope, address, out var known))
        {
            return [graph.OwnerOf(known)];
        }

        var host = address.Contains("://", StringComparison.Ordinal) ? address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..] : address;
        var colon = host.LastIndexOf(':');
        host = colon > 0 && host.IndexOf(':', StringComparison.Ordinal) == colon ? host[..colon] : host;
        if (IPAddress.TryParse(host, out _))
        {
            var service = graph.OfKind(EntityKinds.Service).FirstOrDefault(state => !state.IsGone && state.Fact(KubeFacts.ClusterIp) == host);
            return service is not null && view.Selected.TryGetValue(service.Entity, out var behind) ? behind
                : byIp.TryGetValue(host, out var pod) ? [pod.Owner]
                : [Outside(scope, host)];
        }

        var parts = host.Split('.');
        foreach (var space in parts.Length > 1 ? new[] { parts[1], caller.Namespace } : [caller.Namespace])
        {
            if (view.Selected.TryGetValue(new EntityRef(scope, space, EntityKinds.Service, parts[0]), out var behind))
            {
                return behind;
            }
        }

        var named = WorkloadKinds.Select(kind => new EntityRef(scope, parts.Length > 1 ? parts[1] : caller.Namespace, kind, parts[0]))
            .Where(view.Workloads.Contains).Take(1).ToArray();
        return named.Length > 0 ? named : [Outside(scope, host)];
    }

    private static EntityRef Outside(Scope scope, string host) =>
        new(scope, EntityRef.NoNamespace, EntityKinds.External, host);
}
