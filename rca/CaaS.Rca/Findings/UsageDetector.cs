using System.Globalization;
using CaaS.Analytics;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Processor and memory: who takes more than before, and who has to wait for it.</summary>
internal sealed class UsageDetector : IFindingDetector
{
    /// <summary>Share of a node's cores above which everybody on it waits.</summary>
    private const double SaturatedAt = 0.85;

    private const double GrowthRatio = 1.5;
    private const double GrowthFloorBytes = 32 * 1024 * 1024;

    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        if (entity.Kind == EntityKinds.Node)
        {
            return;
        }

        FindMemory(file, entity, found);
        FindTraffic(file, entity, found);
        foreach (var node in GraphView.Of(file.View.NodesOf, entity).OrderByDescending(node => file.Rivalry.ShareOf(entity, node)))
        {
            FindOnNode(file, entity, node, found);
        }
    }

    private static void FindOnNode(CaseFile file, EntityRef entity, EntityRef node, ICollection<Finding> found)
    {
        if (found.Any(finding => finding.Feature is Features.CpuBurst or Features.Starved))
        {
            return;
        }

        var own = file.Rivalry.ShareOf(entity, node);
        if (own > 0)
        {
            var (rise, cores, since, _) = file.Rivalry.Burst(entity, node);
            found.Add(new Finding(Features.CpuBurst, own, EvidenceKind.Metric, entity, since,
                $"{entity.Name} uses {Numbers.Of(cores, "cores")} on {node.Name}, {Numbers.Of(rise, "cores")} more than before, "
                + $"of {Numbers.Of(file.Rivalry.Allocatable(node), "cores")} there are")
            {
                Signal = "container_cpu_usage_seconds_total",
            });
            if (Contention(file, node, entity) is { } contention)
            {
                found.Add(contention);
            }

            var victims = GraphView.Of(file.View.WorkloadsOn, node).Where(other => other != entity).Where(other => file.Own(other, SignalRole.Latency).Any()
                || file.Toward(other, SignalRole.Latency).Any()).ToArray();
            if (victims.Length > 0)
            {
                found.Add(new Finding(Features.StarvesNeighbours, 1, EvidenceKind.Topology, entity, file.Onset,
                    $"Its neighbours on {node.Name} became slow: {string.Join(", ", victims.Take(5).Select(victim => victim.Name))}"));
            }
        }

        var hog = file.Rivalry.Hogs(node)
            .FirstOrDefault(other => other.Workload != entity && other.Share > own && !file.HasFact(other.Workload));
        if (hog.Share > 0 && Contention(file, node, hog.Workload) is { } wait)
        {
            found.Add(wait with
            {
                Feature = Features.Starved,
                Strength = wait.Strength * Math.Min(1, hog.Share + 0.3),
                Kind = EvidenceKind.Topology,
                Text = $"{entity.Name} shares {node.Name} with {hog.Workload.Name}, which newly uses "
                    + $"{Numbers.Of(file.Rivalry.Burst(hog.Workload, node).Cores, "cores")} there",
            });
        }
    }

    /// <summary>Shows that processes on a node wait for the processor, the suspect's own waiting left aside.</summary>
    private static Finding? Contention(CaseFile file, EntityRef node, EntityRef suspect)
    {
        var waiting = GraphView.Of(file.View.WorkloadsOn, node).Where(other => other != suspect).Append(node)
            .SelectMany(other => file.Own(other, SignalRole.CpuContention)).MaxBy(seen => seen.Worst.Score);
        if (waiting is not null)
        {
            return Finding.Of(Features.Contention, 1, waiting,
                $"{waiting.Entity.Name} on {node.Name} waits for the processor: {Numbers.Band(waiting.Worst)}");
        }

        var compared = file.Rivalry.Compare(node, suspect);
        var slow = compared.Where(item => item.IsSlowerHere).ToArray();
        if (slow.Length > 0)
        {
            return new Finding(Features.Contention, slow.Length > 1 ? 1 : 0.8, EvidenceKind.Metric, slow[0].Workload, file.Onset, string.Create(
                CultureInfo.InvariantCulture,
                $"{slow[0].Workload.Name} answers {slow[0].Here:0.0} times as slowly as before on {node.Name}, {slow[0].Elsewhere:0.0} times elsewhere")
                + (slow.Length > 1 ? $"; so do {string.Join(", ", slow.Skip(1).Take(4).Select(item => item.Workload.Name))}" : ""));
        }

        // Who can be compared and is no slower here than elsewhere speaks against the node, however busy it is.
        var used = file.Rivalry.CoresUsed(node);
        var all = file.Rivalry.Allocatable(node);
        var isFull = used >= SaturatedAt * all || file.Own(node, SignalRole.Cpu).Any();
        var isHalf = file.Rivalry.Burst(suspect, node).Cores >= 0.5 * all;
        var strength = compared.Count > 0 ? (isFull ? 0.5 : 0) : isFull ? 0.9 : isHalf ? 0.5 : 0;
        return strength > 0
            ? new Finding(Features.Contention, strength, EvidenceKind.Metric, node, file.Onset,
                $"{Numbers.Of(used, "cores")} of {Numbers.Of(all, "cores")} of {node.Name} are in use")
            : null;
    }

    private static void FindMemory(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        if (file.Own(entity, SignalRole.Memory).FirstOrDefault() is { } seen)
        {
            found.Add(Finding.Of(Features.MemoryGrowth, 1, seen, $"Memory of {entity.Name} grows: {Numbers.Band(seen.Worst)}"));
            return;
        }

        foreach (var pod in file.View.PodsOf(entity))
        {
            if (file.Usage.Find(pod.State.Entity) is not { } track)
            {
                continue;
            }

            var low = track.LowBytes(file.Onset - TimeSpan.FromMinutes(12), file.Onset + TimeSpan.FromSeconds(15));
            var peak = track.PeakBytes(file.Onset - TimeSpan.FromMinutes(5), file.Now);
            if (peak >= low * GrowthRatio && peak - low >= GrowthFloorBytes)
            {
                var limit = pod.State.Number(KubeFacts.MemoryLimitBytes);
                found.Add(new Finding(Features.MemoryGrowth, peak >= 0.8 * limit ? 1 : 0.5, EvidenceKind.Metric, entity, file.Onset,
                    $"Memory of {pod.State.Entity.Name} grew from {Numbers.Of(low, "bytes")} to {Numbers.Of(peak, "bytes")}"
                    + (limit > 0 ? $" of {Numbers.Of(limit, "bytes")}" : ""))
                {
                    Signal = "container_memory_working_set_bytes",
                });
                return;
            }
        }
    }

    private static void FindTraffic(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var surge = file.Own(entity, SignalRole.Traffic).FirstOrDefault();
        var isPassedOn = GraphView.Of(file.View.Callers, entity).Any(caller => file.Own(caller, SignalRole.Traffic).Any());
        if (surge is not null && !isPassedOn)
        {
            found.Add(Finding.Of(Features.TrafficUp, 1, surge, $"{entity.Name} gets more requests: {Numbers.Band(surge.Worst)}"));
        }
    }
}
