using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>The graph at one instant, pods folded into their workloads.</summary>
/// <param name="At">Instant, UTC.</param>
/// <param name="Nodes">Workloads, services, nodes, config.</param>
/// <param name="Edges">Typed edges between them.</param>
public sealed record GraphSnapshot(
    DateTimeOffset At, ImmutableArray<GraphNode> Nodes, ImmutableArray<Relation> Edges);
