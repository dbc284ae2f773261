namespace CaaS.Client.Wire;

/// <summary>One thing to do to a cloud, from proposal to verification.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope"><c>tenant/cluster</c>.</param>
/// <param name="IncidentId">Incident it is for, or empty when a person asked for it.</param>
/// <param name="Policy">Policy that proposed it, or empty.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Target">What to do it to, as <c>namespace/Kind/name</c>.</param>
/// <param name="Parameters">Arguments by name.</param>
/// <param name="Reason">One sentence: why.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Revision">Grows with every change, from 1.</param>
/// <param name="ProposedAt">When it was first made, UTC.</param>
/// <param name="ExpiresAt">When a proposal lapses, UTC.</param>
/// <param name="Checks">Preconditions and rails.</param>
/// <param name="Diff">Server-side dry run as unified-diff text; empty until it ran.</param>
/// <param name="Undo">How it is undone, one sentence, or <c>irreversible</c>.</param>
/// <param name="VerifyBy">Deadline of the verification, UTC; null until executed.</param>
/// <param name="History">Audit trail, by time.</param>
public sealed record Operation(
    string Id,
    string Scope,
    string IncidentId,
    string Policy,
    OperationKind Kind,
    string Target,
    IReadOnlyDictionary<string, string> Parameters,
    string Reason,
    OperationStatus Status,
    int Revision,
    DateTimeOffset ProposedAt,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<OperationCheck> Checks,
    string Diff,
    string Undo,
    DateTimeOffset? VerifyBy,
    IReadOnlyList<OperationStep> History);
