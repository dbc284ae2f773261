namespace CaaS.Client.Wire;

/// <summary>What is different between the topologies of two instants.</summary>
/// <param name="From">The first instant, UTC.</param>
/// <param name="To">The second instant, UTC.</param>
/// <param name="AddedNodes">Entities only the second has, as <c>namespace/Kind/name</c>.</param>
/// <param name="RemovedNodes">Entities only the first has.</param>
/// <param name="ChangedNodes">Entities both have, whose facts or pods differ.</param>
/// <param name="AddedEdges">Edges only the second has.</param>
/// <param name="RemovedEdges">Edges only the first has.</param>
public sealed record GraphDiff(
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<string> AddedNodes,
    IReadOnlyList<string> RemovedNodes,
    IReadOnlyList<GraphNodeDiff> ChangedNodes,
    IReadOnlyList<GraphEdge> AddedEdges,
    IReadOnlyList<GraphEdge> RemovedEdges);
