using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Signals;

namespace CaaS.Ingest.Ceph;

/// <summary>Names the series of the manager's Prometheus module: OSDs and pools measure themselves, the rest the
/// cluster.</summary>
/// <remarks>One target's; not thread-safe. Pools are numbers there; their names are learned from
/// <c>ceph_pool_metadata</c> of the same target, so a pool's series are kept from the second scrape at the
/// latest.</remarks>
public sealed class CephSeriesMapper : ISeriesMapper
{
    private const string DaemonLabel = "ceph_daemon";
    private const string PoolLabel = "pool_id";
    private const string OsdPrefix = "osd.";

    private readonly EntityRef _cluster;
    private readonly MetricFilter _filter;
    private readonly Dictionary<string, string> _pools = new(StringComparer.Ordinal);

    /// <summary>Makes the mapper of one target.</summary>
    /// <param name="scope">Scope of the series.</param>
    /// <param name="name">Name of the Ceph cluster.</param>
    /// <param name="filter">What to keep.</param>
    public CephSeriesMapper(Scope scope, string name, MetricFilter filter)
    {
        _cluster = new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.CephCluster, name);
        _filter = filter;
    }

    /// <inheritdoc/>
    public SeriesMapping Map(string metric, List<Label> labels, MetricKind kind)
    {
        var pool = ValueOf(labels, PoolLabel);
        if (metric == "ceph_pool_metadata" && pool.Length > 0 && _pools.Count < CephReader.MaxObjectCount)
        {
            _pools[pool] = ValueOf(labels, "name");
        }

        if (!_filter.Keeps(metric))
        {
            return SeriesMapping.Drop(DropReason.Filtered);
        }

        var daemon = ValueOf(labels, DaemonLabel);
        if (daemon.StartsWith(OsdPrefix, StringComparison.Ordinal))
        {
            return Keep(_cluster with { Kind = EntityKinds.CephOsd, Name = daemon }, metric, labels, DaemonLabel, kind);
        }

        if (pool.Length == 0)
        {
            return Keep(_cluster, metric, labels, "", kind);
        }

        return _pools.TryGetValue(pool, out var name) && name.Length > 0
            ? Keep(_cluster with { Kind = EntityKinds.CephPool, Name = name }, metric, labels, PoolLabel, kind)
            : SeriesMapping.NotYet;
    }

    private static string ValueOf(List<Label> labels, string name) => labels.Find(label => label.Name == name).Value ?? "";

    private SeriesMapping Keep(EntityRef entity, string metric, List<Label> labels, string named, MetricKind kind) =>
        SeriesMapping.Keep(
            new SeriesKey(entity, metric, labels.Where(label => label.Name != named && _filter.Keeps(label)), kind));
}
