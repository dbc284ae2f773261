namespace CaaS.Benchmarks.HardSet;

/// <summary>One Kubernetes event.</summary>
/// <param name="Time">Unix seconds.</param>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Warning">Whether its type is Warning.</param>
internal readonly record struct HardEvent(double Time, int Entity, string Reason, bool Warning);
