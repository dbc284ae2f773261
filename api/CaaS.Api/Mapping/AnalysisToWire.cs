using CaaS.Analytics.Backtests;
using CaaS.Api.Analysis;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Mapping;

/// <summary>How backtests and forecasts are shown to programs.</summary>
internal static class AnalysisToWire
{
    public static Wire.BacktestReport Of(
        BacktestReport report, DateTimeOffset from, DateTimeOffset to, TimeSpan? step) => new(
        from, to, (int?)step?.TotalSeconds, report.SeriesCount, report.PointsJudged, report.PointsLearning,
        report.PointsIgnored, report.Gaps, report.FiringCount, report.FiringsPerDay, report.OutsidePerDay,
        [.. report.Firings.Select(Of)], [.. report.Incidents.Select(Of)], ToWire.Of(report.Precision),
        ToWire.Of(report.PrecisionInTime), ToWire.Of(report.Recall), ToWire.Of(report.RecallInTime));

    public static Wire.SeriesForecast Of(Prediction prediction)
    {
        var outlook = prediction.Outlook;
        return new Wire.SeriesForecast(
            ToWire.Of(prediction.Series), (int)outlook.Step.TotalSeconds, outlook.HistoryFrom, outlook.From,
            [.. outlook.History.Select(ToWire.Finite)], outlook.Forecast.Points, outlook.Forecast.Lower,
            outlook.Forecast.Upper, [.. outlook.Forecast.Members.Select(one => new Wire.ModelShare(one.Model, one.Weight))],
            prediction.Capacity is { } capacity ? Of(capacity, outlook.From) : null);
    }

    private static Wire.CapacityAnswer Of(Capacity capacity, DateTimeOffset now) => new(
        capacity.Limit, capacity.LimitFrom, now + capacity.Fullness.Early, now + capacity.Fullness.Median,
        now + capacity.Fullness.Late, capacity.Fullness.Within, capacity.Fullness.GrowthPerDay);

    private static Wire.Firing Of(JudgedFiring judged) => new(
        ToWire.Of(judged.Firing.Series), judged.Firing.From, judged.Firing.To, judged.Firing.Peak, judged.Firing.PeakAt,
        judged.Firing.Why, (Wire.IncidentRelation)judged.Relation, judged.IncidentId);

    private static Wire.TestedIncident Of(JudgedIncident judged) => new(
        judged.Incident.Id, judged.Incident.Title, judged.Incident.Onset, judged.Incident.Opened, judged.Incident.Ended,
        judged.IsConcerned, (Wire.IncidentRelation)judged.Relation, judged.Delay?.TotalSeconds, judged.FiringCount);
}
