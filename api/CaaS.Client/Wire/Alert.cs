namespace CaaS.Client.Wire;

/// <summary>One line of the inbox: people's side of an incident.</summary>
/// <param name="Id">The incident's id.</param>
/// <param name="Scope"><c>tenant/cluster</c>.</param>
/// <param name="Revision">Grows with every change, from 1.</param>
/// <param name="Status">Where people stand.</param>
/// <param name="Severity">The incident's severity.</param>
/// <param name="IncidentStatus">The incident's own status.</param>
/// <param name="Title">The incident's title.</param>
/// <param name="Verdict">One sentence: what is likely the cause.</param>
/// <param name="Entity">First-ranked cause as <c>namespace/Kind/name</c>, or the first symptom's entity.</param>
/// <param name="FaultClass">First-ranked fault class, or empty.</param>
/// <param name="Confidence">Confidence of the first-ranked cause, 0 to 1.</param>
/// <param name="Count">Symptoms joined so far.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="ChangedAt">When it last changed, UTC.</param>
/// <param name="ResolvedAt">When it was over, UTC, or null.</param>
/// <param name="Assignee">Who works on it, or empty.</param>
/// <param name="SilencedUntil">End of the silence that mutes it, UTC, or null.</param>
/// <param name="SilencedBy">Who silenced it, or empty.</param>
/// <param name="CommentCount">Number of comments.</param>
/// <param name="Usefulness">Probability that it is worth telling, 0 to 1; null while no model is active.</param>
/// <param name="UsefulnessModel">Version of the model that says so, or empty.</param>
public sealed record Alert(
    string Id,
    string Scope,
    int Revision,
    AlertStatus Status,
    IncidentSeverity Severity,
    IncidentStatus IncidentStatus,
    string Title,
    string Verdict,
    string Entity,
    string FaultClass,
    double Confidence,
    int Count,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ResolvedAt,
    string Assignee,
    DateTimeOffset? SilencedUntil,
    string SilencedBy,
    int CommentCount,
    double? Usefulness = null,
    string UsefulnessModel = "");
