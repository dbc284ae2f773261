namespace CaaS.Rca.Inquiry;

/// <summary>One span.</summary>
/// <param name="Trace">Trace id.</param>
/// <param name="Id">Span id.</param>
/// <param name="Parent">Parent span id; empty for a root.</param>
/// <param name="Entity">Index of the entity that made it.</param>
/// <param name="Operation">Its name.</param>
/// <param name="Start">Unix seconds.</param>
/// <param name="Seconds">How long it took.</param>
public readonly record struct SpanFact(
    string Trace, string Id, string Parent, int Entity, string Operation, double Start, double Seconds);
