using CaaS.Analytics.Unusual;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.Unusual;

public class UnusualWatchTests
{
    private const int SeriesCount = 12;
    private static readonly EntityRef Cart = ShopWorld.Entity("cart");

    private readonly List<Anomaly> _found = [];
    private readonly Random _random = new(5);

    [Fact]
    public void A_lasting_move_is_raised_once_with_its_band_and_cleared_when_it_is_usual_again()
    {
        Run(UnusualMode.On, 900, (series, point) => Level() + (series == 3 && point is >= 600 and < 660 ? 6 : 0));

        var told = _found.Where(anomaly => anomaly.Signal == "metric_03").ToArray();
        Assert.Equal(
            [AnomalyState.Raised, AnomalyState.Cleared],
            told.Select(one => one.State).Where(state => state != AnomalyState.Updated));
        Assert.Single(told.Select(one => one.Id).Distinct());
        Assert.All(told, one => Assert.Equal(AnomalyKind.Unusual, one.Kind));
        Assert.InRange(told[0].At, At(601), At(606));
        Assert.InRange(told[0].PValue, 1e-16, 1e-4);
        Assert.InRange(told[0].Observed, told[0].ExpectedHigh, double.MaxValue);
        Assert.Contains("one point in", told[0].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void One_odd_point_tells_nothing()
    {
        Run(UnusualMode.On, 900, (series, point) => Level() + (series == 3 && point == 600 ? 60 : 0));

        Assert.DoesNotContain(_found, anomaly => anomaly.Signal == "metric_03");
    }

    [Fact]
    public void An_entity_names_the_three_series_that_carry_it()
    {
        Run(UnusualMode.On, 900, (series, point) => Level() + (series is 2 or 5 or 7 && point >= 800 ? 6 : 0));

        var told = Assert.Single(_found, anomaly =>
            anomaly.Signal == SignalRoles.EntityMetric && anomaly.State == AnomalyState.Raised);
        foreach (var carrier in (string[])["metric_02", "metric_05", "metric_07"])
        {
            Assert.Contains(carrier, told.Explanation, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_shadow_counts_and_shows_but_publishes_nothing()
    {
        var engine = Run(
            UnusualMode.Shadow, 700, (series, point) => Level() + (series == 3 && point >= 600 ? 6 : 0));

        Assert.Empty(_found);
        var counts = engine.Counts.Unusual!;
        Assert.InRange(counts.Raised, 1, 2);
        Assert.InRange(counts.Points, 7000, SeriesCount * 700);
        Assert.Equal(SeriesCount, counts.Shapes[(int)SeriesShape.Continuous]);
        Assert.Contains(counts.Latest, anomaly => anomaly.Signal == "metric_03");
        Assert.InRange(counts.StateBytes / SeriesCount, 1024, 1280);
    }

    [Fact]
    public void Off_looks_for_nothing()
    {
        var engine = Run(UnusualMode.Off, 700, (series, point) => Level() + (series == 3 && point >= 600 ? 6 : 0));

        Assert.Empty(_found);
        Assert.Null(engine.Counts.Unusual);
        Assert.Equal(SeriesShape.Unknown, engine.Report(Key(3)).Shape);
    }

    [Fact]
    public void Missing_points_are_neither_unusual_nor_hide_what_is()
    {
        Run(UnusualMode.On, 900, (series, point) => series == 3 && point is >= 500 and < 600
            ? double.NaN : Level() + (series == 3 && point >= 700 ? 6 : 0));

        Assert.InRange(_found.First(anomaly => anomaly.Signal == "metric_03").At, At(701), At(706));
    }

    [Fact]
    public void A_series_that_is_not_measured_any_more_is_cleared()
    {
        Run(UnusualMode.On, 700, (series, point) =>
            series == 3 && point >= 610 ? double.NaN : Level() + (series == 3 && point >= 600 ? 6 : 0));

        Assert.Equal(AnomalyState.Cleared, _found.Last(anomaly => anomaly.Signal == "metric_03").State);
    }

    [Fact]
    public void A_series_is_reported_with_its_shape_and_why()
    {
        var engine = Run(UnusualMode.Shadow, 100, (_, _) => Level());

        var report = engine.Report(Key(3));

        Assert.Equal((SeriesStatus.Watched, SeriesShape.Continuous), (report.Status, report.Shape));
        Assert.StartsWith("A level, judged by the ensemble", report.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_of_healthy_load_have_at_most_one_in_ten_thousand()
    {
        var counts = Enumerable.Range(1, 3).Select(Healthy).ToArray();

        var raised = counts.Sum(hour => hour.Raised + hour.RaisedEntities);
        Assert.True(
            raised * 10_000d / counts.Sum(hour => hour.Points) <= 1,
            $"{raised} in:\n" + string.Join('\n', counts.SelectMany(hour => hour.Latest).Select(one => one.Explanation)));
    }

    private static UnusualCounts Healthy(int seed)
    {
        var world = new ShopWorld(seed);
        var engine = new AnalyticsEngine(Options(UnusualMode.Shadow));
        while (world.Second < 3600)
        {
            foreach (var batch in world.NextSecond())
            {
                engine.Step(batch, world.Now);
            }
        }

        return engine.Counts.Unusual!;
    }

    private AnalyticsEngine Run(UnusualMode mode, int points, Func<int, int, double> value)
    {
        var engine = new AnalyticsEngine(Options(mode));
        for (var point = 0; point < points; point++)
        {
            var builder = new MetricColumnsBuilder();
            for (var series = 0; series < SeriesCount; series++)
            {
                builder.Add(Key(series), At(point).ToUnixTimeMilliseconds(), value(series, point));
            }

            var batch = new SignalBatch { Scope = Scope.Default, Source = "test", Metrics = builder.Drain() };
            _found.AddRange(engine.Step(batch, At(point)).Where(anomaly => anomaly.Kind == AnomalyKind.Unusual));
        }

        return engine;
    }

    private double Level() => 20 + Enumerable.Range(0, 4).Sum(_ => _random.NextDouble());

    private static AnalyticsOptions Options(UnusualMode mode) =>
        new() { Ensemble = new UnusualOptions { Mode = mode } };

    private static SeriesKey Key(int series) => new(Cart, $"metric_{series:00}", [], MetricKind.Gauge);

    private static DateTimeOffset At(int point) => ShopWorld.Start.AddSeconds(5 * point);
}
