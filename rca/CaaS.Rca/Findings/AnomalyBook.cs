using CaaS.Analytics;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Anomalies that last, and those that ended a while ago, by entity.</summary>
internal sealed class AnomalyBook(RcaOptions options, LiveGraph graph)
{
    private readonly Dictionary<string, LiveAnomaly> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<EntityRef, List<LiveAnomaly>> _byEntity = [];
    private readonly Dictionary<EntityRef, List<LiveAnomaly>> _byCaller = [];

    /// <summary>Anomalies not remembered because there were too many.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>What was said of an entity, in order of arrival; for a client's series the entity is the
    /// client.</summary>
    public IReadOnlyList<LiveAnomaly> Of(EntityRef entity) => _byEntity.TryGetValue(entity, out var found) ? found : [];

    /// <summary>Clients' anomalies of a caller, in order of arrival.</summary>
    public IReadOnlyList<LiveAnomaly> OfCaller(EntityRef caller) => _byCaller.TryGetValue(caller, out var found) ? found : [];

    /// <summary>Takes a report; null when it ends something never heard of, or there are too many.</summary>
    public LiveAnomaly? Fold(Anomaly anomaly, DateTimeOffset now)
    {
        if (_byId.TryGetValue(anomaly.Id, out var known))
        {
            known.Take(anomaly);
            known.ClearedAt = anomaly.State == AnomalyState.Cleared ? now : null;
            return known;
        }

        if (anomaly.State == AnomalyState.Cleared)
        {
            return null;
        }

        if (_byId.Count >= options.MaxAnomalies)
        {
            DroppedCount++;
            return null;
        }

        known = new LiveAnomaly(anomaly, graph.OwnerOf(anomaly.Entity), now);
        _byId.Add(anomaly.Id, known);
        List(known.Peer.Length > 0 ? _byCaller : _byEntity, known.Entity).Add(known);
        return known;
    }

    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        var ended = _byId.Where(pair => pair.Value.ClearedAt < horizon).Select(pair => pair.Value).ToArray();
        foreach (var anomaly in ended)
        {
            _byId.Remove(anomaly.Latest.Id);
            var map = anomaly.Peer.Length > 0 ? _byCaller : _byEntity;
            if (map.TryGetValue(anomaly.Entity, out var list) && list.Remove(anomaly) && list.Count == 0)
            {
                map.Remove(anomaly.Entity);
            }
        }
    }

    private static List<LiveAnomaly> List(Dictionary<EntityRef, List<LiveAnomaly>> map, EntityRef key)
    {
        if (!map.TryGetValue(key, out var list))
        {
            list = [];
            map.Add(key, list);
        }

        return list;
    }
}
