namespace CaaS.Benchmarks.Forecasts;

/// <summary>
/// The competition's measures, averaged over series: sMAPE in percent, MASE, and OWA against Naive2.
/// </summary>
/// <remarks>
/// Makridakis, Spiliotis, Assimakopoulos, "The M4 Competition", Int. J. Forecasting 36 (2020), section 2.3.
/// </remarks>
/// <param name="Smape">Symmetric mean absolute percentage error, 0 to 200.</param>
/// <param name="Mase">Mean absolute error in units of the in-sample error of the seasonal naive forecast.</param>
internal readonly record struct M4Scorer(double Smape, double Mase)
{
    /// <summary>Scores forecasts of all series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="forecasts">One forecast a series.</param>
    /// <param name="period">The season of the scale: 24 for hourly, 1 for weekly.</param>
    public static M4Scorer Of(IReadOnlyList<M4Series> series, IReadOnlyList<double[]> forecasts, int period)
    {
        double smape = 0;
        double mase = 0;
        for (int i = 0; i < series.Count; i++)
        {
            (double s, double m) = One(series[i], forecasts[i], period);
            smape += s;
            mase += m;
        }
        return new M4Scorer(smape / series.Count, mase / series.Count);
    }

    /// <summary>One series' sMAPE and MASE.</summary>
    public static (double Smape, double Mase) One(M4Series series, double[] forecast, int period)
    {
        double scale = 0;
        for (int t = period; t < series.Train.Length; t++)
        {
            scale += Math.Abs(series.Train[t] - series.Train[t - period]);
        }
        scale /= series.Train.Length - period;
        double smape = 0;
        double error = 0;
        for (int h = 0; h < forecast.Length; h++)
        {
            double actual = series.Test[h];
            double size = Math.Abs(actual) + Math.Abs(forecast[h]);
            smape += size == 0 ? 0 : 200 * Math.Abs(actual - forecast[h]) / size;
            error += Math.Abs(actual - forecast[h]);
        }
        return (smape / forecast.Length, error / forecast.Length / scale);
    }

    /// <summary>The overall weighted average: the mean of both measures relative to Naive2's.</summary>
    public double Owa(M4Scorer naive2) => (Smape / naive2.Smape + Mase / naive2.Mase) / 2;
}
