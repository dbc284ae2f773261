namespace CaaS.Client.Wire;

/// <summary>An incident on record, and what would have told of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Onset">When it began, UTC.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
/// <param name="ResolvedAt">When it was resolved, UTC, or null.</param>
/// <param name="IsConcerned">True when it names an entity that was tested: only then could it be missed.</param>
/// <param name="Relation">The strongest relation to any firing; none when it was missed or is of others.</param>
/// <param name="DelaySeconds">From its opening to the first firing of that relation; negative is a lead. Null without
/// one.</param>
/// <param name="FiringCount">Firings of that relation.</param>
public sealed record TestedIncident(
    string Id,
    string Title,
    DateTimeOffset Onset,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ResolvedAt,
    bool IsConcerned,
    IncidentRelation Relation,
    double? DelaySeconds,
    int FiringCount);
