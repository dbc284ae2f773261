namespace CaaS.Analytics.Forecasts;

/// <summary>The same phase of the last season: the floor every other model has to beat.</summary>
/// <param name="period">Steps in a season; 1 repeats the last value.</param>
internal sealed class SeasonalNaive(int period) : IForecastModel
{
    /// <inheritdoc/>
    public int MinCount => period;

    /// <inheritdoc/>
    public void Fit(ReadOnlySpan<double> history)
    {
    }

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, Span<double> into)
    {
        for (int h = 0; h < into.Length; h++)
        {
            into[h] = history[history.Length - period + h % period];
        }
    }
}
