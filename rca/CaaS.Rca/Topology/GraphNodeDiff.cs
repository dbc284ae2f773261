using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>What is different about an entity that is in both graphs.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Facts">Facts that differ, by name.</param>
/// <param name="AddedPods">Pods it did not have, or had on another node, each with its node.</param>
/// <param name="RemovedPods">Pods it has no more, or has on another node, each with the node it was on.</param>
public sealed record GraphNodeDiff(
    EntityRef Entity,
    ImmutableArray<FactDiff> Facts,
    ImmutableArray<Label> AddedPods,
    ImmutableArray<Label> RemovedPods);
