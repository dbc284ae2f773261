using CaaS.Rca.Topology;

namespace CaaS.Rca.Findings;

/// <summary>How a workload's pods from after a change serve against those from before it, while both did: the test a
/// canary makes.</summary>
/// <remarks>Shares of failed requests are compared by <see cref="ShareTest"/>, times by their ratio.</remarks>
internal static class ReleaseSplit
{
    private const double MinServed = 20;
    private const double SlowRatio = 2;

    /// <summary>What is worse in the new pods; empty when nothing is, or too little was served by either.</summary>
    /// <param name="file">What is known.</param>
    /// <param name="old">Pods from before the change, those gone included.</param>
    /// <param name="young">Pods from after it.</param>
    public static string Read(CaseFile file, IReadOnlyList<PodView> old, IReadOnlyList<PodView> young)
    {
        if (old.Count == 0 || young.Count == 0)
        {
            return "";
        }

        var from = young.Min(pod => pod.State.BornAt);
        var to = old.Max(pod => pod.State.GoneAt ?? file.Now);
        var (before, after) = (Sum(old), Sum(young));
        if (before.Served < MinServed || after.Served < MinServed)
        {
            return "";
        }

        if (ShareTest.IsMore(before.Failed, before.Served, after.Failed, after.Served))
        {
            return $"{100 * after.Failed / after.Served:0.#} % of the requests to new pods fail,"
                + $" {100 * before.Failed / before.Served:0.#} % of those to old ones";
        }

        var (slowBefore, slowAfter) = (before.Time / before.Served, after.Time / after.Served);
        return slowBefore > 0 && slowAfter > SlowRatio * slowBefore
            ? $"New pods take {slowAfter / slowBefore:0.0} times as long to answer as old ones"
            : "";

        (double Time, double Served, double Failed) Sum(IEnumerable<PodView> pods)
        {
            var sum = (Time: 0.0, Served: 0.0, Failed: 0.0);
            foreach (var sample in pods.SelectMany(pod => file.Serving.Find(pod.State.Entity)?.Samples ?? [])
                .Where(sample => sample.At > from && sample.At <= to))
            {
                sum = (sum.Time + sample.Time, sum.Served + sample.Served, sum.Failed + sample.Failed);
            }

            return sum;
        }
    }
}
