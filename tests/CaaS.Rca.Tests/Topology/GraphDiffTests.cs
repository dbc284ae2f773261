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
        Assert.Equal("n2", Assert.Single(diff.AddedEdges).To.Name);
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
