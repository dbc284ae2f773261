using System.Collections.Immutable;

namespace CaaS.Orchestration;

/// <summary>When a cause of this class is found, propose this operation, within these guards.</summary>
/// <param name="Name">Unique name, lower-case letters, digits and <c>-</c>.</param>
/// <param name="Mode">How far it may go.</param>
/// <param name="FaultClasses">Trigger: ids of fault classes.</param>
/// <param name="EntityKinds">Trigger: kinds of the cause's entity; empty for any.</param>
/// <param name="Namespaces">Trigger: namespaces; empty for any.</param>
/// <param name="MinConfidence">Guard: least confidence of the cause, 0 to 1.</param>
/// <param name="RequiresRecentChange">Guard: the cause must have a change among its evidence.</param>
/// <param name="Operation">What to propose.</param>
/// <param name="Parameters">Arguments of the operation, by name.</param>
/// <param name="Cooldown">Guard: least time between two operations on one target, failures count too.</param>
/// <param name="MaxPerHour">Guard: most operations of this policy in an hour.</param>
/// <param name="ExpiresAfter">How long a proposal stands.</param>
/// <param name="VerifyWithin">How long the symptoms may take to end after it was carried out.</param>
/// <param name="UndoOnFailure">Undo the operation when its verification fails.</param>
public sealed record Policy(
    string Name,
    PolicyMode Mode,
    ImmutableArray<string> FaultClasses,
    ImmutableArray<string> EntityKinds,
    ImmutableArray<string> Namespaces,
    double MinConfidence,
    bool RequiresRecentChange,
    OperationKind Operation,
    ImmutableSortedDictionary<string, string> Parameters,
    TimeSpan Cooldown,
    int MaxPerHour,
    TimeSpan ExpiresAfter,
    TimeSpan VerifyWithin,
    bool UndoOnFailure);
