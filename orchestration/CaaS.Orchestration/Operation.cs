using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CaaS.Signals;

namespace CaaS.Orchestration;

/// <summary>One thing to do to a cloud, from proposal to verification.</summary>
/// <param name="Id">Hash of incident, kind, target and proposal number; 12 lower-case hex digits; also the
/// idempotency token sent with the call.</param>
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
    ImmutableArray<OperationStep> History)
{
    /// <summary>Text of <see cref="Undo"/> for an operation that cannot be undone; such a one always needs a
    /// person.</summary>
    public const string Irreversible = "irreversible";

    /// <summary>How far it may go without a person; taken from the policy when it was proposed.</summary>
    public PolicyMode Mode { get; init; } = PolicyMode.Approve;

    /// <summary>How long the symptoms may take to end; taken from the policy when it was proposed.</summary>
    public TimeSpan VerifyWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a failed verification undoes it; taken from the policy when it was proposed.</summary>
    public bool UndoOnFailure { get; init; }

    /// <summary>Who allowed it: a person's name or <c>policy:name</c>; empty while nobody has.</summary>
    public string ApprovedBy { get; init; } = "";

    /// <summary>When it was allowed, UTC; null while nobody has. An approval lapses soon.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When it entered <see cref="OperationStatus.Executing"/>, UTC; null when it never did. Cooldowns and
    /// budgets count it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When its effect was first seen complete on the cluster, UTC; null until then.</summary>
    public DateTimeOffset? EffectSeenAt { get; init; }

    /// <summary>What became of undoing it.</summary>
    public UndoState Undoing { get; init; } = UndoState.None;

    /// <summary>Whether its life is not over: a restart must take it up again.</summary>
    [JsonIgnore]
    public bool IsLive => Status is OperationStatus.Checking or OperationStatus.Proposed
        or OperationStatus.Executing or OperationStatus.Verifying || Undoing == UndoState.Pending;

    /// <summary>Whether it waits for checks or for a person and nothing was sent yet.</summary>
    [JsonIgnore]
    public bool IsWaiting => Status is OperationStatus.Checking or OperationStatus.Proposed;

    /// <summary>Whether it may be disturbing the cluster now: sent and its effect not yet seen, or being
    /// undone.</summary>
    [JsonIgnore]
    public bool IsUnderWay => Status == OperationStatus.Executing
        || (Status == OperationStatus.Verifying && EffectSeenAt is null) || Undoing == UndoState.Pending;
}
