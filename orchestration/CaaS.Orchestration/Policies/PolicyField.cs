using System.Collections.Immutable;

namespace CaaS.Orchestration.Policies;

/// <summary>One key of a policy file and what stands there.</summary>
/// <param name="Key">Key, nested keys joined by a dot, such as <c>guard.cooldown</c>.</param>
/// <param name="Values">Its value, or the items of a list.</param>
/// <param name="Line">Line it stands on, from 1.</param>
public sealed record PolicyField(string Key, ImmutableArray<string> Values, int Line);
