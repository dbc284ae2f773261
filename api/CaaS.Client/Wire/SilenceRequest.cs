namespace CaaS.Client.Wire;

/// <summary>A silence to make: of an incident, or of an entity.</summary>
/// <param name="IncidentId">Incident to mute, or empty.</param>
/// <param name="Entity">Entity to mute (<c>namespace/Kind/name</c>) when no incident is given, or null.</param>
/// <param name="Until">End, UTC, at most 30 days ahead.</param>
/// <param name="Reason">Why; needed.</param>
public sealed record SilenceRequest(string IncidentId, string? Entity, DateTimeOffset Until, string Reason);
