namespace CaaS.Analytics.Backtests;

/// <summary>An incident and what would have told of it.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="IsConcerned">True when it names an entity of a series that was tested: only then could it be
/// missed.</param>
/// <param name="Relation">The strongest relation to any firing.</param>
/// <param name="Delay">From its opening to the first firing of that relation; negative is a lead. Null without
/// one.</param>
/// <param name="FiringCount">Firings of that relation.</param>
public sealed record JudgedIncident(
    PastIncident Incident, bool IsConcerned, IncidentRelation Relation, TimeSpan? Delay, int FiringCount);
