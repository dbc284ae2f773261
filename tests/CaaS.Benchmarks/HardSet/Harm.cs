using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Compares a course with what would have happened without the fault: who was hurt, when, and along which
/// way.</summary>
internal sealed class Harm(SimGraph graph, Course calm, Course hurt)
{
    private const double Slower = 1.5;
    private const double SlowerSeconds = 0.01;
    private const double Failing = 0.02;
    private const double Touched = 1.2;

    /// <summary>The first step from which an entry's users are hurt for two steps and, after it, most of the
    /// time.</summary>
    public int First(int entry, int from, int afterCount)
    {
        for (var step = Math.Max(from, 260); step + afterCount < hurt.StepCount; step++)
        {
            if (Hurts(entry, step) && Hurts(entry, step + 1)
                && Enumerable.Range(step, afterCount).Count(at => Hurts(entry, at)) > afterCount / 2)
            {
                return step;
            }
        }

        return -1;
    }

    /// <summary>Whether an entry is well all along.</summary>
    public static bool IsWell(Course course, int entry, int from)
    {
        double[] usual = [.. course[Quantity.Latency][entry][from..(from + 100)].Order()];
        return course[Quantity.Latency][entry][from..].All(seconds => seconds < usual[50] * 1.35)
            && course[Quantity.Errors][entry][from..].All(share => share < 0.01);
    }

    /// <summary>What users feel most.</summary>
    public Meaning Feels(int entry, int from, int to)
    {
        var failing = Mean(hurt, Quantity.Errors, entry, from, to) - Mean(calm, Quantity.Errors, entry, from, to);
        var slower = Mean(hurt, Quantity.Latency, entry, from, to) / Mean(calm, Quantity.Latency, entry, from, to);
        return failing > Failing && (failing > 0.1 || slower < 2) ? Meaning.Errors : Meaning.Latency;
    }

    /// <summary>Every step harm took from one entity to another.</summary>
    public HashSet<(int From, int To)> Ways(HardFault fault, int from, int to)
    {
        var ways = new HashSet<(int, int)>();
        for (var index = 0; index < graph.Calls.Length; index++)
        {
            var call = graph.Calls[index];
            if (Mean(hurt.CallFailed[index], from, to) > Mean(calm.CallFailed[index], from, to) + 0.01
                || Mean(hurt.CallSeconds[index], from, to) > (Touched * Mean(calm.CallSeconds[index], from, to)) + 0.001)
            {
                ways.Add((call.Callee, call.Caller));
            }

            if (Mean(hurt, Quantity.Rate, call.Callee, from, to) > Touched * Mean(calm, Quantity.Rate, call.Callee, from, to))
            {
                ways.Add((call.Caller, call.Callee));
                if (call.Cache >= 0)
                {
                    ways.Add((call.Cache, call.Callee));
                }
            }
        }

        for (var index = 0; index < graph.Services.Length; index++)
        {
            var service = graph.Services[index];
            if (!Affected(index, from, to))
            {
                continue;
            }

            if (service.Volume >= 0)
            {
                ways.Add((graph.VolumeEntity(service.Volume), index));
            }

            foreach (var node in service.Pods)
            {
                ways.Add((graph.NodeEntity(node), index));
                if (fault.Entity < graph.Services.Length && fault.Entity != index && graph.Services[fault.Entity].Pods.Contains(node)
                    && Mean(hurt.NodeUse[node], from, to) > 0.97)
                {
                    ways.Add((fault.Entity, index));
                }
            }
        }

        foreach (var entry in graph.Loads.Keys)
        {
            ways.Add((graph.UsersEntity, entry));
        }

        return ways;
    }

    /// <summary>The shortest way along such steps; empty when there is none.</summary>
    public static int[] Path(HashSet<(int From, int To)> ways, int from, int to)
    {
        var next = ways.OrderBy(way => way).ToLookup(way => way.From, way => way.To);
        var came = new Dictionary<int, int> { [from] = -1 };
        var waiting = new Queue<int>([from]);
        while (waiting.TryDequeue(out var at) && at != to)
        {
            foreach (var one in next[at].Where(one => came.TryAdd(one, at)))
            {
                waiting.Enqueue(one);
            }
        }

        var path = new List<int>();
        for (var at = came.ContainsKey(to) ? to : -1; at >= 0; at = came[at])
        {
            path.Insert(0, at);
        }

        return [.. path];
    }

    private static double Mean(float[] values, int from, int to) => values.AsSpan(from, to - from).ToArray().Average();

    private static double Mean(Course course, Quantity quantity, int service, int from, int to) =>
        course[quantity][service].AsSpan(from, to - from).ToArray().Average();

    private bool Hurts(int entry, int step) =>
        hurt[Quantity.Latency][entry][step] > (Slower * calm[Quantity.Latency][entry][step]) + SlowerSeconds
        || hurt[Quantity.Errors][entry][step] > calm[Quantity.Errors][entry][step] + Failing;

    private bool Affected(int service, int from, int to) =>
        Mean(hurt, Quantity.Latency, service, from, to) > Touched * Mean(calm, Quantity.Latency, service, from, to)
        || Mean(hurt, Quantity.Errors, service, from, to) > Mean(calm, Quantity.Errors, service, from, to) + 0.01
        || Mean(hurt, Quantity.Ready, service, from, to) < Mean(calm, Quantity.Ready, service, from, to) - 0.05;
}
