using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>Points of one series, by time.</summary>
/// <param name="Series">The series, raw or derived.</param>
/// <param name="TimestampMs">Unix milliseconds UTC, ascending.</param>
/// <param name="Value">Value at the same index.</param>
public sealed record SeriesPoints(SeriesKey Series, IReadOnlyList<long> TimestampMs, IReadOnlyList<double> Value);
