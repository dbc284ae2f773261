using CaaS.Signals;

namespace CaaS.Rca.Priors;

/// <summary>A cause and what a person says of it.</summary>
/// <param name="Entity">The workload, node or other thing.</param>
/// <param name="FaultClass">Id of its fault class; empty when it was not said.</param>
/// <param name="Verdict">What is said.</param>
public readonly record struct JudgedCause(EntityRef Entity, string FaultClass, CauseVerdict Verdict);
