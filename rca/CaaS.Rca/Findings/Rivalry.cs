using CaaS.Analytics;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Who takes how much of the nodes' processors in one case, and who is slowed by it; answers are
/// remembered.</summary>
/// <remarks>
/// What a node can really give need not be known: pods that became slow there, while their equals on other nodes did
/// not, show that it is not enough. A rise that goes with more requests, or that begins only after the trouble, is an
/// effect and counts for nothing.
/// </remarks>
internal sealed class Rivalry(CaseFile file)
{
    /// <summary>Rise of cores that counts as a burst at all, as a share of a node.</summary>
    private const double BurstFloor = 0.15;

    /// <summary>Share of a node that is a good part of it.</summary>
    private const double HogFloor = 0.3;

    /// <summary>Requests a second below which their growth says nothing.</summary>
    private const double LeastRate = 0.2;

    private static readonly TimeSpan Before = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly Dictionary<(EntityRef Workload, EntityRef Node), CoreBurst> _bursts = [];
    private readonly Dictionary<EntityRef, (EntityRef Workload, double Share)[]> _hogs = [];
    private readonly Dictionary<EntityRef, double> _slowdowns = [];

    /// <summary>Cores a workload's pods on a node take, and how many more than before the onset.</summary>
    public CoreBurst Burst(EntityRef workload, EntityRef node)
    {
        if (!_bursts.TryGetValue((workload, node), out var burst))
        {
            burst = Read(workload, node);
            _bursts.Add((workload, node), burst);
        }

        return burst;
    }

    /// <summary>How much of a node a workload newly takes, 0 to 1; half a node is all it takes to be sure.</summary>
    public double ShareOf(EntityRef workload, EntityRef node)
    {
        if (!GraphView.Of(file.View.NodesOf, workload).Contains(node))
        {
            return 0;
        }

        var burst = Burst(workload, node);
        var share = burst.Rise / Allocatable(node);
        var isExplained = burst.IsMeasured && burst.Rise < 0.5 * burst.Cores;
        var anomaly = !isExplained && file.Own(workload, SignalRole.Cpu).Any() ? HogFloor : 0;
        return share < BurstFloor ? anomaly : Math.Min(1, Math.Max(share / 0.5, anomaly));
    }

    /// <summary>Workloads that newly take a good part of a node, most first.</summary>
    public IReadOnlyList<(EntityRef Workload, double Share)> Hogs(EntityRef node)
    {
        if (!_hogs.TryGetValue(node, out var hogs))
        {
            hogs = [.. GraphView.Of(file.View.WorkloadsOn, node).Select(workload => (workload, Share: ShareOf(workload, node)))
                .Where(item => item.Share >= HogFloor).OrderByDescending(item => item.Share)];
            _hogs.Add(node, hogs);
        }

        return hogs;
    }

    /// <summary>Cores a node can give; one when it is not known.</summary>
    public double Allocatable(EntityRef node) =>
        file.Graph.Find(node)?.Number(KubeFacts.AllocatableCpuCores) is { } cores && cores > 0 ? cores : 1;

    /// <summary>Cores used on a node by followed pods.</summary>
    public double CoresUsed(EntityRef node) =>
        GraphView.Of(file.View.WorkloadsOn, node).Sum(workload => Burst(workload, node).Cores);

    /// <summary>Neighbours of a suspect on a node that also run elsewhere, and how they fare; most slowed
    /// first.</summary>
    public IReadOnlyList<SlowCompare> Compare(EntityRef node, EntityRef suspect)
    {
        var limit = ShareOf(suspect, node);
        var compared = new List<SlowCompare>();
        foreach (var other in GraphView.Of(file.View.WorkloadsOn, node))
        {
            if (other == suspect || ShareOf(other, node) >= limit)
            {
                continue;
            }

            var (here, elsewhere) = (double.NaN, double.NaN);
            foreach (var pod in file.View.PodsOf(other).Where(pod => !pod.State.IsGone && pod.Node is not null))
            {
                if (pod.Node == node)
                {
                    here = double.MinNumber(here, SlowdownOf(pod.State.Entity));
                }
                else if (ShareOf(suspect, pod.Node!.Value) <= 0)
                {
                    elsewhere = double.MaxNumber(elsewhere, SlowdownOf(pod.State.Entity));
                }
            }

            if (double.IsFinite(here) && double.IsFinite(elsewhere))
            {
                var ratio = file.Options.SlowerHereRatio;
                compared.Add(new SlowCompare(other, here, elsewhere, here >= ratio && here >= ratio * elsewhere));
            }
        }

        return [.. compared.OrderByDescending(item => item.Here / item.Elsewhere)];
    }

    private double SlowdownOf(EntityRef pod)
    {
        if (!_slowdowns.TryGetValue(pod, out var ratio))
        {
            ratio = file.Serving.Find(pod) is { } track
                ? track.Mean(file.Onset, file.Now) / track.Mean(file.Onset - Before, file.Onset - Margin)
                : double.NaN;
            _slowdowns.Add(pod, ratio);
        }

        return ratio;
    }

    private CoreBurst Read(EntityRef workload, EntityRef node)
    {
        var (cores, measured, before, most) = (0.0, 0.0, 0.0, 0.0);
        var (workBefore, workNow) = ((Served: 0.0, Made: 0.0), (Served: 0.0, Made: 0.0));
        var since = file.Onset;
        var isMeasured = false;

        // A rise is not averaged with the time before it, or a strong one would look weak for most of a minute.
        var span = TimeSpan.FromSeconds(Math.Clamp((file.Now - file.Onset).TotalSeconds - 10, 15, 40));
        var from = file.Now - span;
        foreach (var pod in file.View.PodsOf(workload))
        {
            // A pod that went and its successor are one: what the former used is not new use of the latter.
            if (file.Usage.Find(pod.State.Entity) is not { } track || (pod.Node != node && !pod.State.IsGone))
            {
                continue;
            }

            var former = track.Cores(file.Onset - Before, file.Onset - Margin);
            before += double.IsFinite(former) ? former : 0;
            Work(pod, from, ref workBefore, ref workNow);
            var now = pod.State.IsGone ? double.NaN : track.Cores(from, file.Now);
            if (!double.IsFinite(now))
            {
                continue;
            }

            cores += now;
            var isYoung = pod.State.BornAt > file.Onset - TimeSpan.FromMinutes(3);
            var old = double.IsFinite(former) ? former : 0;
            measured += isYoung || double.IsFinite(former) ? now : 0;
            isMeasured |= isYoung || double.IsFinite(former);
            if (now - old > most)
            {
                most = now - old;
                since = isYoung ? pod.State.BornAt : track.RoseAt((now + old) / 2, file.Onset - TimeSpan.FromMinutes(2)) ?? file.Onset;
            }
        }

        var rise = since > file.Onset + file.Options.BurstSlack ? 0 : measured - (before * Growth(workBefore, workNow));
        return new CoreBurst(Math.Max(0, rise), cores, since, isMeasured);
    }

    private void Work(PodView pod, DateTimeOffset from, ref (double Served, double Made) before, ref (double Served, double Made) now)
    {
        if (file.Serving.Find(pod.State.Entity) is not { } track)
        {
            return;
        }

        var old = track.Rate(file.Onset - Before, file.Onset - Margin);
        before = (before.Served + old.Served, before.Made + old.Made);
        if (!pod.State.IsGone)
        {
            var rate = track.Rate(from < file.Onset ? from : file.Onset, file.Now);
            now = (now.Served + rate.Served, now.Made + rate.Made);
        }
    }

    /// <summary>Times as many requests, served or made, as before; at least 1.</summary>
    private static double Growth((double Served, double Made) before, (double Served, double Made) now)
    {
        var served = before.Served >= LeastRate ? now.Served / before.Served : 1;
        var made = before.Made >= LeastRate ? now.Made / before.Made : 1;
        return Math.Max(1, Math.Max(served, made));
    }
}
