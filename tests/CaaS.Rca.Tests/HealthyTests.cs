using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>What is part of a healthy day opens nothing.</summary>
public class HealthyTests
{
    [Fact]
    public void Ten_quiet_minutes_open_nothing()
    {
        var shop = new Shop();

        shop.RunTo(600);

        Assert.Empty(shop.Records);
    }

    [Fact]
    public void A_rolling_update_with_a_few_failed_requests_opens_nothing()
    {
        var shop = new Shop();
        shop.At(100, () => shop.Rollout("checkout", ChangeKind.Image));
        shop.At(106, () => shop.Call("gateway", "checkout", SignalRole.Errors, 0.3));
        shop.At(106, () => shop.Serve("gateway", SignalRole.Errors, 0.1));
        shop.At(108, () => shop.Serve("checkout", SignalRole.Latency, 0.5));
        shop.At(126, shop.ClearAll);

        shop.RunTo(300);

        Assert.Empty(shop.Records);
    }

    [Fact]
    public void Scaling_up_and_down_opens_nothing()
    {
        var shop = new Shop();
        var more = "";
        shop.At(100, () =>
        {
            shop.Change("stock", ChangeKind.Replicas, "stock: replicas 1 → 2");
            shop.SendWorkload("stock", "shop", 2, 1);
            more = shop.StartPod("stock", "node1", 100, isReady: false);
        });
        shop.At(120, () => shop.Alter(more, pod => pod.IsReady = true));
        shop.At(121, () => shop.SendWorkload("stock", "shop", 2, 2));
        shop.At(122, () => shop.Serve("stock", SignalRole.Latency, 0.2));
        shop.At(138, shop.ClearAll);
        shop.At(200, () => shop.Change("stock", ChangeKind.Replicas, "stock: replicas 2 → 0"));
        shop.At(200, () => shop.SendWorkload("stock", "shop", 0, 0));
        shop.At(201, () => shop.StopPod(more));

        shop.RunTo(400);

        Assert.Empty(shop.Records);
    }

    [Fact]
    public void A_deleted_pod_that_comes_back_opens_nothing()
    {
        var shop = new Shop();
        shop.At(100, () =>
        {
            shop.StopPod(shop.PodOf("payment"));
            shop.SendWorkload("payment", "shop", 1, 0);
            shop.StartPod("payment", "node2", 100, isReady: false);
        });
        shop.At(105, () => shop.Call("checkout", "payment", SignalRole.Errors, 1));
        shop.At(112, () => shop.Alter(shop.PodOf("payment"), pod => pod.IsReady = true));
        shop.At(112, () => shop.SendWorkload("payment", "shop", 1, 1));
        shop.At(125, shop.ClearAll);

        shop.RunTo(300);

        Assert.Empty(shop.Records);
    }

    [Fact]
    public void One_restart_of_a_container_opens_nothing()
    {
        var shop = new Shop();
        shop.At(100, () => shop.Crash(shop.PodOf("stock"), "Error", "1", isWaiting: false));
        shop.At(104, () => shop.Alter(shop.PodOf("stock"), pod => pod.IsReady = true));

        shop.RunTo(300);

        Assert.Empty(shop.Records);
    }

    [Fact]
    public void A_node_that_joins_opens_nothing_before_it_was_ever_ready()
    {
        var shop = new Shop();
        shop.At(100, () => shop.Join("node3"));
        shop.At(130, () => shop.Node("node3", "true"));

        shop.RunTo(300);

        Assert.Empty(shop.Records);
    }

    [Theory]
    [InlineData(SignalRole.Cpu)]
    [InlineData(SignalRole.Memory)]
    [InlineData(SignalRole.Traffic)]
    [InlineData(SignalRole.Log)]
    [InlineData(SignalRole.CpuContention)]
    [InlineData(SignalRole.Disk)]
    public void What_users_do_not_feel_is_only_evidence(SignalRole role)
    {
        var shop = new Shop();
        shop.At(100, () => shop.Raise("x", Shop.Workload("stock"), role, "something", [], 100));

        shop.RunTo(300);

        Assert.Empty(shop.Records);
    }

    [Fact]
    public void A_blip_that_nobody_else_confirms_opens_nothing()
    {
        var shop = new Shop();
        shop.At(100, () => shop.Serve("stock", SignalRole.Latency, 0.5));
        shop.At(115, shop.ClearAll);

        shop.RunTo(300);

        Assert.Empty(shop.Records);
    }

    [Theory]
    [InlineData(SignalRole.Errors, 0.004)]
    [InlineData(SignalRole.Errors, 0.009)]
    [InlineData(SignalRole.Latency, 0.055)]
    public void A_rise_too_small_to_hurt_opens_nothing(SignalRole role, double observed)
    {
        var shop = new Shop();
        shop.At(100, () => shop.Serve("stock", role, observed));
        shop.At(100, () => shop.Serve("gateway", role, observed));

        shop.RunTo(300);

        Assert.Empty(shop.Records);
    }

    [Fact]
    public void A_kill_of_long_ago_opens_nothing_at_the_start()
    {
        var shop = new Shop();
        shop.At(1, () => shop.Alter(shop.PodOf("stock"), pod =>
        {
            pod.Restarts = 3;
            pod.EndReason = "OOMKilled";
            pod.ExitCode = "137";
            pod.EndedAt = Shop.Start.AddHours(-5);
        }));

        shop.RunTo(300);

        Assert.Empty(shop.Records);
    }

    [Fact]
    public void Warming_up_opens_nothing_and_learns_everything()
    {
        var shop = new Shop { ObserveOnly = true };
        Faults.Play(shop, "dependency-latency", 100);
        shop.RunTo(300);
        Assert.Empty(shop.Records);

        shop.ObserveOnly = false;
        shop.RunTo(303);

        Assert.Equal("stock", Assert.Single(shop.Incidents).Hypotheses[0].Entity.Name);
    }
}
