using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Orchestration.Engine;

/// <summary>The state machine of one operation: what reports, time and incidents do to it.</summary>
internal sealed class Lifecycle(OperationBook book, OperationsOptions options)
{
    private readonly Gate _gate = new(book, options);

    /// <summary>Lets time pass for every live operation.</summary>
    public void Tick(StepDraft draft)
    {
        foreach (var operation in book.Live())
        {
            switch (operation.Status)
            {
                case OperationStatus.Checking:
                    TickChecking(operation, draft);
                    break;
                case OperationStatus.Proposed:
                    TickProposed(operation, draft);
                    break;
                case OperationStatus.Executing or OperationStatus.Verifying:
                    TickSent(operation, draft);
                    break;
                default:
                    TickUndo(operation, draft);
                    break;
            }
        }
    }

    public void TakeChecks(CheckReport report, StepDraft draft)
    {
        if (book.Find(report.OperationId) is { Status: OperationStatus.Checking } operation
            && operation.Revision == report.Revision)
        {
            _gate.Judge(operation, report, draft);
        }
    }

    public void TakeExecution(OperationsInput.ExecutionReported reported, StepDraft draft)
    {
        if (book.Find(reported.OperationId) is not { Status: OperationStatus.Executing } operation)
        {
            return;
        }

        book.Watch(operation.Id).CallSentAt = null;
        switch (reported.Outcome)
        {
            case CallOutcome.Accepted:
                BeginVerifying(operation, "The cluster took the call. " + reported.Why, draft);
                break;
            case CallOutcome.Refused:
                draft.Change(operation, OperationStatus.Failed, "caas", "The call changed nothing. " + reported.Why);
                break;
            default:
                draft.AskObserve(draft.Change(operation, OperationStatus.Executing, "caas",
                    "Nobody knows what became of the call, so the cluster is read back. " + reported.Why));
                break;
        }
    }

    public void TakeEffect(OperationsInput.EffectReported reported, StepDraft draft)
    {
        if (book.Find(reported.OperationId) is not
            { Status: OperationStatus.Executing or OperationStatus.Verifying } operation)
        {
            return;
        }

        book.Watch(operation.Id).IsObserving = false;
        switch (reported.Effect)
        {
            case EffectState.Absent when operation.Status == OperationStatus.Executing:
                TakeAbsent(operation, reported.Text, draft);
                break;
            case EffectState.Absent or EffectState.Replaced:
                draft.Change(operation, OperationStatus.Failed, "caas",
                    "Somebody else changed the target meanwhile. " + reported.Text);
                break;
            case EffectState.Progressing or EffectState.Reached:
                var verifying = operation.Status == OperationStatus.Executing
                    ? BeginVerifying(operation, "The call is found on the cluster. " + reported.Text, draft)
                    : operation;
                SeeEffect(verifying, reported, draft);
                break;
            default:
                break;
        }
    }

    public void TakeUndo(OperationsInput.UndoReported reported, StepDraft draft)
    {
        if (book.Find(reported.OperationId) is not { Undoing: UndoState.Pending } operation)
        {
            return;
        }

        switch (reported.Outcome)
        {
            case CallOutcome.Accepted:
                draft.Change(operation with { Undoing = UndoState.Done }, OperationStatus.RolledBack, "caas",
                    "Undone. " + reported.Why);
                draft.Publish(Published(operation, "Undone: ", draft.Now));
                break;
            case CallOutcome.Refused:
                draft.Change(operation with { Undoing = UndoState.Failed }, OperationStatus.Failed, "caas",
                    "It could not be undone; a person has to look. " + reported.Why);
                break;
            default:
                book.Watch(operation.Id).UndoAskedAt = null;
                break;
        }
    }

    /// <summary>Finishes operations whose incident just became quiet.</summary>
    public void JudgeIncident(string incidentId, StepDraft draft)
    {
        foreach (var operation in book.Live().Where(o => o.Status == OperationStatus.Verifying
            && (o.IncidentId == incidentId || book.FindIncident(o.IncidentId)?.Id == incidentId)))
        {
            SucceedIfQuiet(operation, draft);
        }
    }

    private void TickChecking(Operation operation, StepDraft draft)
    {
        if (draft.Now >= operation.ExpiresAt)
        {
            draft.Change(operation, OperationStatus.Expired, "caas", "Nobody decided in time.");
            return;
        }

        var asked = book.Watch(operation.Id).ChecksAskedAt;
        if (asked is null)
        {
            draft.AskChecks(operation);
        }
        else if (draft.Now - asked >= options.ChecksTimeout)
        {
            draft.Change(operation, OperationStatus.Blocked, "caas", "The cluster did not answer the checks in time.");
        }
    }

    private void TickProposed(Operation operation, StepDraft draft)
    {
        if (draft.Now >= operation.ExpiresAt)
        {
            draft.Change(operation, OperationStatus.Expired, "caas", "Nobody decided in time.");
        }
        else if (_gate.MayActAlone(operation, draft.Now))
        {
            draft.AskChecks(draft.Change(operation, OperationStatus.Checking, "policy:" + operation.Policy,
                "The rails are free; the cluster is looked at once more before the call."));
        }
    }

    private void TickSent(Operation operation, StepDraft draft)
    {
        if (draft.Now >= operation.VerifyBy)
        {
            Fail(operation, operation.EffectSeenAt is null
                ? "Its effect was not seen in time."
                : "The symptoms did not end in time.", draft);
            return;
        }

        var watch = book.Watch(operation.Id);
        if (watch.CallSentAt is { } sent && draft.Now - sent < options.ExecuteTimeout)
        {
            return;
        }

        var patience = watch.IsObserving ? options.ObserveTimeout : options.ObserveEvery;
        if (operation.EffectSeenAt is null
            && (watch.ObserveAskedAt is not { } asked || draft.Now - asked >= patience))
        {
            draft.AskObserve(operation);
        }

        SucceedIfQuiet(operation, draft);
    }

    private void TickUndo(Operation operation, StepDraft draft)
    {
        var watch = book.Watch(operation.Id);
        if (book.IsStopped || book.MustUndoWait(operation) || (watch.UndoAskedAt is { } asked && draft.Now - asked < options.ExecuteTimeout))
        {
            return;
        }

        if (watch.UndoCount >= options.MaxUndoAttempts)
        {
            draft.Change(operation with { Undoing = UndoState.Failed }, OperationStatus.Failed, "caas",
                $"It could not be undone in {watch.UndoCount} attempts; a person has to look.");
            return;
        }

        watch.UndoCount++;
        watch.UndoAskedAt = draft.Now;
        draft.Effect(new OperationEffect.Undo(operation));
    }

    private Operation BeginVerifying(Operation operation, string text, StepDraft draft)
    {
        draft.Publish(Published(operation, "", draft.Now));
        var verifying = draft.Change(operation, OperationStatus.Verifying, "caas", text.TrimEnd());
        draft.AskObserve(verifying);
        return verifying;
    }

    private void TakeAbsent(Operation operation, string text, StepDraft draft)
    {
        var watch = book.Watch(operation.Id);
        watch.FirstAbsentAt ??= draft.Now;
        var isCallOver = watch.CallSentAt is null || draft.Now - watch.CallSentAt >= options.ExecuteTimeout;
        if (isCallOver && draft.Now - operation.SentAt >= options.ReadBackFor)
        {
            draft.Change(operation, OperationStatus.Failed, "caas",
                "The call never reached the cluster and is not sent again. " + text);
        }
    }

    private void SeeEffect(Operation operation, OperationsInput.EffectReported reported, StepDraft draft)
    {
        if (reported.Effect != EffectState.Reached || operation.EffectSeenAt is not null)
        {
            return;
        }

        var seen = draft.Change(operation with { EffectSeenAt = draft.Now }, OperationStatus.Verifying, "caas",
            "The effect is complete. " + reported.Text);
        SucceedIfQuiet(seen, draft);
    }

    private void SucceedIfQuiet(Operation operation, StepDraft draft)
    {
        if (operation is not { Status: OperationStatus.Verifying, EffectSeenAt: not null })
        {
            return;
        }

        if (operation.IncidentId.Length == 0)
        {
            draft.Change(operation, OperationStatus.Succeeded, "caas", "Done as asked.");
        }
        else if (book.FindIncident(operation.IncidentId)?.Status
            is IncidentStatus.Mitigated or IncidentStatus.Resolved)
        {
            draft.Change(operation, OperationStatus.Succeeded, "caas", "The effect was seen and the symptoms are gone.");
        }
    }

    private static void Fail(Operation operation, string text, StepDraft draft)
    {
        var undo = operation.UndoOnFailure && operation.Undo != Operation.Irreversible;
        draft.Change(operation with { Undoing = undo ? UndoState.Pending : UndoState.None }, OperationStatus.Failed,
            "caas", undo ? text + " It is undone." : text);
    }

    private static ChangeEvent Published(Operation operation, string prefix, DateTimeOffset now) => new(
        now, operation.Target, ChangeKind.Operation, prefix + OperationText.Of(operation),
        OperationText.Pairs(operation.Before), OperationText.Pairs(operation.Parameters),
        operation.Kind == OperationKind.Rollback ? operation.Parameters.GetValueOrDefault("toRevision", "") : "",
        "caas:" + operation.Id);
}
