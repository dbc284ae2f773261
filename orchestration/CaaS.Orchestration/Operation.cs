using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Orchestration;

/// <summary>One thing to do to a cloud, from proposal to verification.</summary>
/// <param name="Id">Hash of incident, kind, target and proposal number; 12 lower-case hex digits; also the idempotency token sent with the call.</param>
/// <param name="Scope">Scope.</param>
/// <param name="IncidentId">Incident it is for, or empty when a person asked for it.</param>
/// <param name="Policy">Policy that proposed it, or empty.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Target">What to do it to: a workload, a node or a pod.</param>
/// <param name="Parameters">Arguments by name: <c>toRevision</c>, <c>replicas</c>, sorted.</param>
/// <param name="Reason">One sentence: why.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Revision">Grows with every change, from 1.</param>
/// <param name="ProposedAt">When it was first made, UTC.</param>
/// <param name="ExpiresAt">When a proposal lapses, UTC.</param>
/// <param name="Checks">Preconditions and rails.</param>
/// <param name="Diff">Server-side dry run: what would change, unified-diff text; empty until it ran.</param>
/// <param name="Undo">How it is undone, one sentence, or <c>irreversible</c>.</param>
/// <param name="Before">State needed to undo it, by name, read before the call; sorted.</param>
/// <param name="VerifyBy">Deadline of the verification, UTC; null until executed.</param>
/// <param name="History">Audit trail, by time.</param>
public sealed record Operation(
    string Id,
    Scope Scope,
    string IncidentId,
    string Policy,
    OperationKind Kind,
    EntityRef Target,
    ImmutableSortedDictionary<string, string> Parameters,
    string Reason,
    OperationStatus Status,
    int Revision,
    DateTimeOffset ProposedAt,
    DateTimeOffset ExpiresAt,
    ImmutableArray<OperationCheck> Checks,
    string Diff,
    string Undo,
    ImmutableSortedDictionary<string, string> Before,
    DateTimeOffset? VerifyBy,
    ImmutableArray<OperationStep> History);
