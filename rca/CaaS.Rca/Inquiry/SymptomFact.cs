namespace CaaS.Rca.Inquiry;

/// <summary>What users feel.</summary>
/// <param name="Entity">Index of the entity that hurts.</param>
/// <param name="Meaning">What is wrong there: latency or errors.</param>
public sealed record SymptomFact(int Entity, Meaning Meaning);
