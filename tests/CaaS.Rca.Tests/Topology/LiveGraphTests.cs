using System.Collections.Immutable;
using CaaS.Rca.Topology;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests.Topology;

public sealed class LiveGraphTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly RcaOptions _options = new();
    private readonly LiveGraph _graph;

    public LiveGraphTests() => _graph = new LiveGraph(_options);

    [Fact]
    public void An_edge_is_there_from_the_first_statement_to_the_end_of_the_last()
    {
        Fold(Endpoints("cart-a", "cart", "pod"), 0);
        Fold(Endpoints("cart-b", "cart", "pod"), 1);
        Fold(Endpoints("cart-a", "cart", "pod") with { IsDeleted = true }, 2);
        Assert.True(Assert.Single(_graph.Edges).Life is { IsOver: false });

        Fold(Endpoints("cart-b", "cart", "pod") with { IsDeleted = true }, 3);

        var (edge, life) = Assert.Single(_graph.Edges);
        Assert.Equal("shop/Pod/pod", edge.To.ToString());
        Assert.Equal((Start, Start.AddMinutes(3)), (life.From, life.To));
        _graph.Sweep(Start.AddMinutes(4) + _options.Retention);
        Assert.Empty(_graph.Edges);
    }

    [Fact]
    public void An_edge_that_comes_back_keeps_its_first_start_and_outlives_the_sweep_of_its_first_end()
    {
        Fold(Pod("cart-1", "u1", "n1"), 0);
        Fold(Pod("cart-1", "u1", "n2"), 1);
        Fold(Pod("cart-1", "u1", "n1"), 2);
        _graph.Sweep(Start + _options.Retention + TimeSpan.FromMinutes(90));

        var (edge, life) = Assert.Single(_graph.Edges, item => item is { Edge.Kind: RelationKind.RunsOn, Life.IsOver: false });
        Assert.Equal(("n1", Start), (edge.To.Name, life.From));
        Assert.Equal("n1", _graph.NodeOf(edge.From)!.Value.Name);
    }

    [Fact]
    public void A_pod_made_anew_under_its_name_is_not_swept_with_the_one_before()
    {
        Fold(Pod("cart-1", "u1", "n1"), 0);
        Fold(Pod("cart-1", "u1", "n1") with { IsDeleted = true }, 1);
        Fold(Pod("cart-1", "u2", "n2"), 2);
        _graph.Sweep(Start + _options.Retention + TimeSpan.FromMinutes(90));

        var state = Assert.Single(_graph.OfKind(EntityKinds.Pod));
        Assert.Equal(("u2", "n2"), (state.Uid, state.Fact(KubeFacts.NodeName)));
        Assert.Equal("n2", _graph.NodeOf(state.Entity)!.Value.Name);
    }

    [Fact]
    public void What_is_gone_is_known_for_a_while_and_then_leaves_nothing_behind()
    {
        for (var round = 0; round < 3; round++)
        {
            var minute = round * 100;
            Fold(Pod("cart-1", $"u{round}", "n1"), minute);
            Fold(Pod("cart-1", $"u{round}", "n1") with { IsDeleted = true }, minute + 1);
            _graph.Sweep(Start.AddMinutes(minute + 20));
            Assert.Equal("cart", _graph.OwnerOf(Entity(EntityKinds.Pod, "cart-1")).Name);

            _graph.Sweep(Start.AddMinutes(minute + 99));
            Assert.Empty(_graph.OfKind(EntityKinds.Pod));
            Assert.Equal("cart-1", _graph.OwnerOf(Entity(EntityKinds.Pod, "cart-1")).Name);
            Assert.Null(_graph.NodeOf(Entity(EntityKinds.Pod, "cart-1")));
        }
    }

    [Fact]
    public void A_full_graph_takes_no_more_objects_and_counts_them()
    {
        _options.MaxObjects = 1;
        Fold(Pod("cart-1", "u1", "n1"), 0);
        Fold(Pod("cart-2", "u2", "n1"), 0);

        Assert.Single(_graph.OfKind(EntityKinds.Pod));
        Assert.Equal(1, _graph.DroppedCount);
    }

    [Fact]
    public void A_past_graph_leads_from_a_workload_over_its_claim_to_the_disks()
    {
        var claim = Entity(EntityKinds.PersistentVolumeClaim, "data");
        var volume = ClusterWide(EntityKinds.PersistentVolume, "pv1");
        var pool = ClusterWide(EntityKinds.CephPool, "rbd");
        var cluster = ClusterWide(EntityKinds.CephCluster, "ceph");
        var osd = ClusterWide(EntityKinds.CephOsd, "osd.0");
        var workload = Entity(EntityKinds.Deployment, "cart");
        KubeObject[] objects =
        [
            Object(workload, "w", [new(RelationKind.Mounts, workload, claim)]),
            Object(claim, "c", [new(RelationKind.StoredOn, claim, volume)]),
            Object(volume, "v", [new(RelationKind.StoredOn, volume, pool)]),
            Object(pool, "p", [new(RelationKind.StoredOn, pool, cluster)]),
            Object(cluster, "f", [new(RelationKind.StoredOn, cluster, osd), new(RelationKind.StoredOn, cluster, ClusterWide(EntityKinds.CephOsd, "osd.9"))]),
            Object(osd, "o", []),
        ];

        var past = PastTopology.Of(Scope.Default, objects, Start);

        Assert.Equal(
            """
            Mounts shop/Deployment/cart shop/PersistentVolumeClaim/data
            StoredOn -/CephCluster/ceph -/CephOsd/osd.0
            StoredOn -/CephPool/rbd -/CephCluster/ceph
            StoredOn -/PersistentVolume/pv1 -/CephPool/rbd
            StoredOn shop/PersistentVolumeClaim/data -/PersistentVolume/pv1
            Owns -/Cluster/default -/Namespace/shop
            Owns -/Namespace/shop shop/Deployment/cart
            """,
            string.Join('\n', past.Edges.Select(edge => $"{edge.Kind} {edge.From} {edge.To}")));
        Assert.Equal(8, past.Nodes.Length);
        Assert.Equal(Start, past.At);
    }

    private static EntityRef Entity(string kind, string name) => new(Scope.Default, "shop", kind, name);

    private static EntityRef ClusterWide(string kind, string name) => new(Scope.Default, EntityRef.NoNamespace, kind, name);

    private static KubeObject Object(
        EntityRef entity, string uid, ImmutableArray<Relation> relations, params (string Key, string Value)[] facts) =>
        new(Start, entity, uid, "1", false, [],
            facts.ToImmutableSortedDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal), relations);

    private static KubeObject Pod(string name, string uid, string node)
    {
        var pod = Entity(EntityKinds.Pod, name);
        return Object(
            pod, uid,
            [
                new(RelationKind.RunsOn, pod, ClusterWide(EntityKinds.Node, node)),
                new(RelationKind.Owns, Entity(EntityKinds.Deployment, "cart"), pod),
            ],
            (KubeFacts.NodeName, node));
    }

    private static KubeObject Endpoints(string name, string service, string pod) => Object(
        Entity(EntityKinds.Endpoints, name), name,
        [new(RelationKind.Selects, Entity(EntityKinds.Service, service), Entity(EntityKinds.Pod, pod))]);

    private void Fold(KubeObject state, int minute) => _graph.Fold(state, Start.AddMinutes(minute));
}
