using CaaS.Analytics.Forecasts;
using CaaS.Analytics.Seasonality;

namespace CaaS.Benchmarks.Forecasts;

/// <summary>
/// How others provide for demand, re-implemented; each gives one capacity a scored slot from earlier minutes only.
/// </summary>
internal static class DemandPeers
{
    /// <summary> The 99th percentile of a forgetting histogram (half-life a day, buckets growing by 5 %): the
    /// Kubernetes vertical pod autoscaler's histogram as Crane's percentile predictor uses it.
    /// </summary>
    public static double[] Percentile(DemandTrace trace, DemandPlan plan, double share)
    {
        var histogram = new DecayedQuantile(Math.Log(1e-4), Math.Log(1e5), (int)(Math.Log(1e9) / Math.Log(1.05)), DemandTrace.Day);
        int seen = 0;
        return [.. plan.Starts(trace).Select(start =>
        {
            for (; seen < start - plan.Lead; seen++)
            {
                histogram.Age();
                if (trace.Minutes[seen] > 0)
                {
                    histogram.Add(Math.Log(trace.Minutes[seen]));
                }
            }
            return Math.Exp(histogram.At(share));
        })];
    }

    /// <summary>The highest minute of the same slot a day before.</summary>
    public static double[] SeasonalNaive(DemandTrace trace, DemandPlan plan) =>
        [.. plan.Starts(trace).Select(start => Max(trace.Minutes, start - DemandTrace.Day, plan.Slot))];

    /// <summary>The highest minute of the hour before the decision: what a reactive autoscaler goes by.</summary>
    public static double[] LastHour(DemandTrace trace, DemandPlan plan) =>
        [.. plan.Starts(trace).Select(start => Max(trace.Minutes, start - plan.Lead - 60, 60))];

    /// <summary> Crane's DSP: gaps filled linearly, values clipped to the 0.1 and 99.9 percentiles, a day (judged on
    /// three days) or a week (on fourteen) accepted as period if its power exceeds the 99th percentile of the highest
    /// power of 100 shuffles and the circular autocorrelation has a hill there; then the highest value at the same
    /// phase of the last seven days (or two weeks). Judged again every midnight. Where it finds no period it says
    /// nothing: the last hour's maximum stands in.
    /// </summary>
    public static double[] Dsp(DemandTrace trace, DemandPlan plan, out double covered)
    {
        double[] fallback = LastHour(trace, plan);
        int[] starts = [.. plan.Starts(trace)];
        int period = 0;
        int judged = -1;
        int used = 0;
        double[] filled = Filled(trace.Minutes);
        double low = 0, high = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int known = starts[i] - plan.Lead;
            if (known / DemandTrace.Day != judged)
            {
                judged = known / DemandTrace.Day;
                double[] sorted = [.. filled.AsSpan(Math.Max(0, known - 15 * DemandTrace.Day)..known).ToArray().Order()];
                (low, high) = (sorted[(int)(sorted.Length * 0.001)], sorted[(int)(sorted.Length * 0.999)]);
                period = IsPeriod(filled, known, DemandTrace.Day, 3, low, high) ? DemandTrace.Day
                    : IsPeriod(filled, known, 7 * DemandTrace.Day, 2, low, high) ? 7 * DemandTrace.Day : 0;
            }
            if (period == 0)
            {
                continue;
            }
            used++;
            double capacity = 0;
            int periods = period == DemandTrace.Day ? 7 : 2;
            for (int k = 1; k <= periods && starts[i] - k * period >= 0; k++)
            {
                capacity = Math.Max(capacity, Math.Clamp(Max(filled, starts[i] - k * period, plan.Slot), low, high));
            }
            fallback[i] = capacity;
        }
        covered = (double)used / starts.Length;
        return fallback;
    }

    private static bool IsPeriod(double[] y, int known, int period, int cycles, double low, double high)
    {
        int n = period * cycles;
        if (known < n)
        {
            return false;
        }
        // Ten-minute means: a period of a day stays in its bin, and 100 shuffles stay cheap.
        const int Grain = 10;
        double[] signal = [.. Enumerable.Range(0, n / Grain).Select(i =>
            Enumerable.Range(known - n + i * Grain, Grain).Average(t => Math.Clamp(y[t], low, high)))];
        double mean = signal.Average();
        signal = [.. signal.Select(v => v - mean)];
        double[] power = Power(signal);
        var random = new Random(1);
        double[] highest = [.. Enumerable.Range(0, 100).Select(_ =>
        {
            double[] shuffled = (double[])signal.Clone();
            random.Shuffle(shuffled);
            return Power(shuffled).Max();
        }).Order()];
        return power[cycles] > highest[98] && HasHill(signal, period / Grain);
    }

    private static bool HasHill(double[] signal, int period)
    {
        int n = signal.Length;
        var re = (double[])signal.Clone();
        var im = new double[n];
        FourierTransform.Transform(re, im);
        for (int i = 0; i < n; i++)
        {
            (re[i], im[i]) = (re[i] * re[i] + im[i] * im[i], 0);
        }
        FourierTransform.Transform(re, im, inverse: true);
        int quarter = period / 4;
        double at = re[(period - 3)..(period + 4)].Max();
        return at > re[period - quarter] && at > re[(period + quarter) % n] && at > 0;
    }

    private static double[] Power(double[] signal)
    {
        var re = (double[])signal.Clone();
        var im = new double[signal.Length];
        FourierTransform.Transform(re, im);
        return [.. Enumerable.Range(0, signal.Length / 2).Select(i => i == 0 ? 0 : re[i] * re[i] + im[i] * im[i])];
    }

    private static double[] Filled(double[] y)
    {
        double[] filled = (double[])y.Clone();
        int last = Array.FindIndex(y, double.IsFinite);
        for (int t = last + 1; t < y.Length; t++)
        {
            if (double.IsNaN(y[t]))
            {
                continue;
            }
            for (int g = last + 1; g < t; g++)
            {
                filled[g] = y[last] + (y[t] - y[last]) * (g - last) / (t - last);
            }
            last = t;
        }
        return filled;
    }

    private static double Max(double[] y, int start, int count)
    {
        double max = 0;
        for (int t = start; t < start + count; t++)
        {
            max = y[t] > max ? y[t] : max;
        }
        return max;
    }
}
