using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>What is different between two graphs.</summary>
/// <param name="From">Instant of the first, UTC.</param>
/// <param name="To">Instant of the second, UTC.</param>
/// <param name="AddedNodes">Entities only the second has.</param>
/// <param name="RemovedNodes">Entities only the first has.</param>
/// <param name="ChangedNodes">Entities both have, whose facts or pods differ.</param>
/// <param name="AddedEdges">Edges only the second has.</param>
/// <param name="RemovedEdges">Edges only the first has.</param>
public sealed record GraphDiff(
    DateTimeOffset From,
    DateTimeOffset To,
    ImmutableArray<EntityRef> AddedNodes,
    ImmutableArray<EntityRef> RemovedNodes,
    ImmutableArray<GraphNodeDiff> ChangedNodes,
    ImmutableArray<Relation> AddedEdges,
    ImmutableArray<Relation> RemovedEdges)
{
    /// <summary>Compares two graphs.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The second.</param>
    /// <returns>The differences, in the order of the graphs; O(nodes + edges).</returns>
    public static GraphDiff Between(GraphSnapshot from, GraphSnapshot to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var before = from.Nodes.ToDictionary(node => node.Entity);
        var after = to.Nodes.Select(node => node.Entity).ToHashSet();
        var (edgesBefore, edgesAfter) = (from.Edges.ToHashSet(), to.Edges.ToHashSet());
        return new GraphDiff(
            from.At,
            to.At,
            [.. to.Nodes.Select(node => node.Entity).Where(entity => !before.ContainsKey(entity))],
            [.. from.Nodes.Select(node => node.Entity).Where(entity => !after.Contains(entity))],
            [.. to.Nodes.Where(node => before.ContainsKey(node.Entity))
                .Select(node => Between(before[node.Entity], node))
                .Where(node => node.Facts.Length + node.AddedPods.Length + node.RemovedPods.Length > 0)],
            [.. to.Edges.Where(edge => !edgesBefore.Contains(edge))],
            [.. from.Edges.Where(edge => !edgesAfter.Contains(edge))]);
    }

    private static GraphNodeDiff Between(GraphNode before, GraphNode after)
    {
        var facts = before.Facts.Keys.Union(after.Facts.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => new FactDiff(
                name, before.Facts.GetValueOrDefault(name, ""), after.Facts.GetValueOrDefault(name, "")))
            .Where(fact => !string.Equals(fact.Before, fact.After, StringComparison.Ordinal));
        return new GraphNodeDiff(
            after.Entity, [.. facts], [.. after.Pods.Except(before.Pods)], [.. before.Pods.Except(after.Pods)]);
    }
}
