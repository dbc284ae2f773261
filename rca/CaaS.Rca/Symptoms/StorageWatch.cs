using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Symptoms;

/// <summary>Reads hard facts out of a storage cluster's states: disks that are down, and data that cannot be
/// used.</summary>
/// <remarks>What only lowers redundancy is evidence, and no symptom of its own: nobody is hurt by it yet.</remarks>
internal sealed class StorageWatch(LiveGraph graph)
{
    /// <summary>Health checks with which clients wait or fail.</summary>
    /// <remarks>https://docs.ceph.com/en/latest/rados/operations/health-checks/</remarks>
    private static readonly HashSet<string> Hurting = new(StringComparer.Ordinal)
    {
        "PG_AVAILABILITY", "OSD_FULL", "POOL_FULL", "OBJECT_UNFOUND", "PG_DAMAGED", "SLOW_OPS", "MDS_ALL_DOWN", "FS_DEGRADED",
    };

    private readonly SinceBook _downSince = new();
    private readonly SinceBook _impairedSince = new();
    private readonly HashSet<EntityRef> _settledDisks = [];

    /// <summary>Adds what is wrong now.</summary>
    public void Read(ICollection<Condition> found, DateTimeOffset now)
    {
        foreach (var disk in graph.OfKind(EntityKinds.CephOsd).Where(state => !state.IsGone))
        {
            if (disk.IsReady)
            {
                _settledDisks.Add(disk.Entity);
            }

            // A disk that never was up is only just being made.
            var isDown = !disk.IsReady && _settledDisks.Contains(disk.Entity);
            if (_downSince.Note(disk.Entity, isDown, now) is { } since)
            {
                found.Add(new Condition(disk.Entity, SymptomSort.DiskDown, since, "", $"{disk.Entity.Name} is down"));
            }
        }

        foreach (var cluster in graph.OfKind(EntityKinds.CephCluster).Where(state => !state.IsGone))
        {
            var hurting = cluster.Fact(CephFacts.FailedChecks).Split(',').Where(Hurting.Contains).ToArray();
            var isImpaired = hurting.Length > 0 || cluster.Fact(CephFacts.Health) == "HEALTH_ERR";
            if (_impairedSince.Note(cluster.Entity, isImpaired, now) is { } since)
            {
                found.Add(new Condition(cluster.Entity, SymptomSort.StorageImpaired, since, "",
                    $"Ceph cluster {cluster.Entity.Name} is {cluster.Fact(CephFacts.Health)}: {cluster.Fact(CephFacts.FailedChecks)}"));
            }
        }
    }

    public void Sweep()
    {
        _downSince.Sweep(graph);
        _impairedSince.Sweep(graph);
        _settledDisks.RemoveWhere(entity => graph.Find(entity) is null);
    }
}
