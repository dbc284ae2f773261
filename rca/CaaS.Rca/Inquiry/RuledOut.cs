namespace CaaS.Rca.Inquiry;

/// <summary>An entity that looked bad and is not the cause.</summary>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Reason">What explains it away, in one sentence.</param>
public sealed record RuledOut(int Entity, string Reason);
