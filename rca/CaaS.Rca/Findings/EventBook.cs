using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Warning events of the last while, by the workload or node they regard.</summary>
internal sealed class EventBook(RcaOptions options, LiveGraph graph)
{
    /// <summary>Events this much before an onset may belong to it.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(2);

    private readonly SortedDictionary<EntityRef, List<KubeEvent>> _byEntity = new(EntityOrder.Instance);
    private readonly Dictionary<string, Dictionary<EntityRef, (DateTimeOffset First, DateTimeOffset Last)>> _byReason =
        new(StringComparer.Ordinal);

    private int _sights;

    /// <summary>Events around an onset and after it that are not background, in order of arrival.</summary>
    /// <remarks>
    /// Background is a reason that was there before the onset, on the same entity or on several others: some clusters
    /// complain of every pod all the time.
    /// </remarks>
    public IEnumerable<KubeEvent> Fresh(EntityRef entity, DateTimeOffset onset) =>
        _byEntity.TryGetValue(entity, out var events)
            ? events.Where(seen => seen.Time >= onset - LookBack && !IsBackground(seen.Reason, entity, onset - LookBack))
            : [];

    public void Fold(KubeEvent seen)
    {
        if (!seen.IsWarning || IsFarewell(seen))
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

        Sight(seen, entity);
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

        foreach (var (reason, sights) in _byReason.ToArray())
        {
            foreach (var entity in sights.Where(pair => pair.Value.Last < horizon).Select(pair => pair.Key).ToArray())
            {
                sights.Remove(entity);
                _sights--;
            }

            if (sights.Count == 0)
            {
                _byReason.Remove(reason);
            }
        }
    }

    /// <summary>Probes of a pod that is being deleted fail, and that is no trouble.</summary>
    private bool IsFarewell(KubeEvent seen) =>
        seen is { Reason: "Unhealthy", Entity.Kind: EntityKinds.Pod }
        && graph.Find(seen.Entity) is { } pod && (pod.IsTerminating || pod.IsGone);

    private void Sight(KubeEvent seen, EntityRef entity)
    {
        if (!_byReason.TryGetValue(seen.Reason, out var sights))
        {
            sights = [];
            _byReason.Add(seen.Reason, sights);
        }

        if (sights.TryGetValue(entity, out var known))
        {
            sights[entity] = (seen.Time < known.First ? seen.Time : known.First, seen.Time > known.Last ? seen.Time : known.Last);
        }
        else if (_sights < options.MaxObjects)
        {
            sights.Add(entity, (seen.Time, seen.Time));
            _sights++;
        }
    }

    private bool IsBackground(string reason, EntityRef entity, DateTimeOffset before)
    {
        if (!_byReason.TryGetValue(reason, out var sights))
        {
            return false;
        }

        return (sights.TryGetValue(entity, out var own) && own.First < before)
            || sights.Values.Where(sight => sight.First < before).Take(options.BackgroundEntities).Count() == options.BackgroundEntities;
    }
}
