namespace CaaS.Analytics.Patterns;

/// <summary>When something is full, and how sure that is.</summary>
/// <param name="Early">The time by which it is full with probability 0.1; null if that is never reached within the
/// limit.</param>
/// <param name="Median">The same with probability 0.5.</param>
/// <param name="Late">The same with probability 0.9.</param>
/// <param name="Within">The probability that it is full within the horizon asked.</param>
/// <param name="GrowthPerDay">The mean growth, in units a day.</param>
public readonly record struct Fullness(
    TimeSpan? Early, TimeSpan? Median, TimeSpan? Late, double Within, double GrowthPerDay);
