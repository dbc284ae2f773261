using System.Collections.Immutable;

namespace CaaS.Signals;

/// <summary>One log line.</summary>
/// <param name="Time">When it was written, UTC.</param>
/// <param name="Entity">Who wrote it: the owning workload where a pod has one.</param>
/// <param name="Pod">Pod name, or empty.</param>
/// <param name="Container">Container name, or empty.</param>
/// <param name="Severity">Severity said by the line or its envelope.</param>
/// <param name="Body">The message, at most 256 KiB.</param>
/// <param name="TraceId">32 hex digits, or empty.</param>
/// <param name="SpanId">16 hex digits, or empty.</param>
/// <param name="Attributes">Further structured fields.</param>
public sealed record LogRecord(
    DateTimeOffset Time,
    EntityRef Entity,
    string Pod,
    string Container,
    Severity Severity,
    string Body,
    string TraceId,
    string SpanId,
    ImmutableArray<Label> Attributes);
