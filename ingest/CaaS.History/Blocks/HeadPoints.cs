using CaaS.Signals;

namespace CaaS.History.Blocks;

/// <summary>Points of one series copied out of a head for a query.</summary>
internal sealed record HeadPoints(SeriesKey Series, long[] TimestampMs, double[] Value);
