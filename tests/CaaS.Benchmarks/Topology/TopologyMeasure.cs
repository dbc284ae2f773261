using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CaaS.Rca;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Benchmarks.Topology;

/// <summary>Measures the live graph at the size Kubernetes supports: memory, time from an event to the folded view, and
/// time of its questions.</summary>
/// <remarks>Every object goes through the codec, so no text is shared that a real source would not share. The time of an
/// event is from its bytes to a view that shows it, and in one step a second to the end of the engine's pass too; memory
/// is measured with a snapshot that is held, as the platform holds one.</remarks>
internal static class TopologyMeasure
{
    private const int ObjectsPerBatch = 1000;
    private const int EventCount = 10_000;
    private const int EventsPerSecond = 100;
    private const int RestartEvery = 20;

    /// <summary>Runs it.</summary>
    /// <param name="podCount">Pods.</param>
    /// <param name="nodeCount">Nodes.</param>
    /// <param name="output">Gets the numbers, one a line, and all as JSON in the last.</param>
    public static void Run(int podCount, int nodeCount, TextWriter output)
    {
        var cluster = new LargeCluster(podCount, nodeCount);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var engine = new RcaEngine(new RcaOptions(), Scope.Default);
        var (offset, now) = (0L, LargeCluster.Start);
        var began = Stopwatch.GetTimestamp();
        foreach (var objects in cluster.Objects().Chunk(ObjectsPerBatch))
        {
            engine.Step(offset++, Decode(Encode(objects)), [], now);
        }

        engine.Step(offset++, new SignalBatch { Scope = Scope.Default, Source = "otlp", Spans = [.. cluster.Calls()] }, [], now);
        var loadMs = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var snapshot = engine.Snapshot(now);
        var heapMb = (GC.GetTotalMemory(forceFullCollection: true) - before) / (1024.0 * 1024.0);

        var (events, passes) = Fold(engine, cluster, offset, now);
        began = Stopwatch.GetTimestamp();
        snapshot = engine.Snapshot(now.AddHours(1));
        var snapshotMs = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var everything = cluster.Objects().ToArray();
        began = Stopwatch.GetTimestamp();
        var past = PastTopology.Of(Scope.Default, everything, now);
        var pastMs = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var result = new Dictionary<string, double>
        {
            ["pods"] = podCount,
            ["nodes"] = nodeCount,
            ["heap_mb"] = heapMb,
            ["load_ms"] = loadMs,
            ["event_p50_ms"] = Quantile(events, 0.5),
            ["event_p99_ms"] = Quantile(events, 0.99),
            ["event_max_ms"] = events.Max(),
            ["pass_p50_ms"] = Quantile(passes, 0.5),
            ["pass_p99_ms"] = Quantile(passes, 0.99),
            ["pass_max_ms"] = passes.Max(),
            ["snapshot_ms"] = snapshotMs,
            ["snapshot_nodes"] = snapshot.Nodes.Length,
            ["snapshot_edges"] = snapshot.Edges.Length,
            ["past_ms"] = pastMs,
            ["past_nodes"] = past.Nodes.Length,
            ["dropped"] = engine.DroppedCount,
        };
        foreach (var (name, value) in result)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-16} {value,12:0.###}"));
        }

        output.WriteLine(JsonSerializer.Serialize(result.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 3))));
    }

    /// <summary>Pods become unready, with their endpoints, and ready, and one in twenty is replaced, spread over time; the
    /// steps that end with a pass are told apart too.</summary>
    private static (List<double> Events, List<double> Passes) Fold(
        RcaEngine engine, LargeCluster cluster, long offset, DateTimeOffset now)
    {
        var random = new Random(20260105);
        var (events, passes) = (new List<double>(EventCount), new List<double>());
        var lives = new int[cluster.PodCount];
        for (var index = 1; index <= EventCount; index++)
        {
            var pod = random.Next(cluster.PodCount);
            KubeObject[] objects = index % RestartEvery == 0
                ? [cluster.Gone(pod, lives[pod]), cluster.Pod(pod, ++lives[pod], isReady: true)]
                : index % 2 == 0 ? [cluster.Pod(pod, lives[pod], isReady: true)]
                : [cluster.Pod(pod, lives[pod], isReady: false), cluster.EndpointsWithout(pod)];
            var bytes = Encode(objects);
            now += TimeSpan.FromSeconds(1.0 / EventsPerSecond);
            var began = Stopwatch.GetTimestamp();
            engine.Step(offset++, Decode(bytes), [], now);
            events.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (index % EventsPerSecond == 0)
            {
                passes.Add(events[^1]);
            }
        }

        return (events, passes);
    }

    private static byte[] Encode(KubeObject[] objects) => SignalBatchCodec.Encode(
        new SignalBatch { Scope = Scope.Default, Source = "kubernetes", Objects = [.. objects] });

    private static SignalBatch Decode(byte[] bytes) => SignalBatchCodec.Decode(bytes);

    private static double Quantile(List<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }
}
