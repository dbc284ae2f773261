using System.Collections.Immutable;

namespace CaaS.Orchestration.Policies;

/// <summary>One policy as a file says it, not yet judged.</summary>
/// <param name="Source">File it is from, for messages.</param>
/// <param name="Line">Line it begins at, from 1.</param>
/// <param name="Fields">Its fields, nested keys joined by a dot, in the order of the file.</param>
public sealed record PolicyDraft(string Source, int Line, ImmutableArray<PolicyField> Fields);
