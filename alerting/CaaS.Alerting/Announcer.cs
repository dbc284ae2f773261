using System.Globalization;
using CaaS.Orchestration;

namespace CaaS.Alerting;

/// <summary>Decides who is told what, once.</summary>
/// <remarks>
/// Nobody is told of a silenced or acknowledged alert, except that it is over, and that only when they were told it
/// was open.
/// </remarks>
/// <param name="options">Limits and intervals.</param>
/// <param name="receivers">Names of receivers, sorted.</param>
internal sealed class Announcer(AlertingOptions options, string[] receivers)
{
    /// <summary>Tells what became of an alert since it was last told.</summary>
    public void Tell(AlertStep step, AlertCase held)
    {
        var alert = held.Alert;
        if (alert.Status == AlertStatus.Resolved)
        {
            if (held.IsTold)
            {
                held.IsTold = false;
                Write(step, held, NotificationReason.Resolved, StateOf(alert), $"Resolved: {alert.Title}");
            }
        }
        else if (!MayBeTold(alert))
        {
            return;
        }
        else if (!held.IsTold)
        {
            held.IsTold = true;
            Write(step, held, NotificationReason.Opened, StateOf(alert), TextOf(alert));
        }
        else if (IsWorthTelling(held, step.Now))
        {
            Write(step, held, NotificationReason.Changed, StateOf(alert), TextOf(alert));
        }
    }

    /// <summary>Tells of an operation that waits for a person or is over.</summary>
    public void Tell(AlertStep step, AlertCase held, Operation operation)
    {
        var isNews = operation.Status is OperationStatus.Proposed or OperationStatus.Succeeded
            or OperationStatus.Failed or OperationStatus.RolledBack;
        if (isNews && MayBeTold(held.Alert))
        {
            var state = string.Create(
                CultureInfo.InvariantCulture, $"{operation.Id}/{operation.Status}/{operation.Revision}");
            Write(step, held, NotificationReason.Operation, state, TextOf(operation));
        }
    }

    private static bool MayBeTold(Alert alert) => alert.Status == AlertStatus.Open && alert.SilencedUntil is null;

    private static string StateOf(Alert alert) => alert.IncidentRevision.ToString(CultureInfo.InvariantCulture);

    private static string TextOf(Alert alert) =>
        alert.Verdict.Length == 0 ? alert.Title : $"{alert.Title}. {alert.Verdict}";

    private static string TextOf(Operation operation)
    {
        var what = $"{operation.Kind} of {operation.Target}";
        return operation.Status switch
        {
            OperationStatus.Proposed => $"{what} waits for approval: {operation.Reason}",
            OperationStatus.Succeeded => $"{what} was carried out and helped.",
            OperationStatus.RolledBack => $"{what} did not help and was undone.",
            _ => $"{what} failed: {(operation.History.IsDefaultOrEmpty ? "" : operation.History[^1].Text)}",
        };
    }

    private bool IsWorthTelling(AlertCase held, DateTimeOffset now)
    {
        var alert = held.Alert;
        var isGraver = alert.Severity > held.ToldSeverity;
        var isOther = alert.Severity != held.ToldSeverity || (alert.Entity, alert.FaultClass) != held.ToldCause;
        return isGraver || (isOther && now - held.ToldAt >= options.ChangeInterval);
    }

    private void Write(AlertStep step, AlertCase held, NotificationReason reason, string state, string text)
    {
        var alert = held.Alert;
        if (reason != NotificationReason.Operation)
        {
            held.Remember(step.Now);
        }

        foreach (var receiver in receivers)
        {
            var id = ShortHash.Of(alert.Scope.ToString(), alert.Id, receiver, reason.ToString(), state);

            // The end is always told: a receiver left with an open alarm would be worse than one message more.
            var isWithinLimit = held.NotificationIds.Count < options.NotificationCountMax
                || reason == NotificationReason.Resolved;
            if (isWithinLimit && held.NotificationIds.Add(id))
            {
                step.Notifications.Add(
                    new Notification(id, alert.Scope, alert.Id, receiver, reason, text, step.Now, null, 0, ""));
            }
        }
    }
}
