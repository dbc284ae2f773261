using System.Collections.Immutable;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>How an incident becomes a line of the inbox.</summary>
internal static class AlertMaking
{
    /// <summary>Who speaks when nobody did.</summary>
    public const string Platform = "caas";

    /// <summary>Makes an incident's alert, keeping what people did.</summary>
    /// <param name="before">The alert so far, or null.</param>
    /// <param name="incident">A newer revision of the incident.</param>
    /// <param name="now">When it was seen, UTC.</param>
    /// <param name="commentCountMax">Most comments kept.</param>
    /// <returns>The alert; its revision is still the one before.</returns>
    public static Alert FromIncident(Alert? before, Incident incident, DateTimeOffset now, int commentCountMax)
    {
        var status = StatusAfter(before, incident);
        var cause = incident.Hypotheses.IsDefaultOrEmpty ? null : incident.Hypotheses[0];
        var symptoms = incident.Symptoms.IsDefault ? [] : incident.Symptoms;
        var alert = new Alert(
            incident.Id,
            incident.Scope,
            before?.Revision ?? 1,
            incident.Revision,
            status,
            incident.Severity,
            incident.Status,
            incident.Title,
            incident.Verdict,
            cause?.Entity ?? EntityOf(incident, symptoms),
            cause?.FaultClass ?? "",
            cause is null || double.IsNaN(cause.Confidence) ? 0 : Math.Clamp(cause.Confidence, 0, 1),
            symptoms.Length,
            incident.OpenedAt,
            now,
            status == AlertStatus.Resolved ? before?.ResolvedAt ?? incident.ResolvedAt ?? now : null,
            before?.Assignee ?? "",
            before?.SilencedUntil,
            before?.SilencedBy ?? "",
            before?.Comments ?? [],
            before?.Usefulness);

        var note = NoteOf(before, alert, incident);
        return note.Length == 0 ? alert : WithNote(alert, now, Platform, note, commentCountMax);
    }

    /// <summary>Adds what somebody said or did, unless it is there already or the alert is full.</summary>
    public static Alert WithNote(Alert alert, DateTimeOffset now, string actor, string text, int commentCountMax)
    {
        var note = new AlertComment(now, actor, text);
        return alert.Comments.Length >= commentCountMax || alert.Comments.Contains(note)
            ? alert
            : alert with { Comments = alert.Comments.Add(note) };
    }

    /// <summary>True when an incident needs nobody any more.</summary>
    public static bool IsOver(IncidentStatus status) => status is IncidentStatus.Resolved or IncidentStatus.Merged;

    private static AlertStatus StatusAfter(Alert? before, Incident incident)
    {
        if (IsOver(incident.Status))
        {
            return AlertStatus.Resolved;
        }

        if (before is null || before.Status != AlertStatus.Resolved)
        {
            return before?.Status ?? AlertStatus.Open;
        }

        // Closed by hand it stays closed, until it becomes worse; over by itself it opens with its incident.
        var isReopened = IsOver(before.IncidentStatus) || incident.Severity > before.Severity;
        return isReopened ? AlertStatus.Open : AlertStatus.Resolved;
    }

    private static EntityRef EntityOf(Incident incident, ImmutableArray<Symptom> symptoms) =>
        symptoms.Length > 0
            ? symptoms[0].Entity
            : new EntityRef(incident.Scope, EntityRef.NoNamespace, "Cluster", incident.Scope.Cluster);

    private static string NoteOf(Alert? before, Alert after, Incident incident) =>
        (before?.Status, after.Status) switch
        {
            (AlertStatus.Resolved, AlertStatus.Open) => "Opened again.",
            (AlertStatus.Open or AlertStatus.Acknowledged, AlertStatus.Resolved)
                when incident.Status == IncidentStatus.Merged => $"Merged into {incident.MergedInto}.",
            (AlertStatus.Open or AlertStatus.Acknowledged, AlertStatus.Resolved) => "The incident resolved.",
            _ => "",
        };
}
