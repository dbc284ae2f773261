using System.Collections.Immutable;

namespace CaaS.Rca.FaultClasses;

/// <summary>What faults of one family have in common: what else is seen, and what speaks against them.</summary>
/// <param name="Evidence">What supports them.</param>
/// <param name="Contradicting">What speaks against them.</param>
public sealed record FaultProfile(ImmutableArray<EvidenceRule> Evidence, ImmutableArray<EvidenceRule> Contradicting);
