using CaaS.Signals;

namespace CaaS.Rca.Symptoms;

/// <summary>One hard fact that is wrong now.</summary>
/// <param name="Entity">Workload or node.</param>
/// <param name="Sort">What is wrong.</param>
/// <param name="Since">Since when, as far as known, UTC.</param>
/// <param name="Pod">The pod it was seen on first, or empty.</param>
/// <param name="Text">One sentence.</param>
/// <param name="ReadyShare">Of missing pods the share of those wanted that is ready, 0 to 1; otherwise NaN.</param>
internal sealed record Condition(
    EntityRef Entity, SymptomSort Sort, DateTimeOffset Since, string Pod, string Text, double ReadyShare = double.NaN);
