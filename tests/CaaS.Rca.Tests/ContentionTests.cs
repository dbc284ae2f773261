using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>A workload that takes its neighbours' processor is found on nodes that claim more cores than they have; one
/// that only works more because of others is not blamed.</summary>
public class ContentionTests
{
    private const int At = 400;

    [Theory]
    [InlineData(60)]
    [InlineData(1500)]
    public void A_hog_beside_pods_that_are_slow_only_on_its_node_is_the_cause(int seconds)
    {
        var shop = Twin();
        shop.At(At + 4, () => Rise(shop, 0.79));
        shop.At(At + 2, () => SlowNode2(shop));
        shop.At(At + 16, () => shop.Raise("hog-cpu", Shop.Workload("hog", "batch"), SignalRole.Cpu, "container_cpu_usage_seconds_total", [], 0.7));
        SlowForAll(shop);

        shop.RunTo(At + seconds);

        Assert.Equal(("hog", "cpu-contention"), First(shop));
        Assert.True(Assert.Single(shop.Incidents).Hypotheses[0].Confidence > 0.7);
    }

    [Fact]
    public void A_hog_as_new_as_the_trouble_is_the_cause()
    {
        var shop = Twin(hasHog: false);
        shop.At(At, () =>
        {
            shop.Deploy("hog", "node2", At, "batch");
            Rise(shop, 0.79);
            SlowNode2(shop);
        });
        SlowForAll(shop);

        shop.RunTo(At + 60);

        Assert.Equal(("hog", "cpu-contention"), First(shop));
    }

    [Fact]
    public void Who_happens_to_take_more_is_not_the_cause_of_what_is_slow_on_every_node()
    {
        var shop = Twin();
        shop.At(At + 4, () => Rise(shop, 0.79));
        shop.At(At + 2, () =>
        {
            SlowNode2(shop);
            shop.On("payment", "node2").Latency = 0.01;
            shop.On("stock", "node1").Latency = 0.031;
            shop.On("catalogue", "node1").Latency = 0.13;
            shop.On("gateway", "node1").Latency = 0.1;
            shop.On("checkout", "node1").Latency = 0.1;
        });
        SlowForAll(shop);

        shop.RunTo(At + 60);

        Assert.Equal(("stock", "dependency-latency"), First(shop));
    }

    [Fact]
    public void Who_takes_more_for_more_requests_is_no_hog()
    {
        var shop = Twin();
        shop.At(At + 1, () =>
        {
            Rise(shop, 0.79);
            shop.On("hog", "node2").Served = 20 * 400;
        });
        shop.At(At + 2, () => SlowNode2(shop));
        SlowForAll(shop);

        shop.RunTo(At + 90);

        NobodyIsBlamedForContention(shop);
    }

    [Fact]
    public void Who_takes_more_for_asking_again_and_again_is_no_hog()
    {
        var shop = Twin();
        shop.At(At, () => shop.On("stock", "node2").Latency = 0.2);
        shop.At(At + 3, () =>
        {
            shop.On("checkout", "node2").Made = 12;
            shop.On("checkout", "node2").Cores = 0.5;
        });
        SlowForAll(shop);

        shop.RunTo(At + 90);

        NobodyIsBlamedForContention(shop);
        Assert.Equal(("stock", "dependency-latency"), First(shop));
    }

    [Fact]
    public void Who_takes_more_only_after_the_trouble_began_is_no_hog()
    {
        var shop = Twin();
        shop.At(At, () => SlowNode2(shop));
        shop.At(At + 75, () => Rise(shop, 0.79));
        SlowForAll(shop);

        shop.RunTo(At + 150);

        NobodyIsBlamedForContention(shop);
    }

    [Fact]
    public void A_processor_that_was_always_in_use_is_no_burst()
    {
        var shop = Twin();
        Rise(shop, 0.79);
        shop.At(At, () => SlowNode2(shop));
        SlowForAll(shop);

        shop.RunTo(At + 60);

        NobodyIsBlamedForContention(shop);
    }

    private static Shop Twin(bool hasHog = true)
    {
        var shop = new Shop(isTwin: true);
        if (hasHog)
        {
            shop.Deploy("hog", "node2", -3600, "batch");
            Rise(shop, 0.002);
        }

        return shop;
    }

    private static void Rise(Shop shop, double cores) => shop.On("hog", "node2").Cores = cores;

    /// <summary>What the pods on node2 showed beside a hog; those on node1 only wait for them.</summary>
    private static void SlowNode2(Shop shop)
    {
        foreach (var (name, here, there) in new[]
        {
            ("stock", 0.033, 0.01), ("catalogue", 0.08, 0.022), ("gateway", 0.05, 0.025), ("checkout", 0.06, 0.02), ("payment", 0.03, 0.01),
        })
        {
            shop.On(name, "node2").Latency = here;
            shop.On(name, "node1").Latency = there;
        }
    }

    private static void SlowForAll(Shop shop)
    {
        foreach (var name in new[] { "stock", "catalogue", "checkout", "gateway" })
        {
            shop.At(At + 14, () => shop.Serve(name, SignalRole.Latency, 0.3));
        }

        foreach (var (caller, callee) in Shop.Calls.Where(call => call.Callee is "stock" or "checkout" or "catalogue" or "gateway"))
        {
            shop.At(At + 15, () => shop.Call(caller, callee, SignalRole.Latency, 0.3));
        }
    }

    private static (string Entity, string FaultClass) First(Shop shop)
    {
        var first = Assert.Single(shop.Incidents).Hypotheses[0];
        return (first.Entity.Name, first.FaultClass);
    }

    private static void NobodyIsBlamedForContention(Shop shop) =>
        Assert.DoesNotContain(Assert.Single(shop.Incidents).Hypotheses,
            cause => cause.FaultClass == "cpu-contention" && cause.Confidence > 0.1);
}
