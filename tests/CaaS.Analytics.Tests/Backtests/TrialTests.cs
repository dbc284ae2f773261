using CaaS.Analytics.Backtests;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Analytics.Patterns;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.Backtests;

public class TrialTests
{
    private static readonly DateTimeOffset T = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SeriesKey Latency =
        new(ShopWorld.Entity("cart"), "http_server_request_duration_p95_seconds", [], MetricKind.Gauge);

    [Fact]
    public void A_threshold_fires_once_it_was_exceeded_for_long_enough_and_clears_at_its_own_level()
    {
        var trial = new ThresholdTrial(new ThresholdRule(10, true, TimeSpan.FromSeconds(30), 5));

        var fired = Fires(trial, 9, 11, 9, 11, 12, 13, 14, 9, 6, 5, 9, 11);

        Assert.Equal("......X XX. . .".Replace(" ", "", StringComparison.Ordinal), fired);
    }

    [Fact]
    public void A_threshold_below_fires_below()
    {
        var trial = new ThresholdTrial(new ThresholdRule(3, false, TimeSpan.Zero, 4));

        Assert.Equal(".XX.", Fires(trial, 3, 2, 3.5, 4));
        Assert.Equal("4 is below 3", trial.Why());
    }

    [Theory]
    [InlineData(double.NaN, true, 0, null)]
    [InlineData(1, true, -1, null)]
    [InlineData(1, true, 0, 2.0)]
    [InlineData(1, false, 0, 0.5)]
    [InlineData(1, true, 0, double.NaN)]
    public void A_threshold_that_makes_no_sense_is_refused(double level, bool isAbove, int seconds, double? clear) =>
        Assert.Throws<ArgumentException>(
            () => new ThresholdTrial(new ThresholdRule(level, isAbove, TimeSpan.FromSeconds(seconds), clear)));

    [Fact]
    public void A_hole_ends_a_firing_when_it_could_be_known_and_starts_the_wait_anew()
    {
        var trial = new ThresholdTrial(new ThresholdRule(1, true, TimeSpan.FromMinutes(1), null));
        BacktestPoint[] points = [Point(0, 2), Point(60, 2), Point(70, double.NaN), Point(600, 2), Point(630, 2), Point(660, 2)];

        var report = Backtest.Run([new(Latency, [.. points])], _ => trial, [], new(T, T.AddMinutes(12)));

        Assert.Equal([(60, 360), (660, null)], report.Firings.Select(Times));
        Assert.Equal((1, 1, 5), (report.Gaps, report.PointsIgnored, report.PointsJudged));
    }

    [Fact]
    public void The_ensemble_fires_on_a_step_and_says_why()
    {
        var random = new Random(5);
        var points = Enumerable.Range(0, 900).Select(i => Point(i * 60, (i is >= 700 and < 710 ? 40 : 10) + random.NextDouble()));

        var report = Backtest.Run(
            [new(Latency, [.. points])], _ => new EnsembleTrial(new SeriesEnsemble(new EnsembleOptions()), 5.82f), [],
            new(T, T.AddMinutes(900)));

        var firing = Assert.Single(report.Firings).Firing;
        Assert.Equal(T.AddMinutes(700), firing.From);
        Assert.Contains("is usual", firing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_band_tells_what_the_live_detector_tells()
    {
        var random = new Random(5);
        var points = Enumerable.Range(0, 400).Select(i => Point(i * 5, (i is >= 300 and < 340 ? 1.5 : 0.1) + (0.01 * random.NextDouble())));

        var report = Backtest.Run(
            [new(Latency, [.. points])], key => new BandTrial(key, new AnalyticsOptions()), [], new(T, T.AddHours(1)));

        var firing = Assert.Single(report.Firings).Firing;
        Assert.InRange((firing.From - T).TotalSeconds, 1500, 1540);
        Assert.InRange(firing.Peak, 1.5, 1.51);
        Assert.True(report.PointsLearning >= 24);
    }

    [Fact]
    public void A_budget_that_burns_in_both_windows_fires_and_two_errors_at_night_do_not()
    {
        var quiet = Enumerable.Range(0, 300).Select(i => new BacktestPoint(Ms(i * 60), i == 200 ? 2 : 0, i % 20 == 0 ? 2 : 0));
        var burning = Enumerable.Range(0, 300).Select(i => new BacktestPoint(Ms(i * 60), i >= 200 ? 100 : 0, 1000));

        Assert.Equal(0, Burn(quiet).FiringCount);
        var firing = Assert.Single(Burn(burning).Firings).Firing;
        Assert.InRange((firing.From - T).TotalMinutes, 204, 212);
        Assert.Contains("burns", firing.Why, StringComparison.Ordinal);
    }

    [Property(MaxTest = 60)]
    public void Cutting_the_future_off_changes_no_firing_of_the_past(double[] values, byte cut, byte which)
    {
        var points = values.Select((value, i) => new BacktestPoint(Ms(i * (i % 7 == 6 ? 400 : 60)), value, Math.Abs(value))).ToArray();
        var kept = points.Take(cut % (points.Length + 1)).ToArray();
        ITrial Make(SeriesKey key) => (which % 4) switch
        {
            0 => new ThresholdTrial(new ThresholdRule(0, true, TimeSpan.FromMinutes(2), -1)),
            1 => new EnsembleTrial(new SeriesEnsemble(new EnsembleOptions { Threshold = 0.1f, Rest = 1 }), 0.1f),
            2 => new BandTrial(key, new AnalyticsOptions { LearningPoints = 8 }),
            _ => new BurnRateTrial(new BurnRateOptions()),
        };
        BacktestReport Run(BacktestPoint[] some, DateTimeOffset to) => Backtest.Run([new(Latency, [.. some])], Make, [], new(T, to));
        var end = T.AddDays(7);
        var at = kept.Length == 0 ? T.AddSeconds(1) : DateTimeOffset.FromUnixTimeMilliseconds(kept.Max(point => point.Ms) + 1);

        var whole = Run(points, end).Firings.Select(one => one.Firing).Where(firing => firing.From < at)
            .Select(firing => (firing.From, To: firing.To < at ? firing.To : null, firing.Why));
        var past = Run(kept, at).Firings.Select(one => (one.Firing.From, one.Firing.To, one.Firing.Why));

        Assert.Equal(whole, past);
    }

    private static BacktestReport Burn(IEnumerable<BacktestPoint> points) => Backtest.Run(
        [new(Latency, [.. points])], _ => new BurnRateTrial(new BurnRateOptions()), [], new(T, T.AddHours(5)));

    private static string Fires(ThresholdTrial trial, params double[] values) =>
        string.Concat(values.Select((value, i) => trial.Judge(Point(i * 10, value)).Fires ? 'X' : '.'));

    private static (int From, int? To) Times(JudgedFiring one) =>
        ((int)(one.Firing.From - T).TotalSeconds, (int?)(one.Firing.To - T)?.TotalSeconds);

    private static long Ms(int seconds) => T.AddSeconds(seconds).ToUnixTimeMilliseconds();

    private static BacktestPoint Point(int seconds, double value) => new(Ms(seconds), value);
}
