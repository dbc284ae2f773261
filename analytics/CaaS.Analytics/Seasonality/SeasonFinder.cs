using CaaS.Analytics.Forecasts;

namespace CaaS.Analytics.Seasonality;

/// <summary>Finds the seasons of a series: waves of a robust periodogram that the autocorrelation confirms.</summary>
/// <remarks>
/// AUTOPERIOD (Vlachos, Yu and Castelli, SDM 2005): hints from the periodogram, proof from hills of the
/// autocorrelation. Departures: the series is freed of a robust trend and clipped at 4.5 robust deviations first, so
/// that a level shift or an incident is not a season (RobustPeriod, Wen et al., SIGMOD 2021, does more); a wave is
/// tested with Fisher's g (Proc. R. Soc. A 125, 1929) instead of permutations, so that the answer is deterministic.
/// Cost O(n log n). Pure.
/// </remarks>
public static class SeasonFinder
{
    private const int MaxHints = 12;
    private const double Clip = 4.5;

    /// <summary>Finds seasons.</summary>
    /// <param name="values">Evenly spaced; NaN marks a gap.</param>
    /// <param name="maxPeriod">The longest period; at most a third of the series is looked at in any case.</param>
    /// <param name="confidence">How sure a wave must not be noise, between 0 and 1.</param>
    /// <returns>Strongest first; none if the series is short, constant or noise.</returns>
    public static Season[] Find(ReadOnlySpan<double> values, int maxPeriod = int.MaxValue, double confidence = 0.95)
    {
        int n = values.Length;
        int longest = Math.Min(maxPeriod, n / 3);
        if (longest < 2 || !HasValue(values))
        {
            return [];
        }
        double[] y = Prepare(GapFilling.Fill(values, []));
        double[] power = Power(y);
        double total = power.Sum();
        if (total <= 1e-12)
        {
            return [];
        }
        double[] acf = Autocorrelation(y);
        var found = new List<Season>();
        foreach (int k in Enumerable.Range(1, power.Length - 1).OrderByDescending(k => power[k]).Take(MaxHints))
        {
            double p = Math.Min(1, (power.Length - 1) * Math.Exp(-power[k] / total * (power.Length - 1)));
            if (p > 1 - confidence)
            {
                break;
            }
            int period = Hill(acf, n, k, longest);
            double floor = Patterns.Normal.Quantile(0.5 + confidence / 2) / Math.Sqrt(n);
            if (period > 1 && acf[period] > floor && !found.Exists(s => Math.Abs(s.Period - period) <= Math.Max(1, period / 20)))
            {
                found.Add(new Season(period, acf[period], p));
            }
        }
        return [.. Fundamentals(found).OrderByDescending(s => s.Strength).ThenBy(s => s.Period)];
    }

    /// <summary>A multiple of a season repeats as well as the season: kept only if it repeats clearly better.</summary>
    private static IEnumerable<Season> Fundamentals(List<Season> found) =>
        found.Where(s => !found.Exists(shorter =>
            shorter.Period < s.Period
            && Math.Abs(s.Period / (double)shorter.Period - Math.Round(s.Period / (double)shorter.Period)) < 0.05
            && s.Strength < shorter.Strength + 0.05));

    private static bool HasValue(ReadOnlySpan<double> values)
    {
        foreach (double v in values)
        {
            if (double.IsFinite(v))
            {
                return true;
            }
        }
        return false;
    }

    private static double[] Prepare(double[] y)
    {
        int half = y.Length / 2;
        double slope = Median([.. Enumerable.Range(0, y.Length - half).Select(t => (y[t + half] - y[t]) / half)]);
        double[] flat = [.. y.Select((v, t) => v - slope * t)];
        double centre = Median([.. flat]);
        double deviation = 1.4826 * Median([.. flat.Select(v => Math.Abs(v - centre))]);
        double limit = deviation > 0 ? Clip * deviation : double.PositiveInfinity;
        double[] clipped = [.. flat.Select(v => Math.Clamp(v - centre, -limit, limit))];
        double mean = clipped.Average();
        return [.. clipped.Select(v => v - mean)];
    }

    private static double[] Power(double[] y)
    {
        double[] re = [.. y], im = new double[y.Length];
        FourierTransform.Transform(re, im);
        return [.. Enumerable.Range(0, y.Length / 2).Select(k => k == 0 ? 0 : re[k] * re[k] + im[k] * im[k])];
    }

    /// <summary>Autocorrelation by the transform of the padded series, each lag by its own number of pairs.</summary>
    private static double[] Autocorrelation(double[] y)
    {
        int size = 1;
        while (size < 2 * y.Length)
        {
            size <<= 1;
        }
        double[] re = new double[size], im = new double[size];
        y.CopyTo(re, 0);
        FourierTransform.Transform(re, im);
        for (int i = 0; i < size; i++)
        {
            (re[i], im[i]) = (re[i] * re[i] + im[i] * im[i], 0);
        }
        FourierTransform.Transform(re, im, inverse: true);
        double variance = re[0] / y.Length;
        return [.. Enumerable.Range(0, y.Length / 2 + 1).Select(lag => re[lag] / (y.Length - lag) / variance)];
    }

    /// <summary>
    /// The lag of the highest autocorrelation among those the wave stands for; 0 unless it is a hill.
    /// </summary>
    private static int Hill(double[] acf, int n, int wave, int longest)
    {
        int from = Math.Max(2, (int)Math.Floor(n / (wave + 0.75)));
        int to = Math.Min(longest, (int)Math.Ceiling(n / Math.Max(wave - 0.75, 0.5)));
        int best = 0;
        for (int lag = from; lag <= to && lag < acf.Length - 1; lag++)
        {
            if (acf[lag] >= acf[lag - 1] && acf[lag] >= acf[lag + 1] && (best == 0 || acf[lag] > acf[best]))
            {
                best = lag;
            }
        }
        return best > 0 && acf[best] > acf[Math.Max(1, best / 2)] ? best : 0;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
