using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Rca.Tests.Topology;

/// <summary>States of a few objects in any order: made, changed, moved to other owners and nodes, ended, made anew, told
/// twice.</summary>
internal sealed class RandomCluster(int seed)
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly string[] Workloads = [EntityKinds.Deployment, EntityKinds.StatefulSet, EntityKinds.Job];

    private readonly Random _random = new(seed);
    private KubeObject? _last;

    public int Next(int count) => _random.Next(count);

    /// <summary>Mostly seconds, now and then longer than anything is remembered.</summary>
    public TimeSpan Pause() => Next(25) == 0 ? TimeSpan.FromMinutes(Next(45)) : TimeSpan.FromSeconds(Next(40));

    /// <summary>One object's next state, or the last one again.</summary>
    public KubeObject Object()
    {
        if (_last is { } last && Next(12) == 0)
        {
            return last;
        }

        var state = Next(10) switch
        {
            0 => Owned(EntityKinds.ReplicaSet, Next(2) == 0 ? null : Any(EntityKinds.Deployment, 2), []),
            1 => Workload(),
            2 => Service(),
            3 => Object(Any(EntityKinds.Endpoints, 3), [], [(KubeFacts.ReadyAddresses, string.Join(',', Enumerable.Range(0, Next(3)).Select(_ => Ip())))]),
            4 => Storage(),
            _ => Pod(),
        };
        _last = Next(5) == 0 ? state with { IsDeleted = true } : state;
        return _last;
    }

    public KubeObject Pod()
    {
        var pod = Any(EntityKinds.Pod, 6);
        var relations = new List<Relation>();
        if (Next(3) > 0)
        {
            relations.Add(new(RelationKind.RunsOn, pod, ClusterWide(EntityKinds.Node, Next(3))));
        }

        if (Next(3) == 0)
        {
            relations.Add(new(RelationKind.Mounts, pod, Any(EntityKinds.PersistentVolumeClaim, 3) with { Namespace = pod.Namespace }));
        }

        if (Next(4) > 0)
        {
            var owner = Any(Next(3) == 0 ? Workloads[Next(3)] : EntityKinds.ReplicaSet, 3) with { Namespace = pod.Namespace };
            relations.Add(new(RelationKind.Owns, owner, pod));
        }

        (string, string)[] facts = [(KubeFacts.PodIp, Next(4) == 0 ? "" : Ip()), (KubeFacts.NodeName, Next(2) == 0 ? "" : $"node-{Next(3)}"), (KubeFacts.Ready, "false")];
        return Object(pod, relations, facts, [.. Labels().Take(Next(3))]);
    }

    /// <summary>Somebody calls something by a name, an address, or as itself.</summary>
    public (EntityRef Caller, string Address) Call() =>
        (Any(Next(2) == 0 ? EntityKinds.Pod : Next(2) == 0 ? EntityKinds.ReplicaSet : EntityKinds.Deployment, 3), Next(6) switch
        {
            0 => Ip(),
            1 => $"http://{Ip()}:8080",
            2 => Any(EntityKinds.Pod, 6).ToString(),
            3 => $"service-{Next(3)}.space-{Next(2)}.svc:80",
            4 => "outside.example.com",
            _ => $"{(Next(2) == 0 ? "service" : "deployment")}-{Next(3)}",
        });

    private static EntityRef ClusterWide(string kind, int number) =>
        new(Scope.Default, EntityRef.NoNamespace, kind, Named(kind, number));

    private static string Named(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(kind == EntityKinds.Endpoints ? "service" : kind.ToLowerInvariant())}-{number}");

    private EntityRef Any(string kind, int count) =>
        new(Scope.Default, $"space-{Next(2)}", kind, Named(kind, Next(count)));

    private string Ip() => $"10.0.0.{Next(5)}";

    private IEnumerable<Label> Labels() => [new("app", $"{Next(3)}"), new("tier", $"{Next(2)}")];

    private KubeObject Workload()
    {
        var workload = Any(Workloads[Next(3)], 3);
        var claim = Any(EntityKinds.PersistentVolumeClaim, 3) with { Namespace = workload.Namespace };
        return Object(workload, Next(3) == 0 ? [new(RelationKind.Mounts, workload, claim)] : [], [(KubeFacts.ConfigRefs, Next(2) == 0 ? "" : $"ConfigMap/config-{Next(2)}")]);
    }

    private KubeObject Owned(string kind, EntityRef? owner, List<Relation> relations)
    {
        var entity = Any(kind, 3);
        if (owner is { } above)
        {
            relations.Add(new Relation(RelationKind.Owns, above with { Namespace = entity.Namespace }, entity));
        }

        return Object(entity, relations, []);
    }

    private KubeObject Service() => Object(
        Any(EntityKinds.Service, 3), [],
        [(KubeFacts.ClusterIp, Next(4) == 0 ? "" : Ip()), (KubeFacts.Selector, Next(4) == 0 ? "" : string.Join(',', Labels().Take(1 + Next(2)).Select(label => $"{label.Name}={label.Value}")))]);

    private KubeObject Storage()
    {
        var (from, kind, to) = Next(4) switch
        {
            0 => (Any(EntityKinds.PersistentVolumeClaim, 3), RelationKind.StoredOn, ClusterWide(EntityKinds.PersistentVolume, Next(2))),
            1 => (ClusterWide(EntityKinds.PersistentVolume, Next(2)), RelationKind.StoredOn, ClusterWide(EntityKinds.CephPool, Next(2))),
            2 => (ClusterWide(EntityKinds.CephOsd, Next(2)), RelationKind.RunsOn, ClusterWide(EntityKinds.CephHost, Next(2))),
            _ => (ClusterWide(EntityKinds.CephHost, Next(2)), RelationKind.RunsOn, ClusterWide(EntityKinds.Node, Next(3))),
        };
        return Object(from, Next(4) == 0 ? [] : [new(kind, from, to)], []);
    }

    private KubeObject Object(EntityRef entity, List<Relation> relations, (string Key, string Value)[] facts, params Label[] labels) =>
        new(Start, entity, $"u{Next(2)}", "1", false, [.. labels],
            facts.ToImmutableSortedDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal), [.. relations]);
}
