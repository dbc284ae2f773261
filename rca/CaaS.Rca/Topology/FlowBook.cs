using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Who sends traffic to whom, as networks count it, and what was refused.</summary>
/// <remarks>
/// Pods are folded into their workloads. Who sends packets to somebody does not thereby depend on it (a scraper reaches
/// everybody), so flows are shown and are evidence, but no symptom travels along them. Bounded by
/// <see cref="RcaOptions.MaxFlows"/> and by <see cref="MaxOutside"/> peers outside, beyond which they are one; one
/// writer.
/// </remarks>
internal sealed class FlowBook(RcaOptions options, LiveGraph graph)
{
    /// <summary>Peers outside the cluster told apart: external services number in the tens, generated domains in the
    /// millions.</summary>
    private const int MaxOutside = 500;

    private const string OtherOutside = "others";

    private readonly SortedDictionary<(EntityRef From, EntityRef To), FlowFact> _flows = new(FlowOrder.Instance);
    private readonly Dictionary<EntityRef, SortedDictionary<EntityRef, FlowFact>> _byTarget = [];
    private readonly Dictionary<EntityRef, int> _outside = [];
    private readonly HashSet<FlowFact> _denied = [];

    /// <summary>Grows when refusals begin or are forgotten.</summary>
    public int Version { get; private set; }

    /// <summary>Flows not remembered because there were too many edges.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Every edge, in order.</summary>
    public IReadOnlyCollection<FlowFact> All => _flows.Values;

    /// <summary>Edges with refusals in the last while, in order.</summary>
    public IEnumerable<FlowFact> Denied => _denied.OrderBy(flow => (flow.From, flow.To), FlowOrder.Instance);

    /// <summary>Edges that lead to an entity, in order.</summary>
    public IEnumerable<FlowFact> To(EntityRef entity) =>
        _byTarget.TryGetValue(entity, out var flows) ? flows.Values : [];

    public void Fold(FlowRecord flow)
    {
        var key = (From: End(flow.From), To: End(flow.To));
        if (!_flows.TryGetValue(key, out var known))
        {
            if (_flows.Count >= options.MaxFlows)
            {
                DroppedCount++;
                return;
            }

            known = new FlowFact(key.From, key.To, flow.Time - flow.Length);
            _flows.Add(key, known);
            Targeted(key.To).Add(key.From, known);
            Count(key.From, 1);
            Count(key.To, 1);
        }

        EntityRef? policy = EntityRef.TryParse(flow.From.Scope, flow.Policy, out var named) ? named : null;
        if (known.Add(flow, policy))
        {
            _denied.Add(known);
            Version++;
        }
    }

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var (key, flow) in _flows.Where(pair => pair.Value.LastSeen < horizon).ToArray())
        {
            _flows.Remove(key);
            Version += _denied.Remove(flow) ? 1 : 0;
            Targeted(key.To).Remove(key.From);
            if (_byTarget[key.To].Count == 0)
            {
                _byTarget.Remove(key.To);
            }

            Count(key.From, -1);
            Count(key.To, -1);
        }

        Version += _denied.RemoveWhere(flow => flow.Denials.All(denial => denial.Until < horizon)) > 0 ? 1 : 0;
    }

    /// <summary>The workload of an end, or one peer for all outside that are too many.</summary>
    private EntityRef End(EntityRef entity)
    {
        var owner = graph.OwnerOf(entity);
        return owner.Kind != EntityKinds.External || _outside.ContainsKey(owner) || _outside.Count < MaxOutside
            ? owner
            : new EntityRef(owner.Scope, EntityRef.NoNamespace, EntityKinds.External, OtherOutside);
    }

    private SortedDictionary<EntityRef, FlowFact> Targeted(EntityRef target)
    {
        if (!_byTarget.TryGetValue(target, out var flows))
        {
            flows = new SortedDictionary<EntityRef, FlowFact>(EntityOrder.Instance);
            _byTarget.Add(target, flows);
        }

        return flows;
    }

    private void Count(EntityRef end, int change)
    {
        if (end.Kind != EntityKinds.External)
        {
            return;
        }

        var count = _outside.GetValueOrDefault(end) + change;
        if (count > 0)
        {
            _outside[end] = count;
        }
        else
        {
            _outside.Remove(end);
        }
    }

    private sealed class FlowOrder : IComparer<(EntityRef From, EntityRef To)>
    {
        public static readonly FlowOrder Instance = new();

        public int Compare((EntityRef From, EntityRef To) x, (EntityRef From, EntityRef To) y)
        {
            var order = EntityOrder.Instance.Compare(x.From, y.From);
            return order != 0 ? order : EntityOrder.Instance.Compare(x.To, y.To);
        }
    }
}
