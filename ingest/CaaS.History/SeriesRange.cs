using CaaS.Signals;

namespace CaaS.History;

/// <summary>Points of one series, by time.</summary>
/// <param name="Series">The series.</param>
/// <param name="TimestampMs">Unix milliseconds UTC, ascending.</param>
/// <param name="Value">Value at the same index.</param>
public sealed record SeriesRange(SeriesKey Series, long[] TimestampMs, double[] Value);
