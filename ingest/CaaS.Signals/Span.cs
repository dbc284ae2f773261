namespace CaaS.Signals;

/// <summary>One finished span.</summary>
/// <param name="TraceId">32 hex digits.</param>
/// <param name="SpanId">16 hex digits.</param>
/// <param name="ParentSpanId">16 hex digits, or empty for a root.</param>
/// <param name="Entity">The workload whose process wrote it.</param>
/// <param name="Pod">Pod name, or empty.</param>
/// <param name="Name">Operation name.</param>
/// <param name="Kind">Role.</param>
/// <param name="Start">Start, UTC.</param>
/// <param name="DurationMs">Duration, milliseconds, not negative.</param>
/// <param name="IsError">True when the span's status is Error.</param>
/// <param name="Peer">Called peer as the span names it (<c>server.address</c> or <c>peer.service</c>), or
/// empty.</param>
public sealed record Span(
    string TraceId,
    string SpanId,
    string ParentSpanId,
    EntityRef Entity,
    string Pod,
    string Name,
    SpanKind Kind,
    DateTimeOffset Start,
    double DurationMs,
    bool IsError,
    string Peer);
