namespace CaaS.Rca.Inquiry;

/// <summary>One warning event about an entity.</summary>
/// <param name="Time">Unix seconds.</param>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Reason">Its reason, such as <c>BackOff</c>.</param>
public readonly record struct EventFact(double Time, int Entity, string Reason);
