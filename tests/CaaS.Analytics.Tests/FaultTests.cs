using CaaS.Analytics.Derived;
using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests;

public class FaultTests
{
    private const int FaultSecond = 400;

    private readonly AnalyticsEngine _engine = new(new AnalyticsOptions());
    private readonly List<Anomaly> _found = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_error_burst_is_raised_within_twenty_seconds_and_cleared_afterwards(int seed)
    {
        var world = new ShopWorld(seed);
        Run(world, FaultSecond);
        world.ErrorShare["cart"] = 0.2;
        Run(world, FaultSecond + 20);
        world.ErrorShare.Clear();
        Run(world, FaultSecond + 90);

        AssertRaisedAndCleared("cart", "http_server_request_error_ratio", SignalRole.Errors, 20);
        AssertRaisedAndCleared("gateway", "http_client_request_error_ratio", SignalRole.Errors, 20);
        Assert.Equal("cart", Raised("gateway", "http_client_request_error_ratio").Labels.Single(l => l.Name == "peer").Value);
    }

    [Theory]
    [InlineData(1, false, 20)]
    [InlineData(2, false, 20)]
    [InlineData(3, false, 20)]
    [InlineData(1, true, 30)]
    [InlineData(2, true, 30)]
    [InlineData(3, true, 30)]
    public void Fourfold_latency_is_raised_soon_even_among_spikes_and_cleared_afterwards(int seed, bool hasSpikes, int withinSeconds)
    {
        var world = new ShopWorld(seed) { HasSpikes = hasSpikes };
        Run(world, FaultSecond);
        world.LatencyFactor["payment"] = 4;
        Run(world, FaultSecond + 35);
        world.LatencyFactor.Clear();
        Run(world, FaultSecond + 90);

        AssertRaisedAndCleared("payment", "http_server_request_duration_p95_seconds", SignalRole.Latency, withinSeconds);
    }

    [Fact]
    public void A_leak_is_raised_before_ninety_percent_of_the_limit()
    {
        var world = new ShopWorld(5);
        Run(world, FaultSecond);
        world.LeakBytesPerSecond["cart"] = 1.5 * ShopWorld.MiB;
        Run(world, FaultSecond + 150);

        var raised = Raised("cart", DerivedNames.MemoryGrowthRatio);
        Assert.Equal(SignalRole.Memory, raised.Role);
        Assert.InRange(raised.Observed, 0.5, 0.9);
    }

    [Fact]
    public void A_silent_pod_is_raised_within_twenty_seconds_and_cleared_when_it_speaks_again()
    {
        var world = new ShopWorld(6);
        Run(world, FaultSecond);
        world.SilentServices.Add("cart");
        Run(world, FaultSecond + 25);
        world.SilentServices.Clear();
        Run(world, FaultSecond + 60);

        AssertRaisedAndCleared("cart", SignalRoles.SilenceMetric, SignalRole.Availability, 22);
        Assert.All(_found, anomaly => Assert.Equal("cart", anomaly.Entity.Name));
    }

    [Fact]
    public void A_deleted_pod_is_no_silence()
    {
        var world = new ShopWorld(7);
        Run(world, FaultSecond);
        world.DeletedServices.Add("cart");
        _found.AddRange(_engine.Step(world.Objects(isDeleted: true), world.Now));
        Run(world, FaultSecond + 60);

        Assert.DoesNotContain(_found, anomaly => anomaly.Kind == AnomalyKind.Silence);
    }

    [Fact]
    public void A_stopped_source_is_no_silence_of_its_targets()
    {
        var world = new ShopWorld(8);
        Run(world, FaultSecond);
        for (var second = 0; second < 120; second++)
        {
            _found.AddRange(_engine.Step(SignalBatch.Tick(Scope.Default), world.Now.AddSeconds(second)));
        }

        Assert.DoesNotContain(_found, anomaly => anomaly.Kind == AnomalyKind.Silence);
    }

    [Fact]
    public void A_pause_of_the_platform_is_no_silence()
    {
        var world = new ShopWorld(9);
        Run(world, FaultSecond);
        _found.AddRange(_engine.Step(SignalBatch.Tick(Scope.Default), world.Now.AddHours(1)));

        Assert.DoesNotContain(_found, anomaly => anomaly.Kind == AnomalyKind.Silence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_core_burned_is_raised_within_twenty_five_seconds_and_cleared_afterwards(int seed)
    {
        var world = new ShopWorld(seed);
        Run(world, FaultSecond);
        world.ExtraCores["stock"] = 1;
        Run(world, FaultSecond + 30);
        world.ExtraCores.Clear();
        Run(world, FaultSecond + 120);

        AssertRaisedAndCleared("stock", DerivedNames.CpuCores, SignalRole.Cpu, 25);
    }

    private void Run(ShopWorld world, int untilSecond)
    {
        while (world.Second < untilSecond)
        {
            foreach (var batch in world.NextSecond())
            {
                _found.AddRange(_engine.Step(batch, world.Now).Where(_ => world.Second >= FaultSecond));
            }
        }
    }

    private Anomaly Raised(string service, string signal) =>
        _found.First(a => a.Entity.Name == service && a.Signal == signal && a.State == AnomalyState.Raised);

    private void AssertRaisedAndCleared(string service, string signal, SignalRole role, int withinSeconds)
    {
        var raised = Raised(service, signal);
        var fault = ShopWorld.Start.AddSeconds(FaultSecond);
        Assert.Equal(role, raised.Role);
        Assert.InRange((raised.At - fault).TotalSeconds, 0, withinSeconds);
        Assert.InRange((raised.Onset - fault).TotalSeconds, -20, 15);
        Assert.InRange(raised.PValue, 1e-16, 0.05);
        Assert.Contains(_found, a => a.Id == raised.Id && a.State == AnomalyState.Cleared);
    }
}
