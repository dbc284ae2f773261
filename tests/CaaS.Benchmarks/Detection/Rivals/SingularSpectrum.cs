namespace CaaS.Benchmarks.Detection.Rivals;

/// <summary>Error of the one-step forecast by singular spectrum analysis, in standard deviations of past
/// errors.</summary>
/// <remarks>
/// Golyandina, Nekrutkin and Zhigljavsky, "Analysis of Time Series Structure" (2001), section 2.1: the linear
/// recurrence of the leading eigenvectors of the lag covariance. As ML.NET's DetectSpikeBySsa, but the model is made
/// anew every 100 rows from the last 1,000 instead of once.
/// </remarks>
internal sealed class SingularSpectrum : IRival
{
    private const int Lags = 24;
    private const int Training = 1000;
    private const int Every = 100;
    private const double EnergyShare = 0.95;

    public string Name => "singular spectrum";

    public double[] Scores(double[] values)
    {
        var scores = new double[values.Length];
        var recurrence = new double[Lags - 1];
        double mean = 0, variance = 0;
        for (var row = 2 * Lags; row < values.Length; row++)
        {
            if (row % Every == 0 || row == 2 * Lags)
            {
                (recurrence, mean) = Fit(values.AsSpan(Math.Max(0, row - Training), Math.Min(row, Training)));
            }

            var forecast = mean;
            for (var lag = 0; lag < Lags - 1; lag++)
            {
                forecast += recurrence[lag] * (values[row - Lags + 1 + lag] - mean);
            }

            var error = values[row] - forecast;
            scores[row] = Math.Min(1e6, Math.Abs(error) / Math.Max(Math.Sqrt(variance), 1e-9));
            var share = Math.Max(0.005, 1d / (row - (2 * Lags) + 1));
            variance += share * ((error * error) - variance);
        }

        return scores;
    }

    private static (double[] Recurrence, double Mean) Fit(ReadOnlySpan<double> values)
    {
        double mean = 0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var covariance = new double[Lags, Lags];
        for (var start = 0; start + Lags <= values.Length; start++)
        {
            for (var i = 0; i < Lags; i++)
            {
                for (var j = i; j < Lags; j++)
                {
                    covariance[i, j] += (values[start + i] - mean) * (values[start + j] - mean);
                    covariance[j, i] = covariance[i, j];
                }
            }
        }

        var (sizes, vectors) = Eigen.Symmetric(covariance);
        var total = sizes.Sum();
        var recurrence = new double[Lags - 1];
        double held = 0, last = 0;
        for (var k = 0; k < Lags / 2 && held < EnergyShare * total; k++)
        {
            var tip = vectors[Lags - 1, k];
            if (last + (tip * tip) > 0.95)
            {
                break;
            }

            held += sizes[k];
            last += tip * tip;
            for (var i = 0; i < Lags - 1; i++)
            {
                recurrence[i] += tip * vectors[i, k];
            }
        }

        for (var i = 0; i < Lags - 1; i++)
        {
            recurrence[i] /= Math.Max(1e-9, 1 - last);
        }

        return (recurrence, mean);
    }
}
