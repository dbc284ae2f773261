using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Writes the graph out for pages and programs.</summary>
internal sealed class SnapshotWriter
{
    private static readonly Comparer<Relation> EdgeOrder = Comparer<Relation>.Create((x, y) =>
    {
        var order = x.Kind.CompareTo(y.Kind);
        order = order != 0 ? order : EntityOrder.Instance.Compare(x.From, y.From);
        return order != 0 ? order : EntityOrder.Instance.Compare(x.To, y.To);
    });

    private readonly LiveGraph _graph;
    private readonly GraphView _view;
    private readonly Dictionary<EntityRef, bool> _isThere = [];
    private readonly HashSet<EntityRef> _entities = [];
    private readonly List<Relation> _edges = [];

    private SnapshotWriter(LiveGraph graph, GraphView view) => (_graph, _view) = (graph, view);

    /// <summary>Writes it; O(pods + n log n of nodes and edges).</summary>
    public static GraphSnapshot Write(
        LiveGraph graph,
        GraphView view,
        FlowBook flows,
        IEnumerable<(EntityRef Server, string Operation)> operations,
        IReadOnlySet<EntityRef> abnormal,
        Scope scope,
        DateTimeOffset now)
    {
        var writer = new SnapshotWriter(graph, view);
        writer.Add(RelationKind.Calls, view.Callees);
        writer.AddPods();
        writer.Add(RelationKind.Mounts, view.Mounts);
        writer.Add(RelationKind.Selects, view.Selected);
        writer.AddEach(flows.All.Select(flow => new Relation(RelationKind.FlowsTo, flow.From, flow.To)));
        writer.AddEach(PolicyScope.All(graph, view));
        writer.AddStated();
        writer.AddOperations(operations);
        writer.AddContainers();
        writer._entities.UnionWith(view.Workloads.Where(writer.IsThere));
        writer._entities.UnionWith(graph.There(kind => !IsFolded(kind)));
        writer.AddCluster(scope);
        var entities = writer._entities.Order(EntityOrder.Instance);
        return new GraphSnapshot(
            now, [.. entities.Select(entity => writer.Node(entity, abnormal.Contains(entity)))], [.. writer._edges]);
    }

    private void Add(RelationKind kind, SortedDictionary<EntityRef, SortedSet<EntityRef>> map)
    {
        foreach (var (from, targets) in map)
        {
            if (IsThere(from))
            {
                Add(kind, from, targets.Where(IsThere));
            }
        }
    }

    private void AddPods()
    {
        foreach (var (workload, pods) in _view.Pods)
        {
            var nodes = new SortedSet<EntityRef>(EntityOrder.Instance);
            nodes.UnionWith(pods.Where(pod => !pod.State.IsGone).Select(pod => pod.Node).OfType<EntityRef>());
            if (nodes.Count > 0 && IsThere(workload))
            {
                Add(RelationKind.RunsOn, workload, nodes.Where(IsThere));
            }
        }
    }

    private void Add(RelationKind kind, EntityRef from, IEnumerable<EntityRef> targets)
    {
        foreach (var to in targets)
        {
            _entities.Add(from);
            _entities.Add(to);
            _edges.Add(new Relation(kind, from, to));
        }
    }

    /// <summary>What the view of workloads does not hold: what scales, what stores, where disks are, what ingresses
    /// route.</summary>
    private void AddStated()
    {
        var stated = _graph
            .Present(
                RelationKind.Calls, RelationKind.RunsOn, RelationKind.Scales, RelationKind.StoredOn, RelationKind.Configures)
            .Where(edge => edge.Kind == RelationKind.Calls ? edge.From.Kind == EntityKinds.Ingress
                : edge.Kind != RelationKind.RunsOn || edge.From.Kind != EntityKinds.Pod)
            .Select(edge => edge with { From = _graph.OwnerOf(edge.From), To = _graph.OwnerOf(edge.To) })
            .Where(edge => _graph.Find(edge.From) is { IsGone: false } && _graph.Find(edge.To) is { IsGone: false });
        foreach (var edge in stated.Distinct().Order(EdgeOrder))
        {
            Add(edge.Kind, edge.From, [edge.To]);
        }
    }

    private void AddEach(IEnumerable<Relation> edges)
    {
        foreach (var edge in edges.Where(edge => IsThere(edge.From) && IsThere(edge.To)))
        {
            Add(edge.Kind, edge.From, [edge.To]);
        }
    }

    private void AddOperations(IEnumerable<(EntityRef Server, string Operation)> operations)
    {
        var served = operations.Select(served => (Workload: _graph.OwnerOf(served.Server), served.Operation)).Distinct()
            .Where(served => IsThere(served.Workload))
            .OrderBy(served => served.Workload, EntityOrder.Instance).ThenBy(served => served.Operation, StringComparer.Ordinal);
        foreach (var (workload, operation) in served)
        {
            Add(RelationKind.Owns, workload, [workload with { Kind = EntityKinds.Operation, Name = $"{workload.Name} {operation}" }]);
        }
    }

    /// <summary>Containers, those of a workload's pods as one, and the images they run.</summary>
    private void AddContainers()
    {
        foreach (var workload in _view.Workloads.Where(IsThere))
        {
            var images = _graph.Find(workload)?.Fact(KubeFacts.Images) ?? "";
            foreach (var pair in images.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var (name, image) = (pair.Split('=')[0], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
                var container = workload with { Kind = EntityKinds.Container, Name = $"{workload.Name} {name}" };
                Add(RelationKind.Owns, workload, [container]);
                Add(RelationKind.ReleasedBy, container, [ClusterWide(workload.Scope, EntityKinds.Image, image)]);
            }
        }
    }

    /// <summary>The cluster owns its nodes and namespaces, and these own their workloads.</summary>
    private void AddCluster(Scope scope)
    {
        var cluster = ClusterWide(scope, EntityKinds.Cluster, scope.Cluster);
        var entities = _entities.Order(EntityOrder.Instance).ToArray();
        var namespaces = entities.Select(entity => entity.Kind == EntityKinds.Namespace ? entity.Name : entity.Namespace)
            .Where(name => name != EntityRef.NoNamespace).Distinct().Select(InCluster).ToArray();
        Add(RelationKind.Owns, cluster, entities.Where(entity => entity.Kind == EntityKinds.Node).Concat(namespaces));
        foreach (var workload in entities.Where(entity => EntityKinds.IsWorkload(entity.Kind)))
        {
            Add(RelationKind.Owns, InCluster(workload.Namespace), [workload]);
        }

        EntityRef InCluster(string name) => ClusterWide(scope, EntityKinds.Namespace, name);
    }

    private static EntityRef ClusterWide(Scope scope, string kind, string name) =>
        new(scope, EntityRef.NoNamespace, kind, name);

    /// <summary>True for what is told as part of its workload or service.</summary>
    private static bool IsFolded(string kind) =>
        kind is EntityKinds.Pod or EntityKinds.ReplicaSet or EntityKinds.Endpoints;

    private bool IsThere(EntityRef entity)
    {
        if (!_isThere.TryGetValue(entity, out var isThere))
        {
            isThere = _graph.Find(entity) is { } state ? !state.IsGone
                : !EntityKinds.IsWorkload(entity.Kind) || _view.PodsOf(entity).Any(pod => !pod.State.IsGone);
            _isThere.Add(entity, isThere);
        }

        return isThere;
    }

    private GraphNode Node(EntityRef entity, bool isAbnormal) => new(
        entity,
        _graph.Find(entity)?.Facts ?? FactList.Empty,
        isAbnormal,
        [.. _view.PodsOf(entity).Where(pod => !pod.State.IsGone)
            .Select(pod => new Label(pod.State.Entity.Name, pod.Node?.Name ?? ""))]);
}
