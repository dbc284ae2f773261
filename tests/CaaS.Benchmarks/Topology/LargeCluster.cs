using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Benchmarks.Topology;

/// <summary>The objects of a cluster of the size Kubernetes supports, as its source would tell them: same facts, labels
/// and relations, made by number.</summary>
/// <param name="podCount">Pods.</param>
/// <param name="nodeCount">Nodes.</param>
internal sealed class LargeCluster(int podCount, int nodeCount)
{
    private const int PodsPerWorkload = 10;
    private const int WorkloadsPerNamespace = 50;
    private const int PodsPerClaim = 10;

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public int PodCount => podCount;

    /// <summary>Every object, owners before what they own.</summary>
    public IEnumerable<KubeObject> Objects()
    {
        for (var node = 0; node < nodeCount; node++)
        {
            yield return Object(NodeOf(node), 0, [], [(KubeFacts.Ready, "true"), (KubeFacts.AllocatableCpuCores, "64"), (KubeFacts.CreatedAt, Instant(node))]);
        }

        for (var workload = 0; workload < podCount / PodsPerWorkload; workload++)
        {
            yield return Workload(workload);
            yield return Object(
                ReplicaSet(workload), 0, [new(RelationKind.Owns, Deployment(workload), ReplicaSet(workload))],
                [(KubeFacts.Replicas, "10"), (KubeFacts.ReadyReplicas, "10"), (KubeFacts.CreatedAt, Instant(workload))]);
            yield return Object(
                Deployment(workload) with { Kind = EntityKinds.Service }, 0, [],
                [(KubeFacts.ClusterIp, Ip(172, workload)), (KubeFacts.Selector, $"app=app-{workload}"), (KubeFacts.CreatedAt, Instant(workload))]);
            yield return Endpoints(workload);
        }

        for (var pod = 0; pod < podCount; pod++)
        {
            if (pod % PodsPerClaim == 0)
            {
                yield return Object(Claim(pod), 0, [], [(KubeFacts.Phase, "Bound"), (KubeFacts.CapacityBytes, "1073741824")]);
            }

            yield return Pod(pod, 0, isReady: true);
        }
    }

    /// <summary>Each workload calls the next of its namespace by the name of its service.</summary>
    public IEnumerable<Span> Calls()
    {
        for (var workload = 0; workload < podCount / PodsPerWorkload; workload++)
        {
            var next = (workload / WorkloadsPerNamespace * WorkloadsPerNamespace) + ((workload + 1) % WorkloadsPerNamespace);
            yield return new Span(
                $"{workload:x32}", $"{workload:x16}", "", Deployment(workload), "", "GET", SpanKind.Client, Start, 1, false, Deployment(next).Name);
        }
    }

    /// <summary>The endpoints of a pod's service, without one pod that is not ready.</summary>
    public KubeObject EndpointsWithout(int pod) => Endpoints(pod / PodsPerWorkload, without: pod);

    /// <summary>A pod in one of its lives and states.</summary>
    public KubeObject Pod(int pod, int life, bool isReady)
    {
        var entity = PodEntity(pod, life);
        var workload = pod / PodsPerWorkload;
        var node = NodeOf((int)((uint)(pod * 7919 + life) % nodeCount));
        List<Relation> relations =
        [
            new(RelationKind.RunsOn, entity, node),
            new(RelationKind.Owns, ReplicaSet(workload), entity),
        ];
        if (pod % PodsPerClaim == 0)
        {
            relations.Add(new Relation(RelationKind.Mounts, entity, Claim(pod)));
        }

        return Object(
            entity, life, [.. relations],
            [
                (KubeFacts.Phase, "Running"), (KubeFacts.Ready, isReady ? "true" : "false"), (KubeFacts.ReadySince, Instant(pod)),
                (KubeFacts.PodIp, Ip(10, pod)), (KubeFacts.NodeName, node.Name), (KubeFacts.StartedAt, Instant(pod)),
                (KubeFacts.CreatedAt, Instant(pod)), (KubeFacts.Restarts, "0"), (KubeFacts.Images, $"app={ImageOf(workload)}"),
                (KubeFacts.CpuLimitCores, "1"), (KubeFacts.CpuRequestCores, "0.25"), (KubeFacts.MemoryLimitBytes, "536870912"),
            ],
            new Label("app", $"app-{workload}"), new Label("pod-template-hash", $"{workload:x8}"), new Label("tier", "backend"));
    }

    /// <summary>The end of a pod's life.</summary>
    public KubeObject Gone(int pod, int life) => Pod(pod, life, isReady: false) with { IsDeleted = true };

    private static KubeObject Object(
        EntityRef entity, int life, ImmutableArray<Relation> relations, (string Key, string Value)[] facts, params Label[] labels) =>
        new(Start, entity, $"{entity.Namespace}-{entity.Name}-{life:x8}", "1", false, [.. labels],
            facts.ToImmutableSortedDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal), relations);

    private static EntityRef PodEntity(int pod, int life) => new(
        Scope.Default, NamespaceOf(pod / PodsPerWorkload), EntityKinds.Pod,
        string.Create(CultureInfo.InvariantCulture, $"app-{pod / PodsPerWorkload}-{pod / PodsPerWorkload:x8}-{pod % PodsPerWorkload}{life}"));

    private static EntityRef Deployment(int workload) => new(
        Scope.Default, NamespaceOf(workload), EntityKinds.Deployment, string.Create(CultureInfo.InvariantCulture, $"app-{workload}"));

    private static EntityRef ReplicaSet(int workload) => Deployment(workload) with
    {
        Kind = EntityKinds.ReplicaSet,
        Name = string.Create(CultureInfo.InvariantCulture, $"app-{workload}-{workload:x8}"),
    };

    private static EntityRef Claim(int pod) => PodEntity(pod, 0) with { Kind = EntityKinds.PersistentVolumeClaim };

    private static EntityRef NodeOf(int node) => new(
        Scope.Default, EntityRef.NoNamespace, EntityKinds.Node, string.Create(CultureInfo.InvariantCulture, $"node-{node:d4}.example.com"));

    private static string ImageOf(int workload) =>
        string.Create(CultureInfo.InvariantCulture, $"registry.example.com/team/app-{workload}:1.{workload % 9}");

    private static string NamespaceOf(int workload) =>
        string.Create(CultureInfo.InvariantCulture, $"team-{workload / WorkloadsPerNamespace}");

    private static string Ip(int first, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}");

    private static string Instant(int number) =>
        Start.AddSeconds(-number).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static KubeObject Workload(int workload) => Object(
        Deployment(workload), 0,
        [
            new(RelationKind.Mounts, Deployment(workload), Deployment(workload) with { Kind = EntityKinds.ConfigMap }),
            new(RelationKind.ReleasedBy, Deployment(workload), new EntityRef(Scope.Default, EntityRef.NoNamespace, EntityKinds.Image, ImageOf(workload))),
        ],
        [
            (KubeFacts.Replicas, "10"), (KubeFacts.ReadyReplicas, "10"), (KubeFacts.UpdatedReplicas, "10"),
            (KubeFacts.Revision, "3"), (KubeFacts.TemplateHash, $"{workload:x16}"), (KubeFacts.ConfigRefs, $"ConfigMap/app-{workload}"),
            (KubeFacts.Images, $"app={ImageOf(workload)}"), (KubeFacts.CreatedAt, Instant(workload)),
        ],
        new Label("app", $"app-{workload}"));

    private static KubeObject Endpoints(int workload, int without = -1)
    {
        var pods = Enumerable.Range(workload * PodsPerWorkload, PodsPerWorkload).Where(pod => pod != without).ToArray();
        var service = Deployment(workload) with { Kind = EntityKinds.Service };
        return Object(
            service with { Kind = EntityKinds.Endpoints }, 0,
            [.. pods.Select(pod => new Relation(RelationKind.Selects, service, PodEntity(pod, 0)))],
            [(KubeFacts.ReadyAddresses, string.Join(',', pods.Select(pod => Ip(10, pod))))]);
    }
}
