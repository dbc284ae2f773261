namespace CaaS.Client.Wire;

/// <summary>Points of one series, by time.</summary>
/// <param name="Series">The series.</param>
/// <param name="TimestampMs">Unix milliseconds UTC, ascending.</param>
/// <param name="Value">Value at the same index; null where the series ended.</param>
public sealed record SeriesPoints(
    Series Series, IReadOnlyList<long> TimestampMs, IReadOnlyList<double?> Value);
