using CaaS.Signals;
using Xunit;

namespace CaaS.Analytics.Tests.Derived;

public class DerivedSeriesTests
{
    private readonly ShopWorld _world = new(1) { HasSpikes = false };

    [Fact]
    public void A_series_learns_then_is_watched_then_is_silent()
    {
        var engine = new AnalyticsEngine(new AnalyticsOptions());
        var p95 = new SeriesKey(ShopWorld.Entity("cart"), "http_server_request_duration_p95_seconds", [], MetricKind.Gauge);

        Assert.Equal(SeriesStatus.Unknown, engine.Status(p95));
        Run(engine, 60);
        Assert.Equal(SeriesStatus.Learning, engine.Status(p95));
        Run(engine, 240);
        Assert.Equal(SeriesStatus.Watched, engine.Status(p95));
        _world.SilentServices.Add("cart");
        Run(engine, 300);
        Assert.Equal(SeriesStatus.Silent, engine.Status(p95));
    }

    [Fact]
    public void Series_beyond_the_cap_are_dropped_and_counted()
    {
        var engine = new AnalyticsEngine(new AnalyticsOptions { MaxSeries = 100, MaxWatched = 16 });
        Run(engine, 60);

        Assert.Equal(100, engine.Counts.Raw);
        Assert.True(engine.Counts.Dropped > 50);
        Assert.True(engine.Counts.Ignored > 50);
    }

    [Fact]
    public void Series_that_stopped_are_forgotten()
    {
        var engine = new AnalyticsEngine(new AnalyticsOptions { ForgetAfter = TimeSpan.FromMinutes(5) });
        Run(engine, 60);
        for (var minute = 0; minute < 10; minute++)
        {
            engine.Step(SignalBatch.Tick(Scope.Default), _world.Now.AddMinutes(minute));
        }

        Assert.Equal((0, 0, 0, 0), (engine.Counts.Raw, engine.Counts.Learning, engine.Counts.Watched, engine.Counts.Silent));
    }

    [Theory]
    [InlineData("http_server_request_duration_p95_seconds", SignalRole.Latency, BadDirection.High, "s")]
    [InlineData("http_client_request_error_ratio", SignalRole.Errors, BadDirection.High, "ratio")]
    [InlineData("http_server_request_rate", SignalRole.Traffic, BadDirection.Both, "1/s")]
    [InlineData("container_cpu_usage_cores", SignalRole.Cpu, BadDirection.High, "cores")]
    [InlineData("container_cpu_usage_seconds_total", SignalRole.Cpu, BadDirection.High, "cores")]
    [InlineData("container_cpu_throttled_ratio", SignalRole.CpuContention, BadDirection.High, "ratio")]
    [InlineData("container_memory_limit_ratio", SignalRole.Memory, BadDirection.High, "ratio")]
    [InlineData("container_memory_working_set_bytes", SignalRole.Memory, BadDirection.High, "bytes")]
    [InlineData("node_memory_MemAvailable_bytes", SignalRole.Memory, BadDirection.Low, "bytes")]
    [InlineData("node_cpu_utilisation_ratio", SignalRole.Cpu, BadDirection.High, "ratio")]
    [InlineData("container_network_receive_bytes_rate", SignalRole.Network, BadDirection.Both, "bytes/s")]
    [InlineData("up", SignalRole.Availability, BadDirection.Low, "")]
    [InlineData("silence", SignalRole.Availability, BadDirection.High, "s")]
    [InlineData("log_error_rate", SignalRole.Log, BadDirection.High, "1/s")]
    [InlineData("jobs_waiting", SignalRole.Other, BadDirection.Both, "")]
    public void The_name_tells_the_role(string metric, SignalRole role, BadDirection bad, string unit) =>
        Assert.Equal(new SignalMeaning(role, bad, unit), SignalRoles.Of(metric, []));

    private void Run(AnalyticsEngine engine, int untilSecond)
    {
        while (_world.Second < untilSecond)
        {
            foreach (var batch in _world.NextSecond())
            {
                engine.Step(batch, _world.Now);
            }
        }
    }
}
