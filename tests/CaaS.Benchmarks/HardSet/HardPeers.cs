using CaaS.Benchmarks.Causes;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>The methods that are run beside ours on the same telemetry.</summary>
internal static class HardPeers
{
    /// <summary>Rankings by method.</summary>
    public static IEnumerable<(string Name, string[] Ranking)> Rank(HardCase @case, CauseCase given)
    {
        yield return ("BARO", ByDeviation(@case, Deviations.Baro));
        yield return ("N-Sigma", ByDeviation(@case, Deviations.NSigma));
        var peers = new PetShopPeers(given, @case.Onset);
        yield return ("ranked correlation", peers.RankedCorrelation());
        yield return ("traversal", peers.Traversal());
        yield return ("random walk", peers.RandomWalk());
        yield return ("SimpleRCA (most alerts)", MostAlerts(@case));
        yield return ("latest change", [.. @case.Changes.Where(change => change.Time <= @case.Now).OrderByDescending(change => change.Time)
            .Select(change => @case.Entities[change.Entity])]);
        yield return ("what users feel", [@case.Entities[@case.Symptom.Entity]]);
    }

    private static string[] ByDeviation(HardCase @case, Func<double[], double[], double> scorer)
    {
        var scored = new List<(string, double)>();
        foreach (var series in @case.Series)
        {
            var (before, after) = Parts(@case, series);
            if (before.Length > 1 && after.Length > 0)
            {
                scored.Add((@case.Entities[series.Entity], scorer(before, after)));
            }
        }

        return Deviations.Rank(scored);
    }

    private static (double[] Before, double[] After) Parts(HardCase @case, SeriesFact series) =>
        ([.. series.Values.Where((value, at) => series.Times[at] < @case.Onset && double.IsFinite(value))],
            [.. series.Values.Where((value, at) => series.Times[at] >= @case.Onset && double.IsFinite(value))]);

    /// <summary>SimpleRCA (arXiv 2510.04711): series beyond three deviations, spans three times slower, error lines;
    /// most alerts win.</summary>
    private static string[] MostAlerts(HardCase @case)
    {
        var counts = new int[@case.Entities.Length];
        foreach (var series in @case.Series)
        {
            var (before, after) = Parts(@case, series);
            if (before.Length > 1 && after.Length > 0 && Math.Abs(Deviations.NSigma(before, [after.Average()])) > 3)
            {
                counts[series.Entity]++;
            }
        }

        foreach (var spans in @case.Spans.GroupBy(span => (span.Entity, span.Operation)))
        {
            double[] before = [.. spans.Where(span => span.Start < @case.Onset).Select(span => span.Seconds).Order()];
            double[] after = [.. spans.Where(span => span.Start >= @case.Onset).Select(span => span.Seconds).Order()];
            if (before.Length > 4 && after.Length > 2 && Deviations.Quantile(after, 0.95) > 3 * Deviations.Quantile(before, 0.95))
            {
                counts[spans.Key.Entity]++;
            }
        }

        var minute = (int)((@case.Onset - @case.From) / 60);
        foreach (var log in @case.Logs.Where(log => log.Template.StartsWith("error", StringComparison.Ordinal)))
        {
            var (before, after) = (log.Counts.Take(minute).Average(), log.Counts.Skip(minute).Average());
            counts[log.Entity] += after > 1 && after > 3 * before ? 1 : 0;
        }

        return [.. Enumerable.Range(0, counts.Length).Where(entity => counts[entity] > 0)
            .OrderByDescending(entity => counts[entity]).ThenBy(entity => @case.Entities[entity], StringComparer.Ordinal)
            .Select(entity => @case.Entities[entity])];
    }
}
