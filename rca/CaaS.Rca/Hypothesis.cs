using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca;

/// <summary>One possible cause.</summary>
/// <param name="Rank">Place in the ranking, from 1.</param>
/// <param name="Entity">The owning workload, or the node.</param>
/// <param name="FaultClass">Id of a fault class, such as <c>bad-release</c>.</param>
/// <param name="Confidence">Probability that this is the cause, 0 to 1.</param>
/// <param name="FirstAbnormal">Earliest evidence, UTC.</param>
/// <param name="Evidence">Reasons, strongest first.</param>
/// <param name="Path">Entities from the cause to the symptom, both included.</param>
public sealed record Hypothesis(
    int Rank,
    EntityRef Entity,
    string FaultClass,
    double Confidence,
    DateTimeOffset FirstAbnormal,
    ImmutableArray<Evidence> Evidence,
    ImmutableArray<EntityRef> Path);
