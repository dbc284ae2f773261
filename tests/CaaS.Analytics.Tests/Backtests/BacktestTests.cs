using CaaS.Analytics.Backtests;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.Backtests;

public class BacktestTests
{
    private static readonly DateTimeOffset T = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly EntityRef Cart = ShopWorld.Entity("cart");
    private static readonly EntityRef Stock = ShopWorld.Entity("stock");
    private static readonly BacktestWindow Day = new(T, T.AddDays(1)) { GapAfter = TimeSpan.FromDays(1) };

    [Fact]
    public void The_entity_counts_more_than_the_time_and_both_are_said()
    {
        var report = Run(
            [
                Incident("found", 60, 90, Cart), Incident("same-time", 200, 230, Stock), Incident("missed", 400, 430, Cart),
                Incident("elsewhere", 600, 630, Stock),
            ],
            50, 70, 205, 900);

        Assert.Equal(
            [
                ("found", true, IncidentRelation.SameEntity, -10.0, 2), ("same-time", false, IncidentRelation.SameTime, 5, 1),
                ("missed", true, IncidentRelation.None, null, 0), ("elsewhere", false, IncidentRelation.None, null, 0),
            ],
            report.Incidents.Select(one =>
                (one.Incident.Id, one.IsConcerned, one.Relation, one.Delay?.TotalMinutes, one.FiringCount)));
        Assert.Equal(
            [
                (IncidentRelation.SameEntity, "found"), (IncidentRelation.SameEntity, "found"),
                (IncidentRelation.SameTime, "same-time"), (IncidentRelation.None, ""),
            ],
            report.Firings.Select(one => (one.Relation, one.IncidentId)));
        Assert.Equal((2, 4), (report.Precision.Count, report.Precision.Of));
        Assert.Equal((3, 4), (report.PrecisionInTime.Count, report.PrecisionInTime.Of));
        Assert.Equal((1, 2), (report.Recall.Count, report.Recall.Of));
        Assert.Equal((2, 4), (report.RecallInTime.Count, report.RecallInTime.Of));
        Assert.Equal((4, 4.0, 1.0), (report.FiringCount, report.FiringsPerDay, report.OutsidePerDay));
    }

    [Theory]
    [InlineData(44, IncidentRelation.None)]
    [InlineData(45, IncidentRelation.SameEntity)]
    [InlineData(90, IncidentRelation.SameEntity)]
    [InlineData(91, IncidentRelation.None)]
    public void A_firing_belongs_to_an_incident_it_leads_by_a_little_or_begins_in(int minute, IncidentRelation expected) =>
        Assert.Equal(expected, Assert.Single(Run([Incident("one", 60, 90, Cart)], minute).Firings).Relation);

    [Fact]
    public void What_always_fires_finds_nothing()
    {
        var series = new BacktestSeries(new(Cart, "m", [], MetricKind.Gauge), [.. Enumerable.Range(0, 1400).Select(i => Point(i, 1))]);

        var report = Backtest.Run([series], Threshold, [Incident("one", 600, 660, Cart)], Day);

        Assert.Equal(IncidentRelation.None, Assert.Single(report.Incidents).Relation);
        Assert.Equal(0, report.Recall.Count);
    }

    [Fact]
    public void Points_before_the_window_teach_and_what_fires_through_its_start_is_told()
    {
        var series = new BacktestSeries(
            new(Cart, "m", [], MetricKind.Gauge),
            [Point(-30, 1), Point(-29, 0), Point(-5, 1), Point(3, 0), Point(5, 0), Point(1441, 1)]);

        var report = Backtest.Run([series], Threshold, [], Day);

        var firing = Assert.Single(report.Firings).Firing;
        Assert.Equal((T.AddMinutes(-5), T.AddMinutes(3)), (firing.From, firing.To));
        Assert.Equal(2, report.PointsJudged);
    }

    [Fact]
    public void An_incident_that_lasts_and_one_of_another_day_are_told_apart()
    {
        var report = Run([Incident("lasts", 60, null, Cart), Incident("yesterday", -60, -30, Cart)], 1000);

        Assert.Equal("lasts", Assert.Single(report.Incidents).Incident.Id);
        Assert.Equal(940, report.Incidents[0].Delay?.TotalMinutes);
    }

    [Fact]
    public void Late_doubled_and_missing_points_are_left_out_and_counted()
    {
        var series = new BacktestSeries(
            new(Cart, "m", [], MetricKind.Gauge),
            [Point(1, 0), Point(1, 1), Point(0, 1), Point(2, double.NaN), Point(3, double.PositiveInfinity)]);

        var report = Backtest.Run([series], Threshold, [], Day);

        Assert.Equal((1, 4, 0), (report.PointsJudged, report.PointsIgnored, report.FiringCount));
    }

    [Fact]
    public void All_firings_are_counted_but_not_all_listed()
    {
        var report = Run([], Day with { ListedMax = 2 }, 10, 20, 30);

        Assert.Equal((3, 2), (report.FiringCount, report.Firings.Length));
    }

    [Fact]
    public void Nothing_tested_says_nothing()
    {
        var report = Backtest.Run([], Threshold, [], Day);

        Assert.Equal(new Share(0, 0, 0, 1), report.Precision);
        Assert.Equal(0, report.FiringsPerDay);
        Assert.Throws<ArgumentException>(() => Backtest.Run([], Threshold, [], Day with { To = T }));
    }

    [Fact]
    public void The_interval_of_a_share_is_the_score_interval()
    {
        var share = Share.Among(8, 10);

        Assert.Equal(0.4902, share.Low, 4);
        Assert.Equal(0.9433, share.High, 4);
    }

    [Property(MaxTest = 200)]
    public void A_share_lies_in_its_interval(byte count, byte more)
    {
        var share = Share.Among(count, count + more);

        Assert.True(share.Low >= 0 && share.High <= 1);
        Assert.True(count + more == 0 || (share.Low <= (double)count / (count + more) && share.High >= (double)count / (count + more)));
    }

    private static BacktestReport Run(PastIncident[] incidents, params int[] minutes) => Run(incidents, Day, minutes);

    private static BacktestReport Run(PastIncident[] incidents, BacktestWindow window, params int[] minutes)
    {
        var points = minutes.SelectMany(minute => new[] { Point(minute, 1), Point(minute + 1, 0) });
        return Backtest.Run([new(new(Cart, "m", [], MetricKind.Gauge), [.. points])], Threshold, incidents, window);
    }

    private static ThresholdTrial Threshold(SeriesKey series) => new(new ThresholdRule(0.5, true, TimeSpan.Zero, null));

    private static BacktestPoint Point(int minute, double value) => new(T.AddMinutes(minute).ToUnixTimeMilliseconds(), value);

    private static PastIncident Incident(string id, int opened, int? ended, params EntityRef[] entities) => new(
        id, id, T.AddMinutes(opened), T.AddMinutes(opened), ended is { } minute ? T.AddMinutes(minute) : null, [.. entities]);
}
