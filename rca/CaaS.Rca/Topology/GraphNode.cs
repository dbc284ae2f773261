using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>One entity of the graph and its last known state.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Facts">State by the keys of <see cref="KubeFacts"/>, sorted by key.</param>
/// <param name="IsAbnormal">True while it has an open symptom.</param>
/// <param name="Pods">Names of its pods and the node each runs on.</param>
public sealed record GraphNode(
    EntityRef Entity,
    IReadOnlyDictionary<string, string> Facts,
    bool IsAbnormal,
    ImmutableArray<Label> Pods);
