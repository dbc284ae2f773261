using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>No notifications about an incident or entity until an instant.</summary>
/// <param name="Id">Hash of the command that made it; 12 lower-case hex digits.</param>
/// <param name="Scope">Scope.</param>
/// <param name="IncidentId">Incident it mutes, or empty.</param>
/// <param name="Entity">Entity it mutes as the first-ranked cause, or null.</param>
/// <param name="From">Start, UTC.</param>
/// <param name="Until">End, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why, never empty.</param>
public sealed record Silence(
    string Id,
    Scope Scope,
    string IncidentId,
    EntityRef? Entity,
    DateTimeOffset From,
    DateTimeOffset Until,
    string Actor,
    string Reason);
