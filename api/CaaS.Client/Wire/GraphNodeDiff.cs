namespace CaaS.Client.Wire;

/// <summary>What is different about an entity that was there at both instants.</summary>
/// <param name="Entity"><c>namespace/Kind/name</c>.</param>
/// <param name="Facts">Facts that differ, by name.</param>
/// <param name="AddedPods">Pods it did not have, or had on another node, each with its node.</param>
/// <param name="RemovedPods">Pods it has no more, or has on another node, each with the node it was on.</param>
public sealed record GraphNodeDiff(
    string Entity, IReadOnlyList<FactDiff> Facts, IReadOnlyList<Label> AddedPods, IReadOnlyList<Label> RemovedPods);
