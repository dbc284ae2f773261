using System.Globalization;
using System.Text;
using CaaS.Rca.Topology;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Topology;

/// <summary>A view that is kept in step is the view that folding everything would make.</summary>
public sealed class GraphFoldProperties
{
    private const int Steps = 200;

    [Property(MaxTest = 12)]
    public void A_view_kept_in_step_is_the_one_folded_from_the_start(int seed)
    {
        var options = new RcaOptions();
        var (graph, calls, random) = (new LiveGraph(options), new CallBook(options), new RandomCluster(seed));
        var (kept, whole) = (new GraphFold(graph, calls, new FlowBook(new RcaOptions(), graph), Scope.Default), new WholeFold(graph, calls));
        var now = RandomCluster.Start;
        for (var step = 0; step < Steps; step++)
        {
            now += random.Pause();
            switch (random.Next(12))
            {
                case 0:
                    graph.Sweep(now);
                    calls.Sweep(now);
                    break;
                case 1:
                    var (caller, address) = random.Call();
                    calls.Touch(caller, address, now);
                    break;
                default:
                    graph.Fold(random.Object(), now);
                    break;
            }

            kept.Refresh();
            Assert.Equal(Text(whole.Build(Scope.Default)), Text(kept.View));
        }
    }

    [Property(MaxTest = 10)]
    public void Refreshing_seldom_comes_to_the_same_as_refreshing_always(int seed)
    {
        var options = new RcaOptions();
        var (graph, calls, random) = (new LiveGraph(options), new CallBook(options), new RandomCluster(seed));
        var (kept, whole) = (new GraphFold(graph, calls, new FlowBook(new RcaOptions(), graph), Scope.Default), new WholeFold(graph, calls));
        var now = RandomCluster.Start;
        for (var step = 1; step <= 4 * Steps; step++)
        {
            now += random.Pause();
            graph.Fold(random.Object(), now);
            var (caller, address) = random.Call();
            calls.Touch(caller, address, now);
            if (step % 25 == 0)
            {
                graph.Sweep(now);
                kept.Refresh();
                Assert.Equal(Text(whole.Build(Scope.Default)), Text(kept.View));
            }
        }
    }

    [Fact]
    public void A_pod_that_only_becomes_ready_moves_nothing()
    {
        var options = new RcaOptions();
        var graph = new LiveGraph(options);
        var kept = new GraphFold(graph, new CallBook(options), new FlowBook(options, graph), Scope.Default);
        var pod = new RandomCluster(1).Pod();
        graph.Fold(pod, RandomCluster.Start);
        kept.Refresh();
        var before = kept.View.Version;

        graph.Fold(pod with { Facts = pod.Facts.SetItem(KubeFacts.Ready, "true") }, RandomCluster.Start);
        kept.Refresh();

        Assert.Equal(before, kept.View.Version);
    }

    private static string Text(GraphView view)
    {
        var text = new StringBuilder();
        Write("calls", view.Callees);
        Write("called by", view.Callers);
        Write("stored on", view.StoredOn);
        Write("runs on", view.NodesOf);
        Write("runs", view.WorkloadsOn);
        Write("selects", view.Selected);
        Write("selected by", view.ServicesOf);
        Write("mounts", view.Mounts);
        Write("mounted by", view.MountedBy);
        text.AppendJoin('\n', view.Workloads).AppendLine();
        foreach (var (workload, pods) in view.Pods)
        {
            text.Append(CultureInfo.InvariantCulture, $"{workload}:");
            text.AppendJoin(' ', pods.Select(pod => $"{pod.State.Entity} {pod.State.Uid} {pod.Owner} {pod.Node} {pod.IsGone}")).AppendLine();
        }

        foreach (var (call, callee) in view.Resolved.OrderBy(pair => pair.Key.Caller, EntityOrder.Instance)
            .ThenBy(pair => pair.Key.Address, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{call.Caller} to {call.Address} is {callee}").AppendLine();
        }

        return text.ToString();

        void Write(string name, SortedDictionary<EntityRef, SortedSet<EntityRef>> map)
        {
            foreach (var (from, to) in map)
            {
                text.Append(CultureInfo.InvariantCulture, $"{from} {name} ").AppendJoin(' ', to).AppendLine();
            }
        }
    }
}
