namespace CaaS.Alerting.Feedback;

/// <summary>What an incident's past says of it when it is opened.</summary>
/// <param name="Useful">Judged incidents of the same fault class that it was right to tell.</param>
/// <param name="Noise">Judged incidents of the same fault class that nobody should have been told.</param>
/// <param name="EntityUseful">The same for the same entity.</param>
/// <param name="EntityNoise">The same for the same entity.</param>
/// <param name="DayCount">Incidents opened in the last 24 hours.</param>
/// <param name="EntityDayCount">Of those, on the same entity.</param>
internal readonly record struct PastVerdicts(
    int Useful, int Noise, int EntityUseful, int EntityNoise, int DayCount, int EntityDayCount);
