using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>What is known of one incident: a graph, and what every modality saw before and after.</summary>
/// <param name="Entities">Names of the entities; everything else points into this list.</param>
/// <param name="OnsetHint">When it is thought to have begun, unix seconds; may be some minutes wrong.</param>
public sealed record CauseCase(ImmutableArray<string> Entities, double OnsetHint)
{
    /// <summary>Who calls whom; empty when unknown.</summary>
    public ImmutableArray<CallLink> Calls { get; init; } = [];

    /// <summary>What each entity is, one for each; empty when unknown.</summary>
    public ImmutableArray<EntitySort> Sorts { get; init; } = [];

    /// <summary>Who depends on whom otherwise: nodes, volumes, names, users; empty when unknown.</summary>
    public ImmutableArray<DependsLink> Depends { get; init; } = [];

    /// <summary>Series, from well before the onset to now.</summary>
    public ImmutableArray<SeriesFact> Series { get; init; } = [];

    /// <summary>What users feel; null when only the time of the incident is known.</summary>
    public SymptomFact? Symptom { get; init; }

    /// <summary>Requests as each entity served them, around the onset.</summary>
    public ImmutableArray<Visit> Visits { get; init; } = [];

    /// <summary>What requests looked like before; null when there is no history.</summary>
    public VisitProfile? History { get; init; }

    /// <summary>Alerts of other systems inside the incident; empty when there are none.</summary>
    public ImmutableArray<AlertFact> Alerts { get; init; } = [];

    /// <summary>How often those alerts come; null when unknown.</summary>
    public AlertProfile? AlertHistory { get; init; }

    /// <summary>How often they come of late, since what is usual drifts; null when unknown.</summary>
    public AlertProfile? AlertLately { get; init; }

    /// <summary>Templates of logs with how often they came; empty when there are none.</summary>
    public ImmutableArray<LogFact> Logs { get; init; } = [];

    /// <summary>Warning events, ascending by time; empty when there are none.</summary>
    public ImmutableArray<EventFact> Events { get; init; } = [];

    /// <summary>Changes, ascending by time; empty when there are none.</summary>
    public ImmutableArray<ChangeMark> Changes { get; init; } = [];
}
