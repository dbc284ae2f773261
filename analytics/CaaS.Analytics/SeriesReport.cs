using CaaS.Analytics.Unusual;

namespace CaaS.Analytics;

/// <summary>What the engine does with a series, and why.</summary>
/// <param name="Status">Status.</param>
/// <param name="Shape">Sort of series by its own statistics; decides who judges whether it is unusual.</param>
/// <param name="Why">The statistics that decided, a sentence; empty when it is not looked at.</param>
public sealed record SeriesReport(SeriesStatus Status, SeriesShape Shape, string Why);
