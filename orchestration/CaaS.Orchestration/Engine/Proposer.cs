using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CaaS.Orchestration.Rails;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Orchestration.Engine;

/// <summary>Turns incidents into proposals, and takes back those whose reason is gone.</summary>
internal sealed class Proposer(OperationBook book, OperationsOptions options)
{
    public void ReviewAll(StepDraft draft)
    {
        foreach (var incident in book.Incidents.Where(i => i.Status is not IncidentStatus.Resolved).ToArray())
        {
            Review(incident, draft);
        }
    }

    /// <summary>Brings the proposals of one incident in line with its first-ranked cause and the policies.</summary>
    public void Review(Incident incident, StepDraft draft)
    {
        var isOpen = incident.Status is IncidentStatus.Open or IncidentStatus.Mitigated;
        var cause = isOpen ? incident.Hypotheses.OrderBy(h => h.Rank).FirstOrDefault() : null;
        var matching = cause is null ? [] : Matching(incident, cause);
        Withdraw(incident, cause, matching, draft);
        if (cause is null)
        {
            return;
        }

        foreach (var policy in matching)
        {
            var earlier = book.ProposedFor(incident.Id, policy.Operation, cause.Entity);
            if (earlier.Any(IsSpent))
            {
                continue;
            }

            if (MayPropose(incident, policy, earlier, draft.Now))
            {
                Propose(incident, cause, policy, earlier.Length + 1, draft);
            }

            return;
        }
    }

    /// <summary>Proposes to open a cordoned node again once it is well; a person decides.</summary>
    public void ReviewCordons(StepDraft draft)
    {
        foreach (var cordon in book.Operations.Where(o => IsNoLongerNeeded(o, draft.Now)).ToArray())
        {
            var earlier = book.ProposedFor(cordon.IncidentId, OperationKind.Uncordon, cordon.Target);
            var id = IdOf("lift:" + cordon.Id, OperationKind.Uncordon, cordon.Target, earlier.Length + 1);
            if (earlier.Length > 0 && (earlier[^1].Status != OperationStatus.Blocked
                || draft.Now - earlier[^1].History[^1].Time < options.ReproposeAfter
                || earlier.Length >= options.MaxProposalsPerIncident))
            {
                continue;
            }

            var reason = $"{cordon.Target} is well again; it was cordoned for incident {cordon.IncidentId}.";
            var none = ImmutableSortedDictionary<string, string>.Empty;
            var lift = new Operation(
                id, cordon.Scope, cordon.IncidentId, "", OperationKind.Uncordon, cordon.Target, none, reason,
                OperationStatus.Checking, Revision: 0, draft.Now, draft.Now + options.LiftExpiresAfter, [], "",
                UndoOf(OperationKind.Uncordon, none), none, VerifyBy: null, [])
            {
                VerifyWithin = options.ManualVerifyWithin,
            };
            Begin(lift, "caas", reason, draft);
        }
    }

    /// <summary>Makes a new operation and asks for its checks.</summary>
    public Operation Begin(Operation operation, string actor, string text, StepDraft draft)
    {
        if (operation.Mode == PolicyMode.Observe)
        {
            return draft.Change(operation, OperationStatus.Noted, actor, text + " The policy only observes.");
        }

        var made = draft.Change(operation, OperationStatus.Checking, actor, text);
        draft.AskChecks(made);
        return made;
    }

    /// <summary>Makes an operation's id from what it derives from.</summary>
    public static string IdOf(string origin, OperationKind kind, EntityRef target, int number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{origin}|{kind}|{target.Scope}|{target}|{number}");
        return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)).ToString("x16", CultureInfo.InvariantCulture)[..12];
    }

    /// <summary>How an operation is undone, in one sentence.</summary>
    public static string UndoOf(OperationKind kind, ImmutableSortedDictionary<string, string> before) => kind switch
    {
        OperationKind.Rollback => $"Put the pod template of revision {before.GetValueOrDefault("revision", "before")} back.",
        OperationKind.Scale => $"Scale back to {before.GetValueOrDefault("replicas", "the count before")}.",
        OperationKind.Cordon => "Let pods onto the node again.",
        OperationKind.Uncordon => "Keep pods off the node again.",
        _ => Operation.Irreversible,
    };

    /// <summary>Whether an operation can be done to a kind of thing at all.</summary>
    public static bool Fits(OperationKind kind, string entityKind) => kind switch
    {
        OperationKind.Cordon or OperationKind.Uncordon => entityKind == EntityKinds.Node,
        OperationKind.DeletePod => entityKind == EntityKinds.Pod,
        OperationKind.Rollback => entityKind == EntityKinds.Deployment,
        OperationKind.Scale => entityKind is EntityKinds.Deployment or EntityKinds.StatefulSet,
        _ => entityKind is EntityKinds.Deployment or EntityKinds.StatefulSet or EntityKinds.DaemonSet,
    };

    /// <summary>Tried and not to be tried again for this incident: a person said no, or it did not help.</summary>
    private static bool IsSpent(Operation operation) => operation.Status is OperationStatus.Rejected
        or OperationStatus.Succeeded or OperationStatus.Failed or OperationStatus.RolledBack;

    /// <summary>Whether a node was closed for symptoms of its own that are over, though pods may still wait for
    /// it.</summary>
    /// <remarks>Well for as long as a target rests between two operations: neither flapping nor refused by that
    /// rail.</remarks>
    private bool IsNoLongerNeeded(Operation operation, DateTimeOffset now)
    {
        if (operation is not { Kind: OperationKind.Cordon, Status: OperationStatus.Succeeded, IncidentId.Length: > 0 }
            || book.FindIncident(operation.IncidentId) is not { } incident)
        {
            return false;
        }

        var wellSince = incident.ResolvedAt;
        var own = incident.Symptoms.Where(symptom => symptom.Entity == operation.Target).ToArray();
        if (own.Length > 0 && own.All(symptom => symptom.Until is not null))
        {
            wellSince = own.Max(symptom => symptom.Until);
        }

        var closedAt = operation.History[^1].Time;
        return wellSince is { } since && now - (since > closedAt ? since : closedAt) >= options.ManualCooldown;
    }

    /// <summary>Policies whose trigger and cause guards hold; the more demanding first, so that it is
    /// preferred.</summary>
    private Policy[] Matching(Incident incident, Hypothesis cause) =>
    [
        .. book.Policies
            .Where(policy => policy.FaultClasses.Contains(cause.FaultClass)
                && (policy.EntityKinds.IsEmpty || policy.EntityKinds.Contains(cause.Entity.Kind))
                && (policy.Namespaces.IsEmpty || policy.Namespaces.Contains(cause.Entity.Namespace))
                && Fits(policy.Operation, cause.Entity.Kind)
                && cause.Confidence >= Math.Max(policy.MinConfidence, options.MinConfidence)
                && (!policy.RequiresRecentChange || CauseRails.HasRecentChange(incident, cause, options)))
            .OrderByDescending(policy => policy.RequiresRecentChange)
            .ThenByDescending(policy => policy.Mode)
            .ThenBy(policy => policy.Name, StringComparer.Ordinal),
    ];

    private void Withdraw(Incident incident, Hypothesis? cause, Policy[] matching, StepDraft draft)
    {
        var waiting = book.Operations
            .Where(o => o.IncidentId == incident.Id && o.IsWaiting && o.Policy.Length > 0).ToArray();
        foreach (var operation in waiting)
        {
            var why = WhyWithdrawn(operation, incident, cause, matching);
            if (why.Length > 0)
            {
                draft.Change(operation, OperationStatus.Expired, "caas", why);
            }
        }
    }

    private string WhyWithdrawn(Operation operation, Incident incident, Hypothesis? cause, Policy[] matching)
    {
        if (cause is null)
        {
            return incident.Status switch
            {
                IncidentStatus.Resolved => "The incident resolved itself first.",
                IncidentStatus.Merged => $"The incident became part of {incident.MergedInto}.",
                _ => "No cause is ranked first any more.",
            };
        }

        if (cause.Entity != operation.Target)
        {
            return $"Superseded: {cause.Entity} ({cause.FaultClass}) is now ranked first.";
        }

        if (book.FindPolicy(operation.Policy) is not { } policy)
        {
            return $"Policy {operation.Policy} is gone.";
        }

        if (policy.Mode < PolicyMode.Approve && operation.Mode >= PolicyMode.Approve)
        {
            return $"Policy {policy.Name} was set to {policy.Mode.ToString().ToLowerInvariant()}.";
        }

        return matching.Any(p => p.Operation == operation.Kind)
            ? ""
            : $"Superseded: the cause is now {cause.FaultClass}, "
                + string.Create(CultureInfo.InvariantCulture, $"{cause.Confidence:0%} likely, ")
                + "and no policy answers it so.";
    }

    private bool MayPropose(Incident incident, Policy policy, Operation[] earlier, DateTimeOffset now)
    {
        if (book.Operations.Count(o => o.IncidentId == incident.Id) >= options.MaxProposalsPerIncident
            || book.Operations.Count(o => o.IsLive) >= options.MaxLive)
        {
            return false;
        }

        if (earlier.Length == 0)
        {
            return true;
        }

        var last = earlier[^1];
        var at = last.History[^1].Time;
        return last.Status switch
        {
            OperationStatus.Noted => policy.Mode > last.Mode && policy.Mode >= PolicyMode.Approve,
            OperationStatus.Blocked => now - at >= options.ReproposeAfter,
            OperationStatus.Expired => at < last.ExpiresAt || now - at >= options.ReproposeAfter,
            _ => false,
        };
    }

    private void Propose(Incident incident, Hypothesis cause, Policy policy, int number, StepDraft draft)
    {
        var id = IdOf(incident.Id, policy.Operation, cause.Entity, number);
        if (book.Find(id) is not null)
        {
            return;
        }

        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{cause.Entity} is the first-ranked cause of incident {incident.Id}: {cause.FaultClass}, ")
            + string.Create(CultureInfo.InvariantCulture, $"{cause.Confidence:0%} likely.");
        var operation = new Operation(
            id, incident.Scope, incident.Id, policy.Name, policy.Operation, cause.Entity, policy.Parameters, reason,
            OperationStatus.Checking, Revision: 0, draft.Now, draft.Now + policy.ExpiresAfter, [], "",
            UndoOf(policy.Operation, ImmutableSortedDictionary<string, string>.Empty),
            ImmutableSortedDictionary<string, string>.Empty, VerifyBy: null, [])
        {
            Mode = policy.Mode,
            VerifyWithin = policy.VerifyWithin,
            UndoOnFailure = policy.UndoOnFailure,
        };
        Begin(operation, "policy:" + policy.Name, reason, draft);
    }
}
