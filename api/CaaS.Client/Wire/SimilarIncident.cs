namespace CaaS.Client.Wire;

/// <summary>An incident of the past that is like one of now, with what was found then and what helped.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Severity">How much it hurt.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="ResolvedAt">When it was over, UTC, or null.</param>
/// <param name="Entity">First-ranked cause, <c>namespace/Kind/name</c>; empty when none was found.</param>
/// <param name="FaultClass">Its fault class, or empty.</param>
/// <param name="Confidence">Confidence of that cause, 0 to 1.</param>
/// <param name="Fit">How like it is.</param>
/// <param name="Score">Share of what is asked about the one of now that it holds, 0 to 1.</param>
/// <param name="Because">What both have, most telling first.</param>
/// <param name="Found">What people found out of its cause, one sentence with their note; empty when nobody said.</param>
/// <param name="Resolution">One sentence: how it ended, and what helped.</param>
/// <param name="Operations">What was carried out, by time.</param>
/// <param name="Comments">The last things people said about it, by time.</param>
public sealed record SimilarIncident(
    string Id,
    string Title,
    string Verdict,
    IncidentStatus Status,
    IncidentSeverity Severity,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ResolvedAt,
    string Entity,
    string FaultClass,
    double Confidence,
    Fit Fit,
    double Score,
    IReadOnlyList<string> Because,
    string Found,
    string Resolution,
    IReadOnlyList<PastOperation> Operations,
    IReadOnlyList<Comment> Comments);
