namespace CaaS.Client.Wire;

/// <summary>When something is full, and how sure that is.</summary>
/// <param name="Limit">What full is.</param>
/// <param name="LimitFrom">Metric the limit was read from, or <c>given</c>.</param>
/// <param name="Early">Full by then with probability 0.1, UTC; null when not within ten years.</param>
/// <param name="Median">The same with probability 0.5.</param>
/// <param name="Late">The same with probability 0.9.</param>
/// <param name="Within">Probability that it is full within the horizon.</param>
/// <param name="GrowthPerDay">Mean growth a day.</param>
public sealed record CapacityAnswer(
    double Limit,
    string LimitFrom,
    DateTimeOffset? Early,
    DateTimeOffset? Median,
    DateTimeOffset? Late,
    double Within,
    double GrowthPerDay);
