namespace CaaS.Client.Wire;

/// <summary>One series that was measured.</summary>
/// <param name="Entity">What is measured, as <c>namespace/Kind/name</c>.</param>
/// <param name="Metric">Metric name.</param>
/// <param name="Kind"><c>gauge</c>, <c>counter</c> or another kind, in camelCase.</param>
/// <param name="Labels">Remaining labels, by name.</param>
public sealed record Series(string Entity, string Metric, string Kind, IReadOnlyList<Label> Labels);
