using System.Collections.Immutable;
using CaaS.Rca.Topology;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests.Topology;

public sealed class GraphDiffTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly EntityRef Cart = new(Scope.Default, "shop", EntityKinds.Deployment, "cart");

    [Fact]
    public void What_came_what_went_and_what_changed_is_told_apart()
    {
        var before = PastTopology.Of(Scope.Default, [Workload("1"), Pod("cart-a", "n1"), Pod("cart-b", "n1"), Node("n1")], Then);
        var after = PastTopology.Of(
            Scope.Default, [Workload("2"), Pod("cart-a", "n1"), Pod("cart-b", "n2"), Node("n1"), Node("n2")], Then.AddHours(1));

        var diff = GraphDiff.Between(before, after);

        Assert.Equal((Then, Then.AddHours(1)), (diff.From, diff.To));
        Assert.Equal("-/Node/n2", Assert.Single(diff.AddedNodes).ToString());
        Assert.Empty(diff.RemovedNodes);
        var cart = Assert.Single(diff.ChangedNodes);
        Assert.Equal((Cart, new FactDiff(KubeFacts.Revision, "1", "2")), (cart.Entity, Assert.Single(cart.Facts)));
        Assert.Equal(new Label("cart-b", "n2"), Assert.Single(cart.AddedPods));
        Assert.Equal(new Label("cart-b", "n1"), Assert.Single(cart.RemovedPods));
        Assert.Equal(
            ["-/Cluster/default Owns -/Node/n2", "shop/Deployment/cart RunsOn -/Node/n2"],
            diff.AddedEdges.Select(edge => $"{edge.From} {edge.Kind} {edge.To}").Order(StringComparer.Ordinal));
        Assert.Empty(diff.RemovedEdges);

        var back = GraphDiff.Between(after, before);
        Assert.Equal(diff.AddedNodes, back.RemovedNodes);
        Assert.Equal(diff.AddedEdges, back.RemovedEdges);
    }

    [Fact]
    public void A_graph_differs_from_itself_in_nothing_and_from_none_in_all()
    {
        var graph = PastTopology.Of(Scope.Default, [Workload("1"), Pod("cart-a", "n1"), Node("n1")], Then);

        var same = GraphDiff.Between(graph, PastTopology.Of(Scope.Default, [Workload("1"), Pod("cart-a", "n1"), Node("n1")], Then));
        var all = GraphDiff.Between(new GraphSnapshot(Then, [], []), graph);

        Assert.Empty(same.AddedNodes.Concat(same.RemovedNodes).Concat(same.ChangedNodes.Select(node => node.Entity)));
        Assert.Empty(same.AddedEdges.Concat(same.RemovedEdges));
        Assert.Equal(graph.Nodes.Select(node => node.Entity), all.AddedNodes);
        Assert.Equal(graph.Edges.AsEnumerable(), all.AddedEdges);
    }

    [Fact]
    public void A_release_is_another_image_of_the_same_container()
    {
        var before = PastTopology.Of(Scope.Default, [Release("shop/cart:1"), Pod("cart-a", "n1"), Pod("cart-b", "n1")], Then);
        var after = PastTopology.Of(Scope.Default, [Release("shop/cart:2"), Pod("cart-a", "n1"), Pod("cart-b", "n1")], Then);

        var diff = GraphDiff.Between(before, after);

        Assert.Equal(
            [
                "-/Cluster/default Owns n1", "-/Cluster/default Owns shop-space", "cart Owns cart app",
                "cart Owns cart proxy", "cart app ReleasedBy shop/cart:1", "cart proxy ReleasedBy mesh/proxy:7",
                "shop-space Owns cart",
            ],
            before.Edges.Where(edge => edge.Kind is RelationKind.Owns or RelationKind.ReleasedBy)
                .Select(edge => $"{Short(edge.From)} {edge.Kind} {Short(edge.To)}").Order(StringComparer.Ordinal));
        Assert.Equal("cart app ReleasedBy shop/cart:2", Text(Assert.Single(diff.AddedEdges)));
        Assert.Equal("cart app ReleasedBy shop/cart:1", Text(Assert.Single(diff.RemovedEdges)));
        Assert.Equal("-/Image/shop/cart:2", Assert.Single(diff.AddedNodes).ToString());

        static string Text(Relation edge) => $"{Short(edge.From)} {edge.Kind} {Short(edge.To)}";
        static string Short(EntityRef entity) => entity.Kind switch
        {
            EntityKinds.Cluster => entity.ToString(),
            EntityKinds.Namespace => $"{entity.Name}-space",
            _ => entity.Name,
        };
    }

    [Fact]
    public void What_nothing_is_linked_with_is_a_node_all_the_same()
    {
        var pool = new EntityRef(Scope.Default, EntityRef.NoNamespace, EntityKinds.IPPool, "default-pool");
        var gone = pool with { Name = "old-pool" };

        var graph = PastTopology.Of(
            Scope.Default, [Object(pool, []), Object(gone, []), Object(gone, []) with { IsDeleted = true }], Then);

        Assert.Equal("-/IPPool/default-pool", Assert.Single(graph.Nodes).Entity.ToString());
    }

    private static KubeObject Release(string image) => Object(Cart, [], (KubeFacts.Images, $"app={image},proxy=mesh/proxy:7"));

    private static KubeObject Workload(string revision) => Object(Cart, [], (KubeFacts.Revision, revision));

    private static KubeObject Node(string name) => Object(NodeRef(name), []);

    private static EntityRef NodeRef(string name) => new(Scope.Default, EntityRef.NoNamespace, EntityKinds.Node, name);

    private static KubeObject Pod(string name, string node)
    {
        var pod = Cart with { Kind = EntityKinds.Pod, Name = name };
        return Object(pod, [new(RelationKind.Owns, Cart, pod), new(RelationKind.RunsOn, pod, NodeRef(node))], (KubeFacts.NodeName, node));
    }

    private static KubeObject Object(EntityRef entity, ImmutableArray<Relation> relations, params (string Key, string Value)[] facts) => new(
        Then, entity, $"u-{entity}", "1", false, [], facts.ToImmutableSortedDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal), relations);
}
