namespace CaaS.Client.Wire;

/// <summary>One possible cause.</summary>
/// <param name="Rank">Place in the ranking, from 1.</param>
/// <param name="Entity">The owning workload, or the node, as <c>namespace/Kind/name</c>.</param>
/// <param name="FaultClass">Id of a fault class, such as <c>bad-release</c>.</param>
/// <param name="Confidence">Probability that this is the cause, 0 to 1.</param>
/// <param name="FirstAbnormal">Earliest evidence, UTC.</param>
/// <param name="Evidence">Reasons, strongest first.</param>
/// <param name="Path">Entities from the cause to the symptom, both included.</param>
public sealed record Hypothesis(
    int Rank,
    string Entity,
    string FaultClass,
    double Confidence,
    DateTimeOffset FirstAbnormal,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<string> Path);
