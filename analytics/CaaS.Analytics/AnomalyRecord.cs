using System.Collections.Immutable;

namespace CaaS.Analytics;

/// <summary>What analytics made of a run of signal records; the record of the topic <c>anomalies</c>.</summary>
/// <param name="FromOffset">First offset of the topic <c>signals</c> it covers.</param>
/// <param name="ToOffset">Offset after the last it covers: a reader may step signals up to here.</param>
/// <param name="Found">What was found, by offset, ascending.</param>
public sealed record AnomalyRecord(long FromOffset, long ToOffset, ImmutableArray<FoundAt> Found);
