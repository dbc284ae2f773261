using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Warning events of the last while, by the workload or node they regard.</summary>
internal sealed class EventBook(RcaOptions options, LiveGraph graph)
{
    private readonly SortedDictionary<EntityRef, List<KubeEvent>> _byEntity = new(EntityOrder.Instance);

    public IReadOnlyList<KubeEvent> Of(EntityRef entity) => _byEntity.TryGetValue(entity, out var events) ? events : [];

    public void Fold(KubeEvent seen)
    {
        if (!seen.IsWarning)
        {
            return;
        }

        var entity = graph.OwnerOf(seen.Owner);
        if (!_byEntity.TryGetValue(entity, out var events))
        {
            if (_byEntity.Count >= options.MaxPods)
            {
                return;
            }

            events = [];
            _byEntity.Add(entity, events);
        }

        events.RemoveAll(known => known.Uid == seen.Uid);
        events.Add(seen);
        if (events.Count > options.MaxPerEntity)
        {
            events.RemoveAt(0);
        }
    }

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var (entity, events) in _byEntity.ToArray())
        {
            events.RemoveAll(seen => seen.Time < horizon);
            if (events.Count == 0)
            {
                _byEntity.Remove(entity);
            }
        }
    }
}
