using CaaS.Client.Wire;
using CaaS.Web.Charts;
using Xunit;

namespace CaaS.Web.Tests.Charts;

public sealed class TopologyMapTests
{
    [Fact]
    public void Callers_stand_left_of_what_they_call_and_machines_last()
    {
        var map = TopologyMap.Of(Given.Graph().Nodes, Given.Graph().Edges, []);

        Assert.True(X(map, "gateway") < X(map, "checkout"));
        Assert.True(X(map, "checkout") < X(map, "cart"));
        Assert.True(X(map, "cart") < X(map, "node1"));
        Assert.DoesNotContain(map.Nodes, box => box.Kind == "Service");
        Assert.All(map.Nodes, box => Assert.Equal("", box.Mark));
    }

    [Fact]
    public void No_two_boxes_cover_each_other()
    {
        var map = TopologyMap.Of(Nodes(60, _ => false), [], []);

        Assert.Equal(60, map.Nodes.Select(box => (box.X, box.Y)).Distinct().Count());
        Assert.All(map.Nodes, box => Assert.True(
            box.X + TopologyMap.BoxWidth <= map.Width && box.Y + TopologyMap.BoxHeight <= map.Height));
    }

    [Fact]
    public void An_arrow_along_a_row_goes_below_the_boxes_between()
    {
        GraphEdge[] edges = [new("calls", "s/Pod/p0", "s/Pod/p1"), new("calls", "s/Pod/p1", "s/Pod/p2"), new("calls", "s/Pod/p0", "s/Pod/p2")];

        var map = TopologyMap.Of(Nodes(3, _ => false), edges, []);

        Assert.Equal(["M182 36C227 36 227 36 272 36", "M442 36C487 36 487 36 532 36", "M182 36C357 82 357 82 532 36"], map.Edges.Select(edge => edge.Path));
    }

    [Fact]
    public void A_circle_of_calls_ends()
    {
        var nodes = Nodes(3, _ => false);
        GraphEdge[] edges =
            [new("calls", "s/Pod/p0", "s/Pod/p1"), new("calls", "s/Pod/p1", "s/Pod/p2"), new("calls", "s/Pod/p2", "s/Pod/p0"), new("calls", "s/Pod/p0", "s/Pod/p0")];

        var map = TopologyMap.Of(nodes, edges, []);

        Assert.Equal(3, map.Nodes.Count);
        Assert.Equal(3, map.Edges.Count);
    }

    [Fact]
    public void Of_too_many_the_marked_and_the_abnormal_are_kept()
    {
        var nodes = Nodes(500, number => number is 444 or 445);

        var map = TopologyMap.Of(nodes, [new("calls", "s/Pod/p498", "nowhere/Pod/x")], ["s/Pod/p499"]);

        Assert.Equal(200, map.Nodes.Count);
        Assert.Equal(300, map.Hidden);
        Assert.Empty(map.Edges);
        Assert.Equal("cause", map.Nodes.Single(box => box.Name == "p499").Mark);
        Assert.Equal(2, map.Nodes.Count(box => box.IsAbnormal));
    }

    [Fact]
    public void A_path_is_marked_whichever_way_its_edges_point()
    {
        var map = TopologyMap.Of(Given.Graph().Nodes, Given.Graph().Edges, [Given.Cart, Given.Checkout, Given.Gateway]);

        Assert.Equal(
            ["aside", "aside", "on", "on"], map.Edges.Select(edge => edge.Mark).Order(StringComparer.Ordinal));
        Assert.Equal(
            "cart=cause checkout=between gateway=symptom node1=aside stock=aside wiki=aside",
            string.Join(' ', map.Nodes.OrderBy(box => box.Name, StringComparer.Ordinal).Select(box => $"{box.Name}={box.Mark}")));
    }

    [Fact]
    public void The_same_graph_in_another_order_is_the_same_drawing()
    {
        var graph = Given.Graph();

        var one = TopologyMap.Of(graph.Nodes, graph.Edges, []);
        var other = TopologyMap.Of([.. graph.Nodes.Reverse()], [.. graph.Edges.Reverse()], []);

        Assert.Equal(one.Nodes.Select(box => (box.Name, box.X, box.Y)).Order(), other.Nodes.Select(box => (box.Name, box.X, box.Y)).Order());
    }

    private static double X(TopologyMap map, string name) => map.Nodes.Single(box => box.Name == name).X;

    private static GraphNode[] Nodes(int count, Func<int, bool> isAbnormal) =>
    [
        .. Enumerable.Range(0, count).Select(number =>
            new GraphNode($"s/Pod/p{number}", new Dictionary<string, string>(), isAbnormal(number), [])),
    ];
}
