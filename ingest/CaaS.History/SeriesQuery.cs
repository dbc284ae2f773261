using CaaS.Signals;

namespace CaaS.History;

/// <summary>Which series, and when.</summary>
/// <param name="Scope">Scope to look in.</param>
/// <param name="From">First instant, UTC, inclusive.</param>
/// <param name="To">Last instant, UTC, exclusive.</param>
/// <param name="Entity">Only this entity, or null for all.</param>
/// <param name="Metric">Only this metric, or null for all.</param>
/// <param name="Labels">Labels that must be equal; empty for no demand.</param>
/// <param name="MaxSeries">Most series answered, 1 to 10,000.</param>
public sealed record SeriesQuery(
    Scope Scope,
    DateTimeOffset From,
    DateTimeOffset To,
    EntityRef? Entity,
    string? Metric,
    IReadOnlyList<Label> Labels,
    int MaxSeries = 1000);
