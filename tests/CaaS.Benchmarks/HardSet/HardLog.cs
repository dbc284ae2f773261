namespace CaaS.Benchmarks.HardSet;

/// <summary>How often a workload logged a template.</summary>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Template">The template.</param>
/// <param name="Counts">Lines in each minute of the case.</param>
internal sealed record HardLog(int Entity, string Template, int[] Counts);
