namespace CaaS.Rca.FaultClasses;

/// <summary>What one feature is worth to a fault class.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Weight">Log-likelihood ratio in nats when it is seen at full strength; below zero for a contradicting
/// rule.</param>
/// <param name="IsCore">Without any of its core features a class is not considered at all.</param>
/// <param name="IsDirect">Shows the fault itself rather than its consequences.</param>
/// <param name="AbsentWeight">Log-likelihood ratio when it is not seen; zero or below.</param>
/// <param name="AbsentText">Sentence for that; <c>{entity}</c> stands for the entity.</param>
public sealed record EvidenceRule(
    string Feature,
    double Weight,
    bool IsCore = false,
    bool IsDirect = false,
    double AbsentWeight = 0,
    string AbsentText = "");
