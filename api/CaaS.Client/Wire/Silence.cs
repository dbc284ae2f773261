namespace CaaS.Client.Wire;

/// <summary>No notifications about an incident or entity until an instant.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scope"><c>tenant/cluster</c>.</param>
/// <param name="IncidentId">Incident it mutes, or empty.</param>
/// <param name="Entity">Entity it mutes as the first-ranked cause, or null.</param>
/// <param name="From">Start, UTC.</param>
/// <param name="Until">End, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record Silence(
    string Id,
    string Scope,
    string IncidentId,
    string? Entity,
    DateTimeOffset From,
    DateTimeOffset Until,
    string Actor,
    string Reason);
