namespace CaaS.Signals;

/// <summary>One measured value, as read from a batch.</summary>
/// <param name="Series">Series it belongs to.</param>
/// <param name="TimestampMs">When it was measured, Unix milliseconds UTC.</param>
/// <param name="Value">The value; NaN is Prometheus' staleness mark and ends the series.</param>
public readonly record struct MetricPoint(SeriesKey Series, long TimestampMs, double Value);
