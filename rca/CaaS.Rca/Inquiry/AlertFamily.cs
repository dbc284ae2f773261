namespace CaaS.Rca.Inquiry;

/// <summary>Alerts of one entity that say the same thing again and again.</summary>
/// <param name="Entity">Index of the entity they are about.</param>
/// <param name="Sort">What they say.</param>
/// <param name="Surprise">How unusual they are for the entity, nats.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Name">Name of the first.</param>
internal sealed record AlertFamily(int Entity, AlertSort Sort, double Surprise, int Count, string Name);
