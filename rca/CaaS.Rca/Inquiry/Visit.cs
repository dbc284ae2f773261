using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>One request inside one entity: from the span that enters it until that span ends.</summary>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Operation">What was asked: an id of <see cref="EventNames"/>, distinct per entity.</param>
/// <param name="Start">Unix seconds.</param>
/// <param name="TraceStart">When the whole request began, unix seconds.</param>
/// <param name="SelfSeconds">Time not spent in calls to other entities.</param>
/// <param name="Caller">Index of the calling entity; -1 for none, and where only the caller tells of the visit.</param>
/// <param name="GapSeconds">What the caller waited beyond the time served here; NaN without a caller.</param>
/// <param name="Events">Ids of what happened, in order: spans begun and log templates.</param>
/// <param name="Children">Places, in the same list of visits, of the visits this one called.</param>
public sealed record Visit(
    int Entity,
    int Operation,
    double Start,
    double TraceStart,
    double SelfSeconds,
    int Caller,
    double GapSeconds,
    ImmutableArray<int> Events,
    ImmutableArray<int> Children)
{
    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>It failed.</summary>
    public bool IsError { get; init; }

    /// <summary>A call it made failed.</summary>
    public bool HasFailedCall { get; init; }
}
