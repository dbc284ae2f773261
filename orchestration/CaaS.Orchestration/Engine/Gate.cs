using System.Collections.Immutable;
using CaaS.Orchestration.Rails;

namespace CaaS.Orchestration.Engine;

/// <summary>Where a checked operation is proposed, blocked, or let through to the cluster.</summary>
internal sealed class Gate(OperationBook book, OperationsOptions options)
{
    /// <summary>Judges an operation by what the cluster said and by every rail.</summary>
    public void Judge(Operation operation, CheckReport report, StepDraft draft)
    {
        var parameters = operation.Parameters;
        foreach (var (name, value) in report.Parameters)
        {
            parameters = parameters.SetItem(name, value);
        }

        var isAnotherDiff = operation.Diff.Length > 0
            && !ChangedLines(operation.Diff).SequenceEqual(ChangedLines(report.Diff), StringComparer.Ordinal);
        var judged = operation with
        {
            Parameters = parameters,
            Diff = report.Diff,
            Before = report.Before,
            Undo = Proposer.UndoOf(operation.Kind, report.Before),
        };
        var railCase = Case(judged, report.Facts, report.ReadAt, draft.Now);
        var checks = ClusterWords(report).AddRange(RailSet.Judge(RailSet.Standing, railCase));
        judged = judged with { Checks = checks };
        if (RailSet.FirstNo(checks) is { } no)
        {
            draft.Change(judged, OperationStatus.Blocked, "caas", $"{no.Name}: {no.Text}");
        }
        else if (judged.Mode < PolicyMode.Approve)
        {
            draft.Change(judged, OperationStatus.Noted, "caas", "Noted; the policy only suggests.");
        }
        else if (judged.ApprovedAt is not null && isAnotherDiff)
        {
            Propose(judged, "The cluster changed since it was approved; look at the new diff and approve again.", draft);
        }
        else
        {
            LetThrough(judged, railCase with { Operation = judged }, draft);
        }
    }

    /// <summary>Whether a waiting operation's policy may act alone and the passing rails are free now.</summary>
    public bool MayActAlone(Operation operation, DateTimeOffset now)
    {
        if (book.FindPolicy(operation.Policy) is not { Mode: PolicyMode.Auto } || operation.ApprovedAt is not null)
        {
            return false;
        }

        var railCase = Case(operation, TargetFacts.Missing, now, now);
        return RailSet.FirstNo(RailSet.Judge(RailSet.Passing, railCase)) is null
            && RailSet.FirstNo(RailSet.Judge(RailSet.Fresh, railCase)) is null;
    }

    private void LetThrough(Operation operation, RailCase railCase, StepDraft draft)
    {
        var fresh = RailSet.Judge(RailSet.Fresh, railCase);
        var passing = RailSet.Judge(RailSet.Passing, railCase);
        var no = RailSet.FirstNo(fresh.AddRange(passing));
        if (no is null)
        {
            Send(operation with { Checks = operation.Checks.AddRange(fresh).AddRange(passing) }, draft);
        }
        else if (operation.ApprovedAt is null)
        {
            Propose(operation, $"Waits: {no.Text}", draft);
        }
        else
        {
            Propose(operation, $"Approved, but not sent ({no.Name}): {no.Text}", draft);
        }
    }

    private static void Propose(Operation operation, string text, StepDraft draft) => draft.Change(
        operation with { ApprovedBy = "", ApprovedAt = null }, OperationStatus.Proposed, "caas", text);

    private void Send(Operation operation, StepDraft draft)
    {
        var by = operation.ApprovedBy.Length > 0 ? operation.ApprovedBy : "policy:" + operation.Policy;
        var sent = draft.Change(
            operation with
            {
                ApprovedBy = by,
                SentAt = draft.Now,
                VerifyBy = draft.Now + operation.VerifyWithin,
            },
            OperationStatus.Executing, by, "All rails allow it; the call is sent.");
        book.Watch(sent.Id).CallSentAt = draft.Now;
        draft.Effect(new OperationEffect.Execute(sent));
    }

    private RailCase Case(Operation operation, TargetFacts facts, DateTimeOffset readAt, DateTimeOffset now) => new(
        operation, book.FindPolicy(operation.Policy),
        operation.IncidentId.Length == 0 ? null : book.FindIncident(operation.IncidentId),
        facts, readAt, book, options, now);

    /// <summary>What a diff changes. Its context may move by itself: a lost node gains taints while a person
    /// decides.</summary>
    private static IEnumerable<string> ChangedLines(string diff) =>
        diff.Split('\n').Where(line => line.StartsWith('+') || line.StartsWith('-'));

    /// <summary>The cluster's own words; saying nothing is a no.</summary>
    private static ImmutableArray<OperationCheck> ClusterWords(CheckReport report)
    {
        var checks = report.Checks;
        if (checks.IsEmpty)
        {
            return [new OperationCheck("cluster", false, "The cluster said nothing about it.")];
        }

        return checks.All(check => check.Ok) && report.Diff.Length == 0
            ? checks.Add(new OperationCheck("dry-run", false, "The dry run shows no change."))
            : checks;
    }
}
