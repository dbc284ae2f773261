using System.Collections.Immutable;
using CaaS.Analytics;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>Three hundred services, nearly all of them in trouble at once, are judged without a storm of
/// incidents.</summary>
public class ScaleTests
{
    private const int Services = 300;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_cluster_of_three_hundred_services_with_one_slow_root_is_one_incident()
    {
        var engine = new RcaEngine(new RcaOptions(), Scope.Default);
        var offset = 0L;
        engine.Step(offset++, Objects(), [], Start);
        engine.Step(offset++, Calls(), [], Start);
        for (var second = 1; second < 60; second++)
        {
            engine.Step(offset++, SignalBatch.Tick(Scope.Default), [], Start.AddSeconds(second));
        }

        var records = new List<IncidentRecord>();
        var now = Start.AddSeconds(60);
        records.AddRange(engine.Step(offset++, SignalBatch.Tick(Scope.Default), Storm(now), now));
        for (var second = 61; second < 120; second++)
        {
            records.AddRange(engine.Step(offset++, SignalBatch.Tick(Scope.Default), [], Start.AddSeconds(second)));
        }

        var incident = Assert.Single(records, record => record.Change == "opened").Incident;
        Assert.Equal("s0", incident.Hypotheses[0].Entity.Name);
        Assert.True(incident.Symptoms.Length <= 200);
    }

    private static EntityRef Workload(int index) => new(Scope.Default, "big", EntityKinds.Deployment, $"s{index}");

    /// <summary>Service i calls i / 2 and i − 1: a deep graph whose every path ends at service 0.</summary>
    private static IEnumerable<int> Callees(int index) => index == 0 ? [] : new[] { index / 2, index - 1 }.Distinct();

    private static SignalBatch Objects()
    {
        var objects = ImmutableArray.CreateBuilder<KubeObject>();
        for (var index = 0; index < Services; index++)
        {
            var node = new EntityRef(Scope.Default, EntityRef.NoNamespace, EntityKinds.Node, $"n{index % 20}");
            for (var replica = 0; replica < 3; replica++)
            {
                var pod = new EntityRef(Scope.Default, "big", EntityKinds.Pod, $"s{index}-{replica}");
                objects.Add(Object(pod, [new(RelationKind.Owns, Workload(index), pod), new(RelationKind.RunsOn, pod, node)],
                    (KubeFacts.Ready, "true"), (KubeFacts.CreatedAt, "2026-01-01T00:00:00Z")));
            }
        }

        return new SignalBatch { Scope = Scope.Default, Source = "kubernetes", Objects = objects.ToImmutable() };
    }

    private static KubeObject Object(EntityRef entity, Relation[] relations, params (string Key, string Value)[] facts) =>
        new(Start, entity, $"u-{entity}", "1", false, [],
            facts.ToImmutableSortedDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal), [.. relations]);

    private static SignalBatch Calls()
    {
        var columns = new MetricColumnsBuilder();
        for (var index = 0; index < Services; index++)
        {
            foreach (var callee in Callees(index))
            {
                columns.Add(new SeriesKey(Workload(index), "http_client_requests_total", [new Label("server_address", $"s{callee}")], MetricKind.Counter), 0, 1);
            }
        }

        return new SignalBatch { Scope = Scope.Default, Source = "prometheus", Metrics = columns.Drain() };
    }

    private static List<Anomaly> Storm(DateTimeOffset now)
    {
        var anomalies = new List<Anomaly>();
        for (var index = 0; index < Services; index++)
        {
            anomalies.Add(Slow($"server{index}", index, "http_server_p95", [], now));
            anomalies.AddRange(Callees(index).Select(callee =>
                Slow($"client{index}-{callee}", index, "http_client_p95", [new Label("peer", $"s{callee}")], now)));
        }

        return anomalies;
    }

    private static Anomaly Slow(string id, int index, string signal, Label[] labels, DateTimeOffset now) =>
        new(id, Workload(index), AnomalyKind.Metric, signal, [.. labels], SignalRole.Latency, AnomalyState.Raised,
            now.AddSeconds(-5), now, 1e-9, 9, 1, 0, 0.1, "s", "");
}
