namespace CaaS.Analytics.Seasonality;

/// <summary>Saliency of the points of a series: what the smooth part of its log spectrum does not explain.</summary>
/// <remarks>
/// Hou and Zhang, CVPR 2007; Ren et al., "Time-Series Anomaly Detection Service at Microsoft", KDD 2019, section 3.2,
/// which extends the series by an estimate of its next point so that the last one can be judged. Pure; O(n log n).
/// </remarks>
public static class SpectralResidual
{
    /// <summary>The saliency of every point.</summary>
    /// <param name="values">Finite values, at least 3.</param>
    /// <param name="averaging">How many amplitudes are averaged.</param>
    public static double[] Saliency(ReadOnlySpan<double> values, int averaging)
    {
        int n = values.Length;
        double[] re = values.ToArray(), im = new double[n];
        FourierTransform.Transform(re, im);
        double[] amplitude = [.. re.Zip(im, (a, b) => Math.Sqrt(a * a + b * b))];
        double[] log = [.. amplitude.Select(a => a > 1e-8 ? Math.Log(a) : 0)];
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += log[i] - (i >= averaging ? log[i - averaging] : 0);
            double residual = Math.Exp(log[i] - sum / Math.Min(i + 1, averaging));
            double scale = amplitude[i] > 1e-8 ? residual / amplitude[i] : 0;
            (re[i], im[i]) = (re[i] * scale, im[i] * scale);
        }
        FourierTransform.Transform(re, im, inverse: true);
        return [.. re.Zip(im, (a, b) => Math.Sqrt(a * a + b * b))];
    }

    /// <summary>
    /// The series and some copies of its estimated next point; the last value, which may be the anomaly, has no say.
    /// </summary>
    /// <param name="values">At least 3 values.</param>
    /// <param name="copies">How many.</param>
    /// <param name="lookBack">Over how many points the slope is averaged.</param>
    public static double[] Extend(ReadOnlySpan<double> values, int copies, int lookBack)
    {
        var extended = new double[values.Length + copies];
        values.CopyTo(extended);
        ReadOnlySpan<double> past = values[..^1];
        int back = Math.Min(lookBack, past.Length - 1);
        double slope = 0;
        for (int i = 1; i <= back; i++)
        {
            slope += (past[^1] - past[past.Length - 1 - i]) / i / back;
        }
        Array.Fill(extended, past[past.Length - back] + slope * back, values.Length, copies);
        return extended;
    }
}
