using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Writes the graph out for pages and programs.</summary>
internal static class SnapshotWriter
{
    private static readonly Comparer<Relation> EdgeOrder = Comparer<Relation>.Create((x, y) =>
    {
        var order = x.Kind.CompareTo(y.Kind);
        order = order != 0 ? order : EntityOrder.Instance.Compare(x.From, y.From);
        return order != 0 ? order : EntityOrder.Instance.Compare(x.To, y.To);
    });

    public static GraphSnapshot Write(
        LiveGraph graph, GraphView view, FlowBook flows, IReadOnlySet<EntityRef> abnormal, DateTimeOffset now)
    {
        var entities = new SortedSet<EntityRef>(EntityOrder.Instance);
        var edges = new List<Relation>();
        Add(RelationKind.Calls, view.Callees);
        Add(RelationKind.RunsOn, view.NodesOf);
        Add(RelationKind.Mounts, view.Mounts);
        Add(RelationKind.Selects, view.Selected);
        var flowing = flows.All.Select(flow => new Relation(RelationKind.FlowsTo, flow.From, flow.To));
        foreach (var edge in flowing.Concat(PolicyScope.All(graph, view)).Where(edge => IsThere(edge.From) && IsThere(edge.To)))
        {
            Show(edge);
        }

        foreach (var edge in graph.Edges.Select(item => item.Edge).Where(IsShown).Select(Fold).Distinct().Where(IsBetweenKnown).Order(EdgeOrder))
        {
            Show(edge);
        }

        entities.UnionWith(view.Workloads.Where(IsThere));
        entities.UnionWith(graph.OfKind(EntityKinds.Node).Where(state => !state.IsGone).Select(state => state.Entity));
        return new GraphSnapshot(now, [.. entities.Select(Node)], [.. edges]);

        void Show(Relation edge)
        {
            entities.Add(edge.From);
            entities.Add(edge.To);
            edges.Add(edge);
        }

        void Add(RelationKind kind, SortedDictionary<EntityRef, SortedSet<EntityRef>> map)
        {
            foreach (var (from, targets) in map)
            {
                foreach (var to in targets.Where(to => IsThere(from) && IsThere(to) && HasPodOn(kind, from, to)))
                {
                    Show(new Relation(kind, from, to));
                }
            }
        }

        bool HasPodOn(RelationKind kind, EntityRef workload, EntityRef node) =>
            kind != RelationKind.RunsOn || view.PodsOf(workload).Any(pod => !pod.State.IsGone && pod.Node == node);

        bool IsThere(EntityRef entity) =>
            graph.Find(entity) is { } state ? !state.IsGone
                : !EntityKinds.IsWorkload(entity.Kind) || view.PodsOf(entity).Any(pod => !pod.State.IsGone);

        Relation Fold(Relation edge) => edge with { From = graph.OwnerOf(edge.From), To = graph.OwnerOf(edge.To) };

        bool IsBetweenKnown(Relation edge) =>
            graph.Find(edge.From) is { IsGone: false } && graph.Find(edge.To) is { IsGone: false };

        GraphNode Node(EntityRef entity) => new(
            entity,
            graph.Find(entity)?.Facts.ToDictionary() ?? ImmutableSortedDictionary<string, string>.Empty,
            abnormal.Contains(entity),
            [.. view.PodsOf(entity).Where(pod => !pod.State.IsGone)
                .Select(pod => new Label(pod.State.Entity.Name, pod.Node?.Name ?? ""))]);
    }

    /// <summary>What the view of workloads does not hold: what scales, what stores, where disks are, what ingresses
    /// route.</summary>
    private static bool IsShown(Relation edge) =>
        edge.Kind is RelationKind.Scales or RelationKind.StoredOn or RelationKind.Configures
        || (edge.Kind == RelationKind.RunsOn && edge.From.Kind != EntityKinds.Pod)
        || (edge.Kind == RelationKind.Calls && edge.From.Kind == EntityKinds.Ingress);
}
