namespace CaaS.Rca.Inquiry;

/// <summary>Robust statistics over plain arrays; NaN is never passed in.</summary>
internal static class Robust
{
    /// <summary>Makes the median absolute deviation a standard deviation for normal data.</summary>
    private const double MadToSigma = 1.4826;

    /// <summary>Makes the interquartile range a standard deviation for normal data.</summary>
    private const double IqrToSigma = 1.349;

    /// <summary>A quantile of sorted values, linear between neighbours; NaN when there are none.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var place = share * (sorted.Length - 1);
        var low = (int)place;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((sorted[high] - sorted[low]) * (place - low));
    }

    /// <summary>The median of values in any order.</summary>
    public static double Median(IEnumerable<double> values) => Quantile([.. values.Order()], 0.5);

    /// <summary>Median and the wider of the two robust spreads; the spread is zero for a constant.</summary>
    public static (double Median, double Spread) Centre(double[] sorted)
    {
        var median = Quantile(sorted, 0.5);
        var deviations = new double[sorted.Length];
        for (var index = 0; index < sorted.Length; index++)
        {
            deviations[index] = Math.Abs(sorted[index] - median);
        }

        Array.Sort(deviations);
        var mad = MadToSigma * Quantile(deviations, 0.5);
        var iqr = (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / IqrToSigma;
        return (median, Math.Max(mad, iqr));
    }

    /// <summary>Keeps the order of weights while it bounds them.</summary>
    public static double SoftCap(double weight, double cap) =>
        weight <= 0 ? weight : cap * (1 - Math.Exp(-weight / cap));

    /// <summary>How often the first sample exceeds the second, as a normal deviate (Mann and Whitney 1947).</summary>
    /// <param name="after">First sample, any order.</param>
    /// <param name="beforeSorted">Second sample, sorted.</param>
    public static double MannWhitney(double[] after, double[] beforeSorted)
    {
        double wins = 0;
        foreach (var value in after)
        {
            var low = LowerBound(beforeSorted, value);
            var high = low;
            while (high < beforeSorted.Length && beforeSorted[high].Equals(value))
            {
                high++;
            }

            wins += low + (0.5 * (high - low));
        }

        double pairs = (double)after.Length * beforeSorted.Length;
        var sigma = Math.Sqrt(pairs * (after.Length + beforeSorted.Length + 1) / 12);
        return sigma > 0 ? (wins - (pairs / 2)) / sigma : 0;
    }

    /// <summary>Pearson's correlation; zero when either is constant.</summary>
    public static double Correlation(double[] left, double[] right)
    {
        var (leftMean, rightMean) = (left.Average(), right.Average());
        double both = 0, first = 0, second = 0;
        for (var index = 0; index < left.Length; index++)
        {
            var (x, y) = (left[index] - leftMean, right[index] - rightMean);
            (both, first, second) = (both + (x * y), first + (x * x), second + (y * y));
        }

        return first > 0 && second > 0 ? both / Math.Sqrt(first * second) : 0;
    }

    private static int LowerBound(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
