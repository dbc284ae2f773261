using Xunit;

namespace CaaS.Analytics.Tests;

public class HealthyLoadTests
{
    private static readonly SignalRole[] OpensIncidents = [SignalRole.Latency, SignalRole.Errors, SignalRole.Availability];

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, 20).Select(seed => new TheoryDataRow<int>(seed));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ten_healthy_minutes_raise_nothing_that_opens_an_incident(int seed)
    {
        var found = Run(new ShopWorld(seed), 600);

        Assert.Empty(found.Where(anomaly => OpensIncidents.Contains(anomaly.Role)).Select(anomaly => anomaly.Explanation));
        Assert.True(found.Count <= 6, string.Join('\n', found.Select(anomaly => anomaly.Explanation)));
    }

    [Fact]
    public void An_hour_of_healthy_load_raises_next_to_nothing()
    {
        var found = Run(new ShopWorld(4711), 3600);

        Assert.Empty(found.Where(anomaly => OpensIncidents.Contains(anomaly.Role)).Select(anomaly => anomaly.Explanation));
        Assert.True(found.Count <= 12, string.Join('\n', found.Select(anomaly => anomaly.Explanation)));
    }

    private static List<Anomaly> Run(ShopWorld world, int seconds)
    {
        var engine = new AnalyticsEngine(new AnalyticsOptions());
        var found = new List<Anomaly>();
        while (world.Second < seconds)
        {
            foreach (var batch in world.NextSecond())
            {
                found.AddRange(engine.Step(batch, world.Now).Where(anomaly => anomaly.State == AnomalyState.Raised));
            }
        }

        return found;
    }
}
