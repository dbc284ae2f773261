using System.Collections.Immutable;

namespace CaaS.Orchestration.Policies;

/// <summary>What policy files come to.</summary>
/// <param name="Policies">Good policies, by name.</param>
/// <param name="Messages">Everything that is wrong, each with file, line and key; empty when all is well.</param>
public sealed record PolicySet(ImmutableArray<Policy> Policies, ImmutableArray<string> Messages);
