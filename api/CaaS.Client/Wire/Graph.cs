namespace CaaS.Client.Wire;

/// <summary>The topology at one instant.</summary>
/// <param name="At">Instant, UTC.</param>
/// <param name="Nodes">Workloads, services, nodes, config.</param>
/// <param name="Edges">Typed edges between them.</param>
public sealed record Graph(DateTimeOffset At, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges);
