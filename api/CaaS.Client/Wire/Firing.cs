namespace CaaS.Client.Wire;

/// <summary>A time in which people would have been told.</summary>
/// <param name="Series">Of which series.</param>
/// <param name="From">When it would have fired, UTC.</param>
/// <param name="To">When it would have ended, UTC; null when it still fires at the end.</param>
/// <param name="Peak">The worst value, or the highest burn rate.</param>
/// <param name="PeakAt">When, UTC.</param>
/// <param name="Why">A sentence for people.</param>
/// <param name="Relation">How it belongs to an incident on record.</param>
/// <param name="IncidentId">That incident, or empty.</param>
public sealed record Firing(
    Series Series,
    DateTimeOffset From,
    DateTimeOffset? To,
    double Peak,
    DateTimeOffset PeakAt,
    string Why,
    IncidentRelation Relation,
    string IncidentId);
