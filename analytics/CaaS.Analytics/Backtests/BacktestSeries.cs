using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Analytics.Backtests;

/// <summary>A series that is judged again.</summary>
/// <param name="Series">The series, raw or derived.</param>
/// <param name="Points">Its points by time, with those a detector learns from before the time asked about.</param>
public sealed record BacktestSeries(SeriesKey Series, ImmutableArray<BacktestPoint> Points);
