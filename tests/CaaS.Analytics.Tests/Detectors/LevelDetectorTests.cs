using CaaS.Analytics.Detectors;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.Detectors;

public class LevelDetectorTests
{
    private readonly AnalyticsOptions _options = new();
    private readonly Random _random = new(11);
    private long _ms = ShopWorld.Start.ToUnixTimeMilliseconds();

    [Fact]
    public void A_repetition_like_cron_is_told_a_few_times_at_most()
    {
        var detector = Detector("container_cpu_usage_cores");
        var raised = 0;
        for (var point = 0; point < 12 * 60 * 3; point++)
        {
            var isJob = point % 60 < 5;
            raised += Push(detector, isJob ? 1.5 + (0.1 * _random.NextDouble()) : 0.1)?.State == AnomalyState.Raised ? 1 : 0;
        }

        Assert.InRange(raised, 0, 4);
    }

    [Fact]
    public void The_usual_height_of_an_hour_is_excused_after_some_days()
    {
        var detector = Detector("http_server_request_rate");
        var raisedOnDay = new int[7];
        for (var day = 0; day < 7; day++)
        {
            for (var minute = 0; minute < 1440; minute++)
            {
                _ms += 55_000;
                var isBusy = minute is >= 600 and < 720;
                var told = Push(detector, (isBusy ? 400 : 20) * (1 + (0.05 * _random.NextDouble())));
                raisedOnDay[day] += told?.State == AnomalyState.Raised ? 1 : 0;
            }
        }

        Assert.True(raisedOnDay[0] + raisedOnDay[1] > 0);
        Assert.Equal(0, raisedOnDay[5] + raisedOnDay[6]);
    }

    [Fact]
    public void A_lasting_fault_is_slowly_learned_as_normal()
    {
        var detector = Detector("http_server_request_duration_p95_seconds");
        Repeat(60, 0.02, detector);
        var raised = Repeat(30, 0.5, detector);
        var cleared = Repeat(12 * 120, 0.5, detector);

        Assert.Equal(AnomalyState.Raised, Assert.Single(raised).State);
        Assert.Equal(AnomalyState.Cleared, Assert.Single(cleared).State);
    }

    [Fact]
    public void A_series_still_learning_never_alarms()
    {
        var detector = Detector("http_server_request_duration_p95_seconds");
        Repeat(10, 0.02, detector);

        Assert.Empty(Repeat(14, 5, detector));
        Assert.True(detector.IsLearning);
    }

    [Fact]
    public void Tiny_changes_of_tiny_numbers_never_alarm()
    {
        var detector = Detector("http_server_request_duration_p95_seconds");
        Repeat(60, 0.001, detector);

        Assert.Empty(Repeat(60, 0.02, detector));
    }

    [Fact]
    public void One_bad_scrape_is_not_enough()
    {
        var detector = Detector("http_server_request_duration_p95_seconds");
        Repeat(60, 0.02, detector);
        var found = new List<Anomaly>();
        for (var spike = 0; spike < 20; spike++)
        {
            found.AddRange(Repeat(1, 3, detector));
            found.AddRange(Repeat(10, 0.02, detector));
        }

        Assert.Empty(found);
    }

    [Fact]
    public void A_newcomer_that_burns_a_core_is_told()
    {
        var detector = Detector("container_cpu_usage_cores");
        detector.Seed(0);

        Assert.Equal(AnomalyState.Raised, Assert.Single(Repeat(4, 0.9, detector)).State);
    }

    [Fact]
    public void A_series_that_always_moved_and_stands_still_is_told()
    {
        var detector = Detector("http_server_active_requests");
        for (var point = 0; point < 200; point++)
        {
            Push(detector, 20 + (5 * _random.NextDouble()));
        }

        Assert.Contains("stands still", Assert.Single(Repeat(40, 22, detector)).Explanation, StringComparison.Ordinal);
    }

    private LevelDetector Detector(string metric)
    {
        var key = new SeriesKey(ShopWorld.Entity("cart"), metric, [], MetricKind.Gauge);
        return new LevelDetector(key, SignalRoles.Of(metric, []), _options);
    }

    private List<Anomaly> Repeat(int count, double level, LevelDetector detector)
    {
        var found = new List<Anomaly>();
        for (var point = 0; point < count; point++)
        {
            var noise = detector.Key.Metric.EndsWith("active_requests", StringComparison.Ordinal) ? 0 : 0.1 * _random.NextDouble();
            if (Push(detector, level * (1 + noise)) is { State: not AnomalyState.Updated } told)
            {
                found.Add(told);
            }
        }

        return found;
    }

    private Anomaly? Push(LevelDetector detector, double value)
    {
        _ms += 5000;
        return detector.Push(_ms, _ms, value);
    }
}
