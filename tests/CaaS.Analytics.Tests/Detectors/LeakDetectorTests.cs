using CaaS.Analytics.Detectors;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.Detectors;

public class LeakDetectorTests
{
    private readonly LeakDetector _detector = new(
        new SeriesKey(ShopWorld.Entity("cart"), "container_memory_growth_ratio", [], MetricKind.Gauge), new AnalyticsOptions());

    private long _ms = ShopWorld.Start.ToUnixTimeMilliseconds();

    [Theory]
    [InlineData(0.02, 0.9)]
    [InlineData(0.005, 0.9)]
    [InlineData(0.001, 0.9)]
    public void A_leak_is_told_before_ninety_percent(double growthPerPoint, double before)
    {
        Hold(60, 0.3);
        var told = Grow(0.3, growthPerPoint).First();

        Assert.InRange(told.Observed, 0.5, before);
    }

    [Fact]
    public void A_heap_that_warms_up_and_saws_is_no_leak()
    {
        var found = new List<Anomaly>();
        for (var point = 0; point < 1000; point++)
        {
            found.AddRange(Push((0.45 * (1 - Math.Exp(-point / 60d))) + (0.25 * (point % 18) / 18)));
        }

        Assert.Empty(found);
    }

    [Fact]
    public void Killed_and_leaking_again_stays_one_anomaly()
    {
        Hold(60, 0.3);
        var found = new List<Anomaly>();
        for (var life = 0; life < 4; life++)
        {
            found.AddRange(Grow(0.3, 0.03).ToArray());
        }

        Assert.Single(found, told => told.State == AnomalyState.Raised);
        found.AddRange(Hold(60, 0.3));
        Assert.Equal(AnomalyState.Cleared, found[^1].State);
    }

    private IEnumerable<Anomaly> Grow(double from, double step)
    {
        for (var ratio = from; ratio < 1; ratio += step)
        {
            foreach (var told in Push(ratio))
            {
                yield return told;
            }
        }
    }

    private List<Anomaly> Hold(int count, double ratio) =>
        [.. Enumerable.Range(0, count).SelectMany(point => Push(ratio + (0.002 * (point % 2))))];

    private Anomaly[] Push(double ratio)
    {
        _ms += 5000;
        return _detector.Push(_ms, _ms, ratio) is { } told ? [told] : [];
    }
}
