using System.Collections.Immutable;
using CaaS.Alerting.Feedback;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>People's side of an incident: one line of the inbox.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Scope">Scope.</param>
/// <param name="Revision">Grows with every change, from 1.</param>
/// <param name="IncidentRevision">Revision of the incident it was last made from.</param>
/// <param name="Status">Where people stand.</param>
/// <param name="Severity">The incident's severity.</param>
/// <param name="IncidentStatus">The incident's own status.</param>
/// <param name="Title">The incident's title.</param>
/// <param name="Verdict">The incident's verdict.</param>
/// <param name="Entity">First-ranked cause, or the first symptom's entity when there is none.</param>
/// <param name="FaultClass">First-ranked fault class, or empty.</param>
/// <param name="Confidence">Confidence of the first-ranked cause, 0 to 1.</param>
/// <param name="Count">Symptoms joined so far.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="ChangedAt">When it last changed, UTC.</param>
/// <param name="ResolvedAt">When it was over, UTC, or null.</param>
/// <param name="Assignee">Who works on it, or empty.</param>
/// <param name="SilencedUntil">End of the silence that mutes it, UTC, or null.</param>
/// <param name="SilencedBy">Who silenced it, or empty.</param>
/// <param name="Comments">Comments and what people did, by time.</param>
/// <param name="Usefulness">How likely it is worth telling, or null while no model is active. It hides and closes
/// nothing.</param>
public sealed record Alert(
    string Id,
    Scope Scope,
    int Revision,
    int IncidentRevision,
    AlertStatus Status,
    IncidentSeverity Severity,
    IncidentStatus IncidentStatus,
    string Title,
    string Verdict,
    EntityRef Entity,
    string FaultClass,
    double Confidence,
    int Count,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ResolvedAt,
    string Assignee,
    DateTimeOffset? SilencedUntil,
    string SilencedBy,
    ImmutableArray<AlertComment> Comments,
    Usefulness? Usefulness = null);
