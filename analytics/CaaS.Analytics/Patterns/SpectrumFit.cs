namespace CaaS.Analytics.Patterns;

/// <summary>The linear algebra of a singular spectrum model.</summary>
internal static class SpectrumFit
{
    private const double FastShare = 0.95;

    /// <summary>Finds the mean, the leading vectors and the recurrence of a series.</summary>
    public static (double Mean, double[][] Vectors, double[] Recurrence) Of(ReadOnlySpan<double> y, SpectrumOptions options)
    {
        int window = options.Window;
        double mean = 0;
        foreach (double v in y)
        {
            mean += v / y.Length;
        }
        int rows = y.Length - window + 1;
        var covariance = new double[window * window];
        double weight = 1;
        for (int r = rows - 1; r >= 0; r--)
        {
            for (int i = 0; i < window; i++)
            {
                double scaled = (y[r + i] - mean) * weight;
                for (int j = 0; j <= i; j++)
                {
                    covariance[i * window + j] += scaled * (y[r + j] - mean);
                }
            }
            weight *= options.DiscountFactor;
        }
        for (int i = 0; i < window; i++)
        {
            for (int j = 0; j < i; j++)
            {
                covariance[j * window + i] = covariance[i * window + j];
            }
        }
        (double[] values, double[][] vectors) = SymmetricEigen.Decompose(covariance, window);
        int rank = Rank(values, rows, options);
        double[][] leading = vectors[..rank];
        return (mean, leading, Recurrence(leading, window, y, mean, options.Stabilize));
    }

    /// <summary>
    /// The last values without what the vectors do not explain: averages over the windows that hold them.
    /// </summary>
    public static void SmoothEnd(ReadOnlySpan<double> y, double mean, double[][] vectors, Span<double> into)
    {
        int window = into.Length + 1;
        into.Clear();
        Span<double> counts = new double[into.Length];
        int firstKept = y.Length - into.Length;
        for (int r = Math.Max(0, firstKept - window + 1); r + window <= y.Length; r++)
        {
            foreach (double[] vector in vectors)
            {
                double weight = 0;
                for (int i = 0; i < window; i++)
                {
                    weight += vector[i] * (y[r + i] - mean);
                }
                for (int i = Math.Max(0, firstKept - r); i < window; i++)
                {
                    into[r + i - firstKept] += weight * vector[i];
                }
            }
            for (int i = Math.Max(0, firstKept - r); i < window; i++)
            {
                counts[r + i - firstKept]++;
            }
        }
        for (int i = 0; i < into.Length; i++)
        {
            into[i] /= Math.Max(1, counts[i]);
        }
    }

    private static int Rank(double[] values, int rows, SpectrumOptions options)
    {
        int most = Math.Clamp(options.MaxRank ?? options.Window / 2, 1, options.Window - 1);
        if (options.RankSelection == RankSelection.Fixed && options.Rank is { } told)
        {
            return Math.Clamp(told, 1, options.Window - 1);
        }
        double total = values.Sum(v => Math.Max(0, v));
        if (total <= 0)
        {
            return 1;
        }
        if (options.RankSelection == RankSelection.Fast)
        {
            double sum = 0;
            int k = 0;
            while (k < most && sum < FastShare * total)
            {
                sum += Math.Max(0, values[k++]);
            }
            return Math.Max(1, k);
        }
        int best = 1;
        double least = double.PositiveInfinity;
        for (int k = 1; k <= most; k++)
        {
            double length = DescriptionLength(values, k, rows, total);
            if (length < least)
            {
                (best, least) = (k, length);
            }
        }
        return best;
    }

    private static double DescriptionLength(double[] values, int k, int rows, double total)
    {
        int rest = values.Length - k;
        double logs = 0;
        double sum = 0;
        for (int i = k; i < values.Length; i++)
        {
            double v = Math.Max(values[i], 1e-12 * total);
            logs += Math.Log(v) / rest;
            sum += v / rest;
        }
        return -rows * rest * (logs - Math.Log(sum)) + 0.5 * k * (2.0 * values.Length - k) * Math.Log(rows);
    }

    private static double[] Recurrence(double[][] vectors, int window, ReadOnlySpan<double> y, double mean, bool stabilize)
    {
        var recurrence = new double[window - 1];
        double vertical = 0;
        foreach (double[] vector in vectors)
        {
            double last = vector[^1];
            vertical += last * last;
            for (int i = 0; i < recurrence.Length; i++)
            {
                recurrence[i] += last * vector[i];
            }
        }
        double scale = Math.Max(1 - vertical, 1e-3);
        for (int i = 0; i < recurrence.Length; i++)
        {
            recurrence[i] /= scale;
        }
        if (stabilize)
        {
            Damp(recurrence, vectors, y, mean);
        }
        return recurrence;
    }

    /// <summary>
    /// Shrinks all roots of a recurrence alike until what it continues no longer outgrows what was seen.
    /// </summary>
    private static void Damp(double[] recurrence, double[][] vectors, ReadOnlySpan<double> y, double mean)
    {
        int lags = recurrence.Length;
        int steps = 4 * (lags + 1);
        var run = new double[lags + steps];
        double seen = 0;
        foreach (double v in y)
        {
            seen = Math.Max(seen, Math.Abs(v - mean));
        }
        for (int attempt = 0; attempt < 20; attempt++)
        {
            SmoothEnd(y, mean, vectors, run.AsSpan(0, lags));
            double reached = 0;
            for (int t = lags; t < run.Length; t++)
            {
                run[t] = 0;
                for (int i = 0; i < lags; i++)
                {
                    run[t] += recurrence[i] * run[t - lags + i];
                }
                reached = Math.Max(reached, Math.Abs(run[t]));
            }
            if (reached <= 2 * seen || reached == 0)
            {
                return;
            }
            double shrink = Math.Pow(Math.Min(reached, 1e6 * seen) / (2 * seen), -1.0 / steps) * 0.9999;
            for (int i = 0; i < lags; i++)
            {
                recurrence[i] *= Math.Pow(shrink, lags - i);
            }
        }
    }
}
