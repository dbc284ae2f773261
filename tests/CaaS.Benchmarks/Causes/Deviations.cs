namespace CaaS.Benchmarks.Causes;

/// <summary>The two scorers that need no graph, as published.</summary>
internal static class Deviations
{
    /// <summary>BARO's robust scorer (Pham et al., FSE 2024), as its code computes it: one-sided, the highest value
    /// over median and interquartile range before; a range of zero counts as one.</summary>
    public static double Baro(double[] before, double[] after)
    {
        double[] sorted = [.. before.Order()];
        var range = Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
        return (after.Max() - Quantile(sorted, 0.5)) / (range > 0 ? range : 1);
    }

    /// <summary>N-Sigma: the same with mean and standard deviation.</summary>
    public static double NSigma(double[] before, double[] after)
    {
        var mean = before.Average();
        var sigma = Math.Sqrt(before.Average(value => (value - mean) * (value - mean)));
        return (after.Max() - mean) / (sigma > 0 ? sigma : 1);
    }

    /// <summary>A quantile of sorted values, linear between neighbours.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var low = (int)place;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((sorted[high] - sorted[low]) * (place - low));
    }

    /// <summary>Entities by their highest-scored series.</summary>
    public static string[] Rank(IEnumerable<(string Entity, double Score)> series) =>
        [.. series.GroupBy(one => one.Entity, StringComparer.Ordinal)
            .Select(group => (group.Key, Score: group.Max(one => one.Score)))
            .OrderByDescending(one => one.Score).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Key)];
}
