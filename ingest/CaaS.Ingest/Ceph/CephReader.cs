using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Ceph;

/// <summary>Reads a Ceph cluster from the answer of its dashboard to <c>GET /api/health/full</c>.</summary>
/// <remarks>
/// Fields as of Ceph 16 to 19 (https://docs.ceph.com/en/latest/mgr/ceph_api/). The answer is one consistent view of the
/// manager, so a cluster costs one request. Stateless; O(answer). How an entity depends on another is told by
/// relations: pool → cluster → OSD → host → node of the same name.
/// </remarks>
public sealed class CephReader
{
    /// <summary>Most OSDs, pools or placement-group states read; Ceph's largest public clusters have some 5,000
    /// OSDs.</summary>
    public const int MaxObjectCount = 20_000;

    private const int MaxCheckCount = 256;
    private const int MaxDetailCount = 5;
    private const int MaxMessageLength = 1024;

    /// <summary>Flags that tell how the cluster is made, not what somebody asked of it.</summary>
    private static readonly string[] LastingFlags = ["sortbitwise", "recovery_deletes", "purged_snapdirs", "pglog_hardlimit"];

    private readonly Scope _scope;
    private readonly EntityRef _cluster;

    /// <summary>Makes a reader.</summary>
    /// <param name="scope">Scope of every entity.</param>
    /// <param name="name">Name of the Ceph cluster.</param>
    public CephReader(Scope scope, string name)
    {
        _scope = scope;
        _cluster = Entity(EntityKinds.CephCluster, name);
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="root">The answer.</param>
    /// <param name="now">Time to write on the objects, UTC.</param>
    /// <param name="reading">What it says; null when the answer is false.</param>
    /// <returns>False when a part is missing: the account may not read it, or it is no such answer. Half an answer
    /// would pass for OSDs that are gone.</returns>
    public bool TryRead(JsonElement root, DateTimeOffset now, out CephReading? reading)
    {
        var health = root.At("health");
        var map = root.At("osd_map");
        var fsid = map.Text("fsid");
        reading = null;
        if (health.Text("status").Length == 0 || fsid.Length == 0 || map.At("osds").ValueKind != JsonValueKind.Array
            || map.At("pools").ValueKind != JsonValueKind.Array || root.At("pg_info", "statuses").ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var checks = Checks(health);
        var objects = new SortedDictionary<EntityRef, KubeObject>();
        var hostOf = Hosts(map);
        AddOsds(map, hostOf, now, objects);
        AddHosts(hostOf.Values, fsid, now, objects);
        AddPools(map, fsid, now, objects);
        var states = AddPgStates(root.At("pg_info", "statuses"), fsid, now, objects);
        AddCluster(root, map, checks, states, now, objects);
        reading = new CephReading([.. objects.Values], checks);
        return true;
    }

    private static ImmutableArray<CephCheck> Checks(JsonElement health) =>
    [
        .. health.Items("checks")
            .Where(check => check.Text("type").Length > 0)
            .Select(check => new CephCheck(check.Text("type"), check.IsTrue("muted"), Message(check)))
            .DistinctBy(check => check.Code)
            .Take(MaxCheckCount),
    ];

    private static string Message(JsonElement check)
    {
        var details = check.Items("detail").Select(detail => detail.Text("message")).Where(text => text.Length > 0);
        return TextLimits.Cut(
            string.Join("; ", details.Take(MaxDetailCount).Prepend(check.Text("summary", "message"))), MaxMessageLength);
    }

    /// <summary>The machine of each OSD: as the daemon tells it, else as the tree says. Where OSDs lie on claims, the
    /// tree's hosts are those claims.</summary>
    private static SortedDictionary<int, string> Hosts(JsonElement map)
    {
        var hosts = new SortedDictionary<int, string>();
        foreach (var bucket in map.Items("tree", "nodes").Where(node => node.Text("type") == "host"))
        {
            foreach (var child in bucket.Items("children").Where(child => child.ValueKind == JsonValueKind.Number))
            {
                if (child.TryGetInt32(out var id) && id >= 0)
                {
                    hosts[id] = bucket.Text("name");
                }
            }
        }

        foreach (var told in map.Properties("osd_metadata"))
        {
            if (int.TryParse(told.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && told.Value.Text("hostname") is { Length: > 0 } name)
            {
                hosts[id] = name;
            }
        }

        return hosts;
    }

    private static string Flags(JsonElement map)
    {
        var ofAll = map.Items("flags_set").Where(flag => flag.ValueKind == JsonValueKind.String)
            .Select(flag => flag.GetString()!).Where(flag => !LastingFlags.Contains(flag));
        var ofParts = map.Properties("crush_node_flags").Concat(map.Properties("device_class_flags"))
            .SelectMany(part => part.Value.Items().Select(flag => $"{part.Name}/{flag}"));
        return string.Join(',', ofAll.Concat(ofParts).Order(StringComparer.Ordinal));
    }

    private static string Codes(IEnumerable<CephCheck> checks, bool isMuted) => string.Join(
        ',', checks.Where(check => check.IsMuted == isMuted).Select(check => check.Code).Order(StringComparer.Ordinal));

    private void AddOsds(
        JsonElement map,
        SortedDictionary<int, string> hostOf,
        DateTimeOffset now,
        SortedDictionary<EntityRef, KubeObject> objects)
    {
        var classes = map.Items("tree", "nodes").Concat(map.Items("tree", "stray"))
            .Where(node => node.Text("type") == "osd")
            .DistinctBy(node => node.Count(-1, "id"))
            .ToDictionary(node => node.Count(-1, "id"));
        foreach (var osd in map.Items("osds").Take(MaxObjectCount))
        {
            var id = osd.Count(-1, "osd");
            if (id < 0 || osd.Text("uuid").Length == 0)
            {
                continue;
            }

            var entity = Entity(EntityKinds.CephOsd, string.Create(CultureInfo.InvariantCulture, $"osd.{id}"));
            var facts = new FactBuilder()
                .Add(KubeFacts.Ready, osd.Count(0, "up") == 1)
                .Add(CephFacts.In, osd.Count(0, "in") == 1)
                .Add(CephFacts.Reweight, Number(osd.At("weight")))
                .Add(CephFacts.DeviceClass, classes.GetValueOrDefault(id).Text("device_class"))
                .Add(CephFacts.Version, map.Text("osd_metadata", id.ToString(CultureInfo.InvariantCulture), "ceph_version_short"));
            ImmutableArray<Relation> relations = hostOf.TryGetValue(id, out var host)
                ? [new Relation(RelationKind.RunsOn, entity, Entity(EntityKinds.CephHost, host))]
                : [];
            objects.TryAdd(entity, Object(entity, osd.Text("uuid"), now, facts, relations));
        }
    }

    private void AddHosts(
        IEnumerable<string> names, string fsid, DateTimeOffset now, SortedDictionary<EntityRef, KubeObject> objects)
    {
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var entity = Entity(EntityKinds.CephHost, name);
            var node = new Relation(RelationKind.RunsOn, entity, Entity(EntityKinds.Node, name));
            objects[entity] = Object(entity, $"{fsid}/{name}", now, new FactBuilder(), [node]);
        }
    }

    private void AddPools(JsonElement map, string fsid, DateTimeOffset now, SortedDictionary<EntityRef, KubeObject> objects)
    {
        foreach (var pool in map.Items("pools").Where(pool => pool.Text("pool_name").Length > 0).Take(MaxObjectCount))
        {
            var entity = Entity(EntityKinds.CephPool, pool.Text("pool_name"));
            var quota = Number(pool.At("quota_max_bytes"));
            var facts = new FactBuilder()
                .Add(KubeFacts.Replicas, pool.Scalar("size"))
                .Add(KubeFacts.MinReplicas, pool.Scalar("min_size"))
                .Add(CephFacts.PgCount, pool.Scalar("pg_num_target"))
                .Add(CephFacts.QuotaBytes, quota > 0 ? quota : null)
                .Add(KubeFacts.CreatedAt, pool.Instant("create_time"));
            var cluster = new Relation(RelationKind.StoredOn, entity, _cluster);
            objects.TryAdd(entity, Object(entity, $"{fsid}/{pool.Scalar("pool")}", now, facts, [cluster]));
        }
    }

    private List<EntityRef> AddPgStates(
        JsonElement statuses, string fsid, DateTimeOffset now, SortedDictionary<EntityRef, KubeObject> objects)
    {
        var states = new List<EntityRef>();
        foreach (var state in statuses.Properties().Where(state => state.Value.Scalar().Length > 0).Take(MaxObjectCount))
        {
            var entity = Entity(EntityKinds.CephPgState, state.Name);
            var facts = new FactBuilder().Add(CephFacts.PgCount, state.Value.Scalar());
            objects[entity] = Object(entity, $"{fsid}/{state.Name}", now, facts, []);
            states.Add(entity);
        }

        return states;
    }

    private void AddCluster(
        JsonElement root,
        JsonElement map,
        ImmutableArray<CephCheck> checks,
        List<EntityRef> states,
        DateTimeOffset now,
        SortedDictionary<EntityRef, KubeObject> objects)
    {
        var facts = new FactBuilder()
            .Add(CephFacts.Health, root.Text("health", "status"))
            .Add(CephFacts.FailedChecks, Codes(checks, isMuted: false))
            .Add(CephFacts.MutedChecks, Codes(checks, isMuted: true))
            .Add(CephFacts.Flags, Flags(map))
            .Add(KubeFacts.CapacityBytes, Number(root.At("df", "stats", "total_bytes")));
        var disks = objects.Keys.Where(entity => entity.Kind == EntityKinds.CephOsd)
            .Select(osd => new Relation(RelationKind.StoredOn, _cluster, osd));
        var owned = states.Select(state => new Relation(RelationKind.Owns, _cluster, state));
        objects[_cluster] = Object(_cluster, map.Text("fsid"), now, facts, [.. disks, .. owned]);
    }

    private static double? Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    private static KubeObject Object(
        EntityRef entity, string uid, DateTimeOffset now, FactBuilder facts, ImmutableArray<Relation> relations) =>
        new(now, entity, uid, "", IsDeleted: false, [], facts.ToFacts(), relations);

    private EntityRef Entity(string kind, string name) => new(_scope, EntityRef.NoNamespace, kind, name);
}
