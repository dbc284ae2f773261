using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>CPU of nodes as a share of what they can give: the measured total of a node, else the sum over its
/// pods.</summary>
internal sealed class NodeLoad(AnalyticsOptions options)
{
    private const long HeldMaxMs = 30_000;

    private readonly List<RawSeries> _series = [];
    private readonly Dictionary<string, SeriesKey> _keys = [];
    private readonly SortedDictionary<string, Load> _loads = new(StringComparer.Ordinal);
    private long _lastHeldMs;

    /// <summary>Adds a series of CPU in use of a container or node.</summary>
    /// <param name="series">Series.</param>
    public void Join(RawSeries series) => _series.Add(series);

    /// <summary>Removes a forgotten series.</summary>
    /// <param name="series">Series.</param>
    public void Leave(RawSeries series) => _series.Remove(series);

    /// <summary>Judges the load of every node; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="objects">Objects, for the nodes' sizes.</param>
    /// <param name="watch">Detectors.</param>
    /// <param name="found">Where to tell.</param>
    public void Flush(long nowMs, ObjectBook objects, WatchList watch, List<Anomaly> found)
    {
        _loads.Clear();
        var lastHeldMs = 0L;
        foreach (var series in _series)
        {
            if (double.IsNaN(series.Held) || nowMs - series.HeldMs > HeldMaxMs || series.Pod is { IsGone: true })
            {
                continue;
            }

            var isNode = series.Key.Entity.Kind == EntityKinds.Node;
            var node = isNode ? series.Key.Entity.Name : series.Pod?.Node ?? "";
            if (node.Length > 0)
            {
                var load = _loads.GetValueOrDefault(node);
                _loads[node] = isNode
                    ? load with { Total = load.Total + series.Held, Scope = series.Key.Entity.Scope, Ms = series.LastMs }
                    : load with { Pods = load.Pods + series.Held, Scope = series.Key.Entity.Scope, Ms = series.LastMs };
                lastHeldMs = Math.Max(lastHeldMs, series.HeldMs);
            }
        }

        if (lastHeldMs == _lastHeldMs)
        {
            return;
        }

        _lastHeldMs = lastHeldMs;
        foreach (var (node, load) in _loads)
        {
            var cores = objects.Of(EntityRef.NoNamespace, EntityKinds.Node, node, nowMs).AllocatableCores;
            var ratio = (load.Total > 0 ? load.Total : load.Pods) / cores;
            if (cores > 0 && watch.Of(KeyOf(load.Scope, node), Make)?.Push(load.Ms, nowMs, ratio) is { } told)
            {
                found.Add(told);
            }
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="series">Saves or loads a series.</param>
    public void Sync(StateArchive archive, Func<RawSeries?, RawSeries> series)
    {
        archive.List(_series, series);
        archive.Map(_keys, archive.Key);
        archive.Value(ref _lastHeldMs);
    }

    private LevelDetector Make(SeriesKey key) => new(key, SignalRoles.Of(key.Metric, key.Labels), options);

    private SeriesKey KeyOf(Scope scope, string node)
    {
        if (!_keys.TryGetValue(node, out var key))
        {
            var entity = new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.Node, node);
            key = new SeriesKey(entity, DerivedNames.NodeCpuRatio, [], MetricKind.Gauge);
            _keys.Add(node, key);
        }

        return key;
    }

    private readonly record struct Load(Scope Scope, double Total, double Pods, long Ms);
}
