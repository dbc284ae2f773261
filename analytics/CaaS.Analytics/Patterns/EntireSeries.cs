using CaaS.Analytics.Forecasts;
using CaaS.Analytics.Seasonality;

namespace CaaS.Analytics.Patterns;

/// <summary>Judges every point of a whole series by spectral residual, with an expected value and a band.</summary>
/// <remarks>
/// The off-line form of Ren et al. (KDD 2019) as in Microsoft's anomaly detector: amplitudes averaged over 3,
/// saliencies compared with the mean of the last 40, score = |difference| / mean / 10, at most 1. Expected values are
/// the series without its highest frequencies; the band is the robust deviation from them, 3 times at sensitivity 99,
/// doubling every 10 below. Looks ahead: for reports and training, not for alarms.
/// </remarks>
public static class EntireSeries
{
    private const int MinBatch = 12;
    private const int Averaging = 3;
    private const int Judgement = 40;
    private const int Extension = 5;
    private const double Kept = 3.0 / 8;

    /// <summary>Judges a series.</summary>
    /// <param name="values">The values; NaN marks a gap and is never an anomaly.</param>
    /// <param name="threshold">The score above which a point is an anomaly, 0 to 1.</param>
    /// <param name="batch">How many points are judged at a time, at least 12; -1 for all.</param>
    /// <param name="sensitivity">0 to 100: how narrow the band is.</param>
    /// <param name="period">A known season, taken out first; 0 for none.</param>
    /// <param name="mode">How it is taken out.</param>
    public static EntirePoint[] Judge(
        ReadOnlySpan<double> values,
        double threshold,
        int batch,
        double sensitivity,
        int period = 0,
        Deseasonality mode = Deseasonality.Stl)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sensitivity, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sensitivity, 100);
        if (values.Length < MinBatch)
        {
            return [.. values.ToArray().Select(v => new EntirePoint(false, 0, 0, v, 0, v, v))];
        }
        double[] y = GapFilling.Fill(values, period > 0 ? [period] : []);
        double[] season = period > 1 ? Season(y, period, mode) : new double[y.Length];
        int size = batch < 0 ? y.Length : Math.Max(batch, MinBatch);
        var points = new List<EntirePoint>(y.Length);
        for (int start = 0; start < y.Length;)
        {
            int end = y.Length - start - size < MinBatch ? y.Length : start + size;
            double[] flat = [.. Enumerable.Range(start, end - start).Select(t => y[t] - season[t])];
            points.AddRange(Batch(flat, season.AsSpan(start, end - start), threshold, sensitivity));
            start = end;
        }
        for (int t = 0; t < y.Length; t++)
        {
            points[t] = double.IsFinite(values[t]) ? points[t] : points[t] with { IsAnomaly = false, Score = 0 };
        }
        return [.. points];
    }

    private static EntirePoint[] Batch(double[] y, ReadOnlySpan<double> season, double threshold, double sensitivity)
    {
        double[] saliency = SpectralResidual.Saliency(SpectralResidual.Extend(y, Extension, Extension), Averaging);
        double[] expected = LowPass(y);
        double[] sizes = [.. y.Select((v, t) => Math.Abs(v - expected[t])).Order()];
        double unit = Math.Max(1.4826 * sizes[sizes.Length / 2], 1e-3 * y.Select(Math.Abs).Average());
        double margin = sensitivity >= 100 ? 0 : unit * 3 * Math.Pow(2, (99 - sensitivity) / 10);
        var points = new EntirePoint[y.Length];
        double sum = 0;
        for (int t = 0; t < y.Length; t++)
        {
            sum += saliency[t] - (t >= Judgement ? saliency[t - Judgement] : 0);
            double mean = sum / Math.Min(t + 1, Judgement);
            double score = mean > 1e-12 ? Math.Clamp(Math.Abs(saliency[t] - mean) / mean / 10, 0, 1) : 0;
            double at = expected[t] + season[t];
            points[t] = new EntirePoint(score > threshold, score, saliency[t], at, unit, at + margin, at - margin);
        }
        return points;
    }

    private static double[] LowPass(double[] y)
    {
        int n = y.Length;
        double[] re = [.. y], im = new double[n];
        FourierTransform.Transform(re, im);
        int keep = Math.Max(1, (int)(n / 2 * Kept));
        for (int k = keep + 1; k < n - keep; k++)
        {
            (re[k], im[k]) = (0, 0);
        }
        FourierTransform.Transform(re, im, inverse: true);
        return re;
    }

    private static double[] Season(double[] y, int period, Deseasonality mode)
    {
        double[] rest = y;
        if (mode == Deseasonality.Stl)
        {
            double[] trend = [.. y.Select((_, t) =>
                y[Math.Max(0, t - period / 2)..Math.Min(y.Length, t + period / 2 + 1)].Average())];
            rest = [.. y.Zip(trend, (v, m) => v - m)];
        }
        double[] figure = [.. Enumerable.Range(0, period).Select(p =>
        {
            int rounds = Math.Max(0, (y.Length - p + period - 1) / period);
            double[] phase = [.. Enumerable.Range(0, rounds).Select(r => rest[p + r * period]).Order()];
            return phase.Length == 0 ? 0 : mode == Deseasonality.Mean ? phase.Average() : phase[phase.Length / 2];
        })];
        double centre = figure.Average();
        return [.. y.Select((_, t) => figure[t % period] - centre)];
    }
}
