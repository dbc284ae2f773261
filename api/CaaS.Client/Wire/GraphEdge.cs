namespace CaaS.Client.Wire;

/// <summary>One typed edge.</summary>
/// <param name="Kind">Meaning in camelCase, such as <c>calls</c> or <c>runsOn</c>.</param>
/// <param name="From">Start, as <c>namespace/Kind/name</c>.</param>
/// <param name="To">End, as <c>namespace/Kind/name</c>.</param>
public sealed record GraphEdge(string Kind, string From, string To);
