namespace CaaS.Analytics.MlNet;

/// <summary>All parts at a time.</summary>
/// <param name="TimeStamp">The time.</param>
/// <param name="TimeSeriesPoints">The parts.</param>
public sealed record MetricSlice(DateTime TimeStamp, IReadOnlyList<TimeSeriesPoint> TimeSeriesPoints);
