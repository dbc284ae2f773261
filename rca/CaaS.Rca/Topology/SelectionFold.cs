using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Keeps which workloads a view's services select: those of the pods of their namespace that match their
/// selector or have one of their ready addresses.</summary>
/// <remarks>A service keeps what it selected last, so that one without pods still leads somewhere. O(services of the
/// namespace) a pod that moved, O(pods of the namespace) a service that is folded: some 3,000 where Kubernetes' own
/// limits are kept.</remarks>
internal sealed class SelectionFold(LiveGraph graph, GraphView view, AddressBook addresses)
{
    private readonly Dictionary<string, HashSet<PodView>> _podsIn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<EntityRef, ServiceRule>> _rulesIn = new(StringComparer.Ordinal);
    private readonly HashSet<EntityRef> _touched = [];

    public void Touch(EntityRef service) => _touched.Add(service);

    public void Add(PodView pod)
    {
        Of(_podsIn, pod.State.Entity.Namespace).Add(pod);
        foreach (var (service, rule) in Of(_rulesIn, pod.State.Entity.Namespace))
        {
            if (rule.Selects(pod))
            {
                Touch(service);
            }
        }
    }

    public void Remove(PodView pod)
    {
        _podsIn[pod.State.Entity.Namespace].Remove(pod);
        _touched.UnionWith(GraphView.Of(view.ServicesOf, pod.Owner));
    }

    /// <summary>Folds what was touched.</summary>
    /// <returns>True when the view has changed.</returns>
    public bool Fold()
    {
        var hasChanged = false;
        foreach (var service in _touched)
        {
            hasChanged |= Fold(service);
        }

        _touched.Clear();
        return hasChanged;
    }

    private static T Of<T>(Dictionary<string, T> map, string key)
        where T : new()
    {
        if (!map.TryGetValue(key, out var value))
        {
            value = new T();
            map.Add(key, value);
        }

        return value;
    }

    private bool Fold(EntityRef service)
    {
        var rules = Of(_rulesIn, service.Namespace);
        var selected = new HashSet<EntityRef>();
        if (rules.Remove(service, out var before))
        {
            addresses.Remove(service, before.ClusterIp);
        }

        if (graph.Find(service) is { IsGone: false } state)
        {
            var rule = ServiceRule.Of(state, graph.Find(service with { Kind = EntityKinds.Endpoints }));
            rules.Add(service, rule);
            addresses.Add(service, rule.ClusterIp);
            selected.UnionWith(Of(_podsIn, service.Namespace).Where(rule.Selects).Select(pod => pod.Owner));
            if (selected.Count == 0)
            {
                return false;
            }
        }

        addresses.Moved.Add(service.Name);
        return Adjacency.Replace(view.Selected, view.ServicesOf, service, selected);
    }
}
