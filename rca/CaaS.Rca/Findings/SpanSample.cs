using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>What is kept of one span.</summary>
/// <param name="Id">Hash of its id.</param>
/// <param name="Parent">Hash of its parent's id; 0 for a root.</param>
/// <param name="Entity">Who wrote it.</param>
/// <param name="Name">Operation name.</param>
/// <param name="Peer">Called peer as the span names it, or empty.</param>
/// <param name="Kind">Role.</param>
/// <param name="Start">Unix seconds.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="IsError">It failed.</param>
internal readonly record struct SpanSample(
    ulong Id,
    ulong Parent,
    EntityRef Entity,
    string Name,
    string Peer,
    SpanKind Kind,
    double Start,
    double Seconds,
    bool IsError)
{
    public bool IsCall => Kind is SpanKind.Client or SpanKind.Producer;
}
