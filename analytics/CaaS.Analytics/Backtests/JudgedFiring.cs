namespace CaaS.Analytics.Backtests;

/// <summary>A firing and the incident it belongs to.</summary>
/// <param name="Firing">The firing.</param>
/// <param name="Relation">How it belongs to the incident.</param>
/// <param name="IncidentId">The incident, or empty.</param>
public sealed record JudgedFiring(Firing Firing, IncidentRelation Relation, string IncidentId);
