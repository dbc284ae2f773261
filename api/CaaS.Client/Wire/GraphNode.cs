namespace CaaS.Client.Wire;

/// <summary>One entity of the topology.</summary>
/// <param name="Entity"><c>namespace/Kind/name</c>.</param>
/// <param name="Facts">Last known state by name.</param>
/// <param name="IsAbnormal">True while it has an open symptom.</param>
/// <param name="Pods">Names of its pods, each with the node it runs on.</param>
public sealed record GraphNode(
    string Entity, IReadOnlyDictionary<string, string> Facts, bool IsAbnormal, IReadOnlyList<Label> Pods);
