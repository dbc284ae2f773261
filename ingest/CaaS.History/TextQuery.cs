using CaaS.Signals;

namespace CaaS.History;

/// <summary>Search in what was written.</summary>
/// <param name="Scope">Scope to look in.</param>
/// <param name="From">First instant, UTC, inclusive.</param>
/// <param name="To">Last instant, UTC, exclusive.</param>
/// <param name="Entity">Only this entity (an event matches by entity or owner), or null for all.</param>
/// <param name="Text">Only what contains this, case-insensitively; empty for all.</param>
/// <param name="MinSeverity">Only lines at least this grave; Unspecified for all.</param>
/// <param name="Limit">Most rows answered, 1 to 10,000.</param>
public sealed record TextQuery(
    Scope Scope,
    DateTimeOffset From,
    DateTimeOffset To,
    EntityRef? Entity,
    string Text = "",
    Severity MinSeverity = Severity.Unspecified,
    int Limit = 200);
