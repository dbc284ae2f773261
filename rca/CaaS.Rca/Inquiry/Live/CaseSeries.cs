using CaaS.Analytics;
using CaaS.Rca.Findings;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Inquiry.Live;

/// <summary>Reads the series of workloads, their pods and nodes out of the books, on one grid.</summary>
/// <remarks>O(pods x samples); a step without a sample is NaN, so that silence stays silence.</remarks>
internal sealed class CaseSeries(CaseFile file, CaseGrid grid)
{
    /// <summary>Pods of one workload whose own series are told.</summary>
    private const int PodLimit = 4;

    /// <summary>What callers feel of somebody else's system.</summary>
    private static readonly (SignalRole Role, Meaning Meaning)[] Felt =
        [(SignalRole.Latency, Meaning.Latency), (SignalRole.Errors, Meaning.Errors)];

    /// <summary>Series of a workload that serves or uses anything.</summary>
    /// <param name="index">Index of the workload in the case.</param>
    /// <param name="workload">The workload.</param>
    /// <param name="isUsers">True for one that only asks: its requests made are its load.</param>
    public IEnumerable<SeriesFact> OfWorkload(int index, EntityRef workload, bool isUsers)
    {
        var pods = file.View.PodsOf(workload);
        var all = new Sums(grid);
        foreach (var pod in pods)
        {
            all.Add(file.Serving.Find(pod.State.Entity));
            all.Add(file.Usage.Find(pod.State.Entity));
        }

        if (isUsers)
        {
            yield return Fact(index, "requests made per second", Meaning.Load, all.PerSecond(all.Made));
            yield break;
        }

        foreach (var series in all.Write(index, string.Empty))
        {
            yield return series;
        }

        if (file.Ready.Of(workload) is { Count: > 0 } ready)
        {
            yield return Fact(index, "ready share", Meaning.Health, Share(ready));
        }

        var alive = pods.Where(pod => !pod.State.IsGone).ToArray();
        foreach (var pod in alive.Length > 1 ? alive.Take(PodLimit) : [])
        {
            var own = new Sums(grid);
            own.Add(file.Serving.Find(pod.State.Entity));
            own.Add(file.Usage.Find(pod.State.Entity));
            foreach (var series in own.Write(index, pod.State.Entity.Name)
                .Where(series => series.Meaning is Meaning.Latency or Meaning.Usage))
            {
                yield return series;
            }
        }
    }

    /// <summary>Series of a node: whether it is ready, and the share of its processors that is used.</summary>
    public IEnumerable<SeriesFact> OfNode(int index, EntityRef node)
    {
        var all = new Sums(grid);
        foreach (var pod in GraphView.Of(file.View.WorkloadsOn, node).SelectMany(file.View.PodsOf)
            .Where(pod => pod.Node == node))
        {
            all.Add(file.Usage.Find(pod.State.Entity));
        }

        var cores = file.Rivalry.Allocatable(node);
        var used = all.Cores;
        if (used.Any(double.IsFinite))
        {
            yield return Fact(index, "cpu share", Meaning.Usage, [.. used.Select(value => value / cores)]);
        }

        if (file.Ready.Of(node) is { Count: > 0 } ready)
        {
            yield return Fact(index, "ready share", Meaning.Health, Share(ready));
        }
    }

    /// <summary>What callers' series say of somebody else's system that left its band: the band before, then what was
    /// seen.</summary>
    public IEnumerable<SeriesFact> OfExternal(int index, EntityRef external)
    {
        foreach (var (role, meaning) in Felt)
        {
            if (file.Toward(external, role).FirstOrDefault() is { } seen)
            {
                yield return Fact(index, seen.Worst.Signal, meaning, Step(seen));
            }
        }
    }

    private double[] Step(LiveAnomaly seen)
    {
        var (low, high) = (seen.Worst.ExpectedLow, seen.Worst.ExpectedHigh);
        low = double.IsFinite(low) ? Math.Max(0, low) : 0;
        var onset = CaseGrid.Seconds(seen.Worst.Onset);
        return [.. grid.Times.Select((time, step) => time >= onset ? seen.Worst.Observed : step % 2 == 0 ? low : high)];
    }

    private double[] Share(IReadOnlyList<ReadySample> changes)
    {
        var values = grid.Blank();
        var (next, most) = (0, 0);
        for (var step = 0; step < values.Length; step++)
        {
            while (next < changes.Count && CaseGrid.Seconds(changes[next].At) <= grid.Times[step])
            {
                most = Math.Max(most, changes[next++].Wanted);
            }

            // What was there when it was first seen was there before: an unchanged object is not told again.
            var state = changes[Math.Max(0, next - 1)];
            var wanted = Math.Max(most, state.Wanted);
            values[step] = wanted == 0 ? double.NaN : Math.Min(1, (double)state.Ready / wanted);
        }

        return values;
    }

    private SeriesFact Fact(int index, string name, Meaning meaning, double[] values) =>
        new(index, name, meaning, grid.Times, values);
}
