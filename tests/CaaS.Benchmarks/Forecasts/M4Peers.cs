namespace CaaS.Benchmarks.Forecasts;

/// <summary>The competition's own benchmark methods, re-implemented to prove the scorer.</summary>
/// <remarks>
/// Definitions: M4 competitor's guide, appendix B. Seasonality is multiplicative classical decomposition, applied
/// when the autocorrelation at the period passes a 90 % test. Smoothing parameters minimise the squared one-step
/// error with the initial level solved for, where the original optimised a likelihood in R: the last digit may
/// differ.
/// </remarks>
internal static class M4Peers
{
    /// <summary>The last value for ever.</summary>
    public static double[] Naive(double[] y, int horizon) => [.. Enumerable.Repeat(y[^1], horizon)];

    /// <summary>The last season for ever.</summary>
    public static double[] SeasonalNaive(double[] y, int period, int horizon) =>
        [.. Enumerable.Range(0, horizon).Select(h => y[y.Length - period + (h % period)])];

    /// <summary>The last value of the deseasonalised series, times the season.</summary>
    public static double[] Naive2(double[] y, int period, int horizon) =>
        Seasonal(y, period, x => [.. Enumerable.Repeat(x[^1], horizon)]);

    /// <summary>Simple exponential smoothing of the deseasonalised series.</summary>
    public static double[] Ses(double[] y, int period, int horizon) =>
        Seasonal(y, period, x => [.. Enumerable.Repeat(LastLevel(x), horizon)]);

    /// <summary>
    /// The classic Theta method: the mean of the straight line and of smoothing on twice the deviations.
    /// </summary>
    public static double[] Theta(double[] y, int period, int horizon) => Seasonal(y, period, x =>
    {
        double meanTime = (x.Length + 1) / 2.0;
        double mean = x.Average();
        double slope = x.Select((v, i) => (i + 1 - meanTime) * (v - mean)).Sum()
            / x.Select((_, i) => (i + 1 - meanTime) * (i + 1 - meanTime)).Sum();
        double level = LastLevel([.. x.Select((v, i) => 2 * v - (mean + slope * (i + 1 - meanTime)))]);
        return [.. Enumerable.Range(1, horizon)
            .Select(h => Math.Max(0, (level + mean + slope * (x.Length + h - meanTime)) / 2))];
    });

    private static double[] Seasonal(double[] y, int period, Func<double[], double[]> forecast)
    {
        if (!IsSeasonal(y, period))
        {
            return forecast(y);
        }
        double[] figure = Figure(y, period);
        double[] flat = forecast([.. y.Select((v, t) => v / figure[t % period])]);
        return [.. flat.Select((v, h) => v * figure[(y.Length + h) % period])];
    }

    private static bool IsSeasonal(double[] y, int period)
    {
        if (period == 1 || y.Length < 3 * period)
        {
            return false;
        }
        double mean = y.Average();
        double variance = y.Sum(v => (v - mean) * (v - mean));
        double sum = 1;
        for (int lag = 1; ; lag++)
        {
            double acf = 0;
            for (int t = lag; t < y.Length; t++)
            {
                acf += (y[t] - mean) * (y[t - lag] - mean);
            }
            acf /= variance;
            if (lag == period)
            {
                return Math.Abs(acf) > 1.645 / Math.Sqrt(y.Length) * Math.Sqrt(sum);
            }
            sum += 2 * acf * acf;
        }
    }

    private static double[] Figure(double[] y, int period)
    {
        var sum = new double[period];
        var count = new int[period];
        int half = period / 2;
        for (int t = half; t < y.Length - half; t++)
        {
            double trend = (y[t - half] + y[t + half]) / 2;
            for (int i = t - half + 1; i < t + half; i++)
            {
                trend += y[i];
            }
            sum[t % period] += y[t] / (trend / period);
            count[t % period]++;
        }
        double[] figure = [.. sum.Select((s, i) => s / count[i])];
        double mean = figure.Average();
        return [.. figure.Select(f => f / mean)];
    }

    private static double LastLevel(double[] x)
    {
        double best = 0;
        double bestError = double.PositiveInfinity;
        for (int pass = 0, steps = 50; pass < 3; pass++)
        {
            double width = pass == 0 ? 1 : 2.0 / Math.Pow(steps, pass);
            double from = pass == 0 ? 0 : best - width / 2;
            for (int i = 0; i <= steps; i++)
            {
                double alpha = Math.Clamp(from + width * i / steps, 1e-4, 0.9999);
                double error = Error(x, alpha, out _);
                if (error < bestError)
                {
                    (best, bestError) = (alpha, error);
                }
            }
        }
        Error(x, best, out double level);
        return level;
    }

    /// <summary>The squared error; the errors are linear in the initial level, which is solved for.</summary>
    private static double Error(double[] x, double alpha, out double level)
    {
        double offset = 0;
        double weight = 1;
        double ee = 0, eb = 0, bb = 0;
        foreach (double v in x)
        {
            double e = v - offset;
            ee += e * e;
            eb += e * weight;
            bb += weight * weight;
            offset += alpha * e;
            weight *= 1 - alpha;
        }
        double initial = eb / bb;
        level = offset + weight * initial;
        return ee - eb * eb / bb;
    }
}
