using CaaS.Analytics.Forecasts;

namespace CaaS.Benchmarks.Forecasts;

/// <summary>The competition's measure of 95 % bands: the mean scaled interval score.</summary>
/// <remarks>Gneiting and Raftery, JASA 102 (2007); M4 competitor's guide.</remarks>
internal static class M4Intervals
{
    private const double Penalty = 2 / 0.05;

    /// <summary>The score, lower is better, and the share of values inside.</summary>
    public static (double Msis, double Held) Of(IReadOnlyList<M4Series> series, IReadOnlyList<Forecast> forecasts, int period)
    {
        double score = 0;
        double held = 0;
        for (int i = 0; i < series.Count; i++)
        {
            double[] train = series[i].Train;
            double scale = 0;
            for (int t = period; t < train.Length; t++)
            {
                scale += Math.Abs(train[t] - train[t - period]) / (train.Length - period);
            }
            Forecast forecast = forecasts[i];
            for (int h = 0; h < forecast.Points.Length; h++)
            {
                double actual = series[i].Test[h];
                double below = Math.Max(0, forecast.Lower[h] - actual);
                double above = Math.Max(0, actual - forecast.Upper[h]);
                double width = forecast.Upper[h] - forecast.Lower[h] + Penalty * (below + above);
                score += width / scale / forecast.Points.Length;
                held += (below + above == 0 ? 1.0 : 0) / forecast.Points.Length;
            }
        }
        return (score / series.Count, held / series.Count);
    }
}
