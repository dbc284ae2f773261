namespace CaaS.Rca.Inquiry;

/// <summary>One alert of another system inside the incident.</summary>
/// <param name="Entity">Index of the entity it is about.</param>
/// <param name="Sort">What it says.</param>
/// <param name="Name">What alerts: a metric with its direction, an operation, a template.</param>
public sealed record AlertFact(int Entity, AlertSort Sort, string Name);
