namespace CaaS.Client.Wire;

/// <summary>What a detector would have told, against the incidents on record.</summary>
/// <param name="From">First instant, UTC.</param>
/// <param name="To">Last instant, UTC.</param>
/// <param name="StepSeconds">Length of a step; null for the points themselves.</param>
/// <param name="SeriesCount">Series judged.</param>
/// <param name="PointsJudged">Points judged.</param>
/// <param name="PointsLearning">Points that only taught.</param>
/// <param name="PointsIgnored">Points that were missing, late or doubled.</param>
/// <param name="Gaps">Holes in the series.</param>
/// <param name="FiringCount">All firings.</param>
/// <param name="FiringsPerDay">The same a day.</param>
/// <param name="OutsidePerDay">Firings a day at times without any incident.</param>
/// <param name="Firings">The firings by time, the first 500.</param>
/// <param name="Incidents">Incidents opened in the time, by time.</param>
/// <param name="Precision">Firings whose entity an incident of the time names.</param>
/// <param name="PrecisionInTime">Firings at the time of any incident.</param>
/// <param name="Recall">Incidents that name a tested entity, and were found by a firing of such a one.</param>
/// <param name="RecallInTime">Incidents at the time of any firing, of all.</param>
public sealed record BacktestReport(
    DateTimeOffset From,
    DateTimeOffset To,
    int? StepSeconds,
    int SeriesCount,
    long PointsJudged,
    long PointsLearning,
    long PointsIgnored,
    int Gaps,
    int FiringCount,
    double FiringsPerDay,
    double OutsidePerDay,
    IReadOnlyList<Firing> Firings,
    IReadOnlyList<TestedIncident> Incidents,
    Share Precision,
    Share PrecisionInTime,
    Share Recall,
    Share RecallInTime);
