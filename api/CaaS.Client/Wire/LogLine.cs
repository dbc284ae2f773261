namespace CaaS.Client.Wire;

/// <summary>One log line.</summary>
/// <param name="Time">When it was written, UTC.</param>
/// <param name="Entity">Who wrote it, as <c>namespace/Kind/name</c>.</param>
/// <param name="Pod">Pod name, or empty.</param>
/// <param name="Container">Container name, or empty.</param>
/// <param name="Severity"><c>unspecified</c>, <c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>, <c>fatal</c>.</param>
/// <param name="Body">The message.</param>
/// <param name="TraceId">32 hex digits, or empty.</param>
/// <param name="Attributes">Further structured fields.</param>
public sealed record LogLine(
    DateTimeOffset Time,
    string Entity,
    string Pod,
    string Container,
    string Severity,
    string Body,
    string TraceId,
    IReadOnlyList<Label> Attributes);
