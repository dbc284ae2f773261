namespace CaaS.Rca.Findings;

/// <summary>What one pod served and asked of others since the sample before.</summary>
/// <param name="At">When it was counted, UTC.</param>
/// <param name="Time">Time spent on requests served, in the unit of the series.</param>
/// <param name="Served">Requests served.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Made">Requests made of others.</param>
internal readonly record struct ServeSample(DateTimeOffset At, double Time, double Served, double Failed, double Made);
