namespace CaaS.Rca.Inquiry;

/// <summary>One span.</summary>
/// <param name="Trace">Trace id.</param>
/// <param name="Id">Span id.</param>
/// <param name="Parent">Parent span id; empty for a root.</param>
/// <param name="Entity">Index of the entity that made it.</param>
/// <param name="Operation">Its name.</param>
/// <param name="Start">Unix seconds.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="IsCall">It is known to wait for another entity, even where that one wrote no span.</param>
/// <param name="Callee">Index of the entity a call goes to; -1 when unknown.</param>
/// <param name="IsError">It failed.</param>
public readonly record struct SpanFact(
    string Trace,
    string Id,
    string Parent,
    int Entity,
    string Operation,
    double Start,
    double Seconds,
    bool IsCall = false,
    int Callee = -1,
    bool IsError = false);
