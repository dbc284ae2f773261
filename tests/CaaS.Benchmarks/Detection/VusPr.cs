namespace CaaS.Benchmarks.Detection;

/// <summary>Volume under the surface of precision and recall over buffer lengths.</summary>
/// <remarks>
/// Paparrizos et al., "Volume Under the Surface", VLDB 2022, and Liu and Paparrizos, "The Elephant in the Room"
/// (TSB-AD), NeurIPS 2024; the definition is that of TSB-AD's RangeAUC_volume_opt. Every row's first threshold that
/// takes it in is found once, so a buffer length costs only the rows near the anomalies instead of 250 passes.
/// </remarks>
internal static class VusPr
{
    private const int ThresholdCount = 250;

    /// <summary>Area, 0 to 1; 0 when nothing is labelled.</summary>
    /// <param name="windows">Anomalous row ranges, ascending.</param>
    /// <param name="scores">Larger is more anomalous; finite.</param>
    /// <param name="bufferMax">Longest buffer: the period, or 100.</param>
    public static double Of(IReadOnlyList<(int Start, int End)> windows, double[] scores, int bufferMax)
    {
        if (windows.Count == 0)
        {
            return 0;
        }

        var (entry, predicted) = Entries(scores);
        var inside = new double[ThresholdCount];
        var labelled = 0;
        var isTrue = new bool[scores.Length];
        foreach (var (start, end) in windows)
        {
            for (var row = start; row <= end; row++)
            {
                isTrue[row] = true;
                inside[entry[row]]++;
                labelled++;
            }
        }

        var weights = new double[scores.Length];
        double sum = 0;
        for (var buffer = 0; buffer <= bufferMax; buffer++)
        {
            Extend(windows, isTrue, weights, buffer);
            sum += Area(windows, entry, predicted, inside, labelled, weights, isTrue, buffer);
        }

        return sum / (bufferMax + 1);
    }

    /// <summary>The period by TSB-AD's rule: the highest local maximum of the autocorrelation, or 125.</summary>
    public static int Period(double[] values)
    {
        const int First = 3, LagMax = 400;
        var n = Math.Min(values.Length, 20_000);
        var mean = values.Take(n).Where(double.IsFinite).DefaultIfEmpty(0).Average();
        var centred = new double[n];
        for (var i = 0; i < n; i++)
        {
            centred[i] = double.IsFinite(values[i]) ? values[i] - mean : 0;
        }

        var lags = Math.Min(LagMax, n - 1);
        var correlation = new double[Math.Max(0, lags - First + 1)];
        for (var lag = First; lag <= lags; lag++)
        {
            double dot = 0;
            for (var i = lag; i < n; i++)
            {
                dot += centred[i] * centred[i - lag];
            }

            correlation[lag - First] = dot;
        }

        var best = -1;
        for (var i = 1; i + 1 < correlation.Length; i++)
        {
            if (correlation[i] > correlation[i - 1] && correlation[i] > correlation[i + 1]
                && (best < 0 || correlation[i] > correlation[best]))
            {
                best = i;
            }
        }

        return best is < 3 or > 300 ? 125 : best + First;
    }

    private static (int[] Entry, double[] Predicted) Entries(double[] scores)
    {
        var sorted = (double[])scores.Clone();
        Array.Sort(sorted);
        var thresholds = new double[ThresholdCount];
        for (var k = 0; k < ThresholdCount; k++)
        {
            // The last step of numpy's linspace is the end itself, whatever rounding says.
            var rank = k == ThresholdCount - 1 ? scores.Length - 1 : (int)(k * ((scores.Length - 1d) / (ThresholdCount - 1)));
            thresholds[k] = sorted[scores.Length - 1 - rank];
        }

        var entry = new int[scores.Length];
        var predicted = new double[ThresholdCount];
        for (var row = 0; row < scores.Length; row++)
        {
            var (low, high) = (0, ThresholdCount - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = scores[row] >= thresholds[middle] ? (low, middle) : (middle + 1, high);
            }

            entry[row] = low;
            predicted[low]++;
        }

        for (var k = 1; k < ThresholdCount; k++)
        {
            predicted[k] += predicted[k - 1];
        }

        return (entry, predicted);
    }

    private static void Extend(
        IReadOnlyList<(int Start, int End)> windows, bool[] isTrue, double[] weights, int buffer)
    {
        foreach (var (start, end) in windows)
        {
            for (var row = Math.Max(0, start - (buffer / 2)); row < Math.Min(weights.Length, end + (buffer / 2) + 1); row++)
            {
                weights[row] = 0;
            }
        }

        foreach (var (start, end) in windows)
        {
            for (var distance = 1; distance <= buffer / 2; distance++)
            {
                var weight = Math.Sqrt(1 - ((double)distance / buffer));
                if (end + distance < weights.Length && !isTrue[end + distance])
                {
                    weights[end + distance] += weight;
                }

                if (start - distance >= 0 && !isTrue[start - distance])
                {
                    weights[start - distance] += weight;
                }
            }
        }
    }

    private static double Area(
        IReadOnlyList<(int Start, int End)> windows,
        int[] entry,
        double[] predicted,
        double[] inside,
        int labelled,
        double[] weights,
        bool[] isTrue,
        int buffer)
    {
        Span<double> around = stackalloc double[ThresholdCount];
        Span<int> touched = stackalloc int[ThresholdCount];
        var merged = 0;
        for (var w = 0; w < windows.Count; merged++)
        {
            var from = Math.Max(0, windows[w].Start - (buffer / 2));
            while (w + 1 < windows.Count && windows[w].End + (buffer / 2) >= windows[w + 1].Start - (buffer / 2))
            {
                w++;
            }

            var to = Math.Min(entry.Length - 1, windows[w++].End + (buffer / 2));
            var first = ThresholdCount - 1;
            for (var row = from; row <= to; row++)
            {
                first = Math.Min(first, entry[row]);
                if (!isTrue[row])
                {
                    around[entry[row]] += Math.Min(1, weights[row]);
                }
            }

            touched[first]++;
        }

        double area = 0, recallBefore = 0, found = 0, near = 0, segments = 0;
        for (var k = 0; k < ThresholdCount; k++)
        {
            found += inside[k];
            near += around[k];
            segments += touched[k];
            var positives = (labelled + labelled + near) / 2;
            var recall = Math.Min((found + near) / positives, 1) * segments / merged;
            area += (recall - recallBefore) * (found + near) / predicted[k];
            recallBefore = recall;
        }

        return area;
    }
}
