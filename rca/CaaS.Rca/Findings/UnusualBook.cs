using CaaS.Analytics;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>What was unusual in the last while, by workload or node: told in an incident's story, never counted for or
/// against a cause.</summary>
internal sealed class UnusualBook(RcaOptions options, LiveGraph graph)
{
    private readonly SortedDictionary<EntityRef, List<Anomaly>> _byEntity = new(EntityOrder.Instance);

    /// <summary>What began at an instant or later, in order of arrival.</summary>
    public IEnumerable<Anomaly> Of(EntityRef entity, DateTimeOffset from) =>
        _byEntity.TryGetValue(entity, out var seen) ? seen.Where(anomaly => anomaly.Onset >= from) : [];

    public void Fold(Anomaly anomaly)
    {
        if (anomaly.State != AnomalyState.Raised)
        {
            return;
        }

        var entity = graph.OwnerOf(anomaly.Entity);
        if (!_byEntity.TryGetValue(entity, out var seen))
        {
            if (_byEntity.Count >= options.MaxPods)
            {
                return;
            }

            seen = [];
            _byEntity.Add(entity, seen);
        }

        seen.Add(anomaly);
        if (seen.Count > options.MaxPerEntity)
        {
            seen.RemoveAt(0);
        }
    }

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var (entity, seen) in _byEntity.ToArray())
        {
            seen.RemoveAll(anomaly => anomaly.At < horizon);
            if (seen.Count == 0)
            {
                _byEntity.Remove(entity);
            }
        }
    }
}
