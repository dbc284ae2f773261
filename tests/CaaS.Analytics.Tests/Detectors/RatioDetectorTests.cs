using CaaS.Analytics.Detectors;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.Detectors;

public class RatioDetectorTests
{
    private readonly RatioDetector _detector = new(
        new SeriesKey(ShopWorld.Entity("cart"), "http_server_request_error_ratio", [], MetricKind.Gauge), new AnalyticsOptions());

    private long _ms = ShopWorld.Start.ToUnixTimeMilliseconds();

    [Fact]
    public void A_service_that_never_failed_alarms_when_it_does()
    {
        Repeat(60, 0, 100);

        var raised = Assert.Single(Repeat(3, 20, 100));
        Assert.Equal((AnomalyState.Raised, SignalRole.Errors, 0.2), (raised.State, raised.Role, raised.Observed));
    }

    [Fact]
    public void One_of_three_says_little()
    {
        Repeat(60, 0, 3);

        Assert.Empty(Repeat(20, 1, 3));
    }

    [Fact]
    public void A_service_that_always_fails_a_little_keeps_its_peace()
    {
        Repeat(60, 5, 100);

        Assert.Empty(Repeat(60, 8, 100));
        Assert.Single(Repeat(4, 40, 100));
    }

    [Fact]
    public void Nonsense_counts_are_ignored()
    {
        Repeat(60, 0, 100);

        Assert.Empty(Repeat(5, double.NaN, 100).Concat(Repeat(5, 1, 0)).Concat(Repeat(5, -1, double.PositiveInfinity)));
    }

    private List<Anomaly> Repeat(int count, double bad, double all)
    {
        var found = new List<Anomaly>();
        for (var point = 0; point < count; point++)
        {
            _ms += 5000;
            if (_detector.Push(_ms, _ms, bad, all) is { } told)
            {
                found.Add(told);
            }
        }

        return found;
    }
}
