using CaaS.Signals;

namespace CaaS.Analytics.Backtests;

/// <summary>A time in which people would have been told.</summary>
/// <param name="Series">Of which series.</param>
/// <param name="From">When it would have fired, UTC: the first instant at which it could be known.</param>
/// <param name="To">When it would have ended, UTC; null when it still fires at the end of the time asked about.</param>
/// <param name="Peak">The worst value, or the highest burn rate.</param>
/// <param name="PeakAt">When, UTC.</param>
/// <param name="Why">A sentence for people, about the point that fired.</param>
public sealed record Firing(
    SeriesKey Series, DateTimeOffset From, DateTimeOffset? To, double Peak, DateTimeOffset PeakAt, string Why);
