using System.Collections.Immutable;

namespace CaaS.Orchestration;

/// <summary>What preconditions and the server-side dry run of an operation said.</summary>
/// <param name="OperationId">Operation.</param>
/// <param name="Revision">Revision of the operation that was checked; a report of another one is dropped.</param>
/// <param name="ReadAt">When the cluster was read, UTC.</param>
/// <param name="Checks">What was looked at; an empty list says nothing and so allows nothing.</param>
/// <param name="Diff">What would change, unified-diff text; empty when nothing would or the dry run failed.</param>
/// <param name="Before">State needed to undo it, by name.</param>
/// <param name="Parameters">Arguments the checks settled, such as <c>toRevision</c>; they are kept with the
/// operation.</param>
/// <param name="Facts">Numbers the rails judge.</param>
public sealed record CheckReport(
    string OperationId,
    int Revision,
    DateTimeOffset ReadAt,
    ImmutableArray<OperationCheck> Checks,
    string Diff,
    ImmutableSortedDictionary<string, string> Before,
    ImmutableSortedDictionary<string, string> Parameters,
    TargetFacts Facts);
