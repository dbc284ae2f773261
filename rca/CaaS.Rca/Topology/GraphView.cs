using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>The graph with pods folded into their workloads, made for questions.</summary>
/// <remarks>Changed by <see cref="GraphFold"/> alone, between passes. A breadth-first answer is remembered until the
/// next change, so asking again costs a look-up.</remarks>
internal sealed class GraphView
{
    private readonly Dictionary<EntityRef, Reach> _reaches = [];
    private readonly Dictionary<EntityRef, HashSet<EntityRef>> _ground = [];

    /// <summary>Grows with each change.</summary>
    public long Version { get; private set; }

    /// <summary>Workload → workloads and outside peers it calls.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> Callees { get; } = new(EntityOrder.Instance);

    /// <summary>Workload, claim, volume, pool or storage cluster → what its data lies on.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> StoredOn { get; } = new(EntityOrder.Instance);

    /// <summary>Workload → workloads that call it.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> Callers { get; } = new(EntityOrder.Instance);

    /// <summary>Workload → nodes its pods run, or recently ran, on.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> NodesOf { get; } = new(EntityOrder.Instance);

    /// <summary>Node → workloads with pods on it, now or recently.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> WorkloadsOn { get; } = new(EntityOrder.Instance);

    /// <summary>Service → workloads it selects, or selected when it last selected any.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> Selected { get; } = new(EntityOrder.Instance);

    /// <summary>Workload → services that select it.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> ServicesOf { get; } = new(EntityOrder.Instance);

    /// <summary>Workload → config maps, secrets and claims it mounts or reads.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> Mounts { get; } = new(EntityOrder.Instance);

    /// <summary>Config map, secret or claim → workloads that mount or read it.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> MountedBy { get; } = new(EntityOrder.Instance);

    /// <summary>Either end of refused flows → network policies that refuse them, or that may when nobody names
    /// one.</summary>
    public SortedDictionary<EntityRef, SortedSet<EntityRef>> RefusedBy { get; } = new(EntityOrder.Instance);

    /// <summary>Workload → its pods by name, those recently gone included.</summary>
    public SortedDictionary<EntityRef, List<PodView>> Pods { get; } = new(EntityOrder.Instance);

    /// <summary>Every workload, in order.</summary>
    public SortedSet<EntityRef> Workloads { get; } = new(EntityOrder.Instance);

    /// <summary>Caller and address → the workload behind it, first of several.</summary>
    public Dictionary<(EntityRef Caller, string Address), EntityRef> Resolved { get; } = [];

    public static IEnumerable<EntityRef> Of(SortedDictionary<EntityRef, SortedSet<EntityRef>> map, EntityRef key) =>
        map.TryGetValue(key, out var values) ? values : [];

    public IReadOnlyList<PodView> PodsOf(EntityRef workload) => Pods.TryGetValue(workload, out var pods) ? pods : [];

    /// <summary>Everything an entity depends on through calls, stored data and the policies that refuse its flows,
    /// itself first, nearest first.</summary>
    public Reach Dependencies(EntityRef from, int hops)
    {
        if (!_reaches.TryGetValue(from, out var reach))
        {
            reach = Walk(from, hops);
            _reaches.Add(from, reach);
        }

        return reach;
    }

    /// <summary>True when a chain of them leads from one entity to the other, or they are the same.</summary>
    public bool Calls(EntityRef from, EntityRef to, int hops) => Dependencies(from, hops).Hops.ContainsKey(to);

    /// <summary>Nodes an entity depends on: its own, and those of everything it reaches through calls.</summary>
    public IReadOnlySet<EntityRef> Ground(EntityRef from, int hops)
    {
        if (!_ground.TryGetValue(from, out var nodes))
        {
            nodes = [.. Dependencies(from, hops).Order.SelectMany(entity => Of(NodesOf, entity))];
            _ground.Add(from, nodes);
        }

        return nodes;
    }

    /// <summary>Forgets what was remembered of the shape before a change.</summary>
    public void Moved()
    {
        Version++;
        _reaches.Clear();
        _ground.Clear();
    }

    private Reach Walk(EntityRef from, int hops)
    {
        var distance = new Dictionary<EntityRef, int> { [from] = 0 };
        var via = new Dictionary<EntityRef, EntityRef>();
        var order = new List<EntityRef> { from };
        for (var next = 0; next < order.Count; next++)
        {
            var here = order[next];
            if (distance[here] >= hops)
            {
                continue;
            }

            foreach (var callee in Of(Callees, here).Concat(Of(StoredOn, here)).Concat(Of(RefusedBy, here)))
            {
                if (distance.TryAdd(callee, distance[here] + 1))
                {
                    via[callee] = here;
                    order.Add(callee);
                }
            }
        }

        return new Reach(distance, via, order);
    }
}
