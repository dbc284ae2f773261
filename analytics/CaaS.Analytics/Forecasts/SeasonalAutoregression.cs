namespace CaaS.Analytics.Forecasts;

/// <summary>
/// Autoregression on the last values and on the values around one day, some days and a week ago, with ridge.
/// </summary>
/// <remarks>
/// The subset form of a multiplicative seasonal ARIMA (Box and Jenkins, "Time Series Analysis", ch. 9) without moving
/// averages: least squares instead of likelihood, old rows forgotten. Forecasts are iterated, and kept within one and
/// a half times the range that was seen, so that a root outside the unit circle cannot run away. Cost O(n lags^2).
/// </remarks>
internal sealed class SeasonalAutoregression : IForecastModel
{
    private readonly int[] _lags;
    private readonly double _penalty;
    private readonly double _forget;
    private readonly double[] _row;
    private double[] _weights = [];
    private double _mean;
    private double _constant;

    /// <summary>A model on the given lags.</summary>
    /// <param name="lags">Ascending lags in steps.</param>
    /// <param name="penalty">The ridge, above 0: see <see cref="RidgeRegression.Solve"/>.</param>
    /// <param name="halfLife">Steps after which a row counts half; 0 counts all alike.</param>
    public SeasonalAutoregression(int[] lags, double penalty, double halfLife)
    {
        _lags = lags;
        _penalty = penalty;
        _forget = halfLife > 0 ? Math.Pow(0.5, 1 / halfLife) : 1;
        _row = new double[lags.Length + 1];
    }

    /// <inheritdoc/>
    public int MinCount => _lags[^1] + 3 * _lags.Length;

    /// <inheritdoc/>
    public void Fit(ReadOnlySpan<double> history)
    {
        (_mean, double scale) = MeanAndDeviation(history);
        var regression = new RidgeRegression(_row.Length);
        _row[^1] = scale;
        double weight = 1;
        for (int t = history.Length - 1; t >= _lags[^1]; t--)
        {
            for (int i = 0; i < _lags.Length; i++)
            {
                _row[i] = history[t - _lags[i]] - _mean;
            }
            regression.Add(_row, history[t] - _mean, weight);
            weight *= _forget;
        }
        _weights = regression.Solve(_penalty);
        _constant = _mean + _weights[^1] * scale;
    }

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, Span<double> into)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double v in history)
        {
            low = Math.Min(low, v);
            high = Math.Max(high, v);
        }
        double margin = (high - low) / 2;
        for (int h = 0; h < into.Length; h++)
        {
            double sum = _constant;
            for (int i = 0; i < _lags.Length; i++)
            {
                int t = h - _lags[i];
                sum += _weights[i] * ((t < 0 ? history[history.Length + t] : into[t]) - _mean);
            }
            into[h] = Math.Clamp(sum, low - margin, high + margin);
        }
    }

    private static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<double> values)
    {
        double mean = 0;
        foreach (double v in values)
        {
            mean += v / values.Length;
        }
        double squares = 0;
        foreach (double v in values)
        {
            squares += (v - mean) * (v - mean);
        }
        return (mean, Math.Sqrt(squares / values.Length));
    }
}
