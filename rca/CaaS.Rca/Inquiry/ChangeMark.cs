namespace CaaS.Rca.Inquiry;

/// <summary>That an entity was changed, whatever was changed.</summary>
/// <param name="Time">Unix seconds.</param>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Sort">What sort of change, such as <c>config</c>.</param>
public readonly record struct ChangeMark(double Time, int Entity, string Sort);
