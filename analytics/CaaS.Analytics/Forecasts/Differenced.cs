namespace CaaS.Analytics.Forecasts;

/// <summary>Another model on the change against one season before; its forecast is summed up again.</summary>
/// <param name="inner">The model of the changes.</param>
/// <param name="lag">Steps in the season.</param>
internal sealed class Differenced(IForecastModel inner, int lag) : IForecastModel
{
    /// <inheritdoc/>
    public int MinCount => inner.MinCount + lag;

    /// <inheritdoc/>
    public void Fit(ReadOnlySpan<double> history) => inner.Fit(Changes(history));

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> history, Span<double> into)
    {
        inner.Forecast(Changes(history), into);
        for (int h = 0; h < into.Length; h++)
        {
            into[h] += h < lag ? history[history.Length - lag + h] : into[h - lag];
        }
    }

    private double[] Changes(ReadOnlySpan<double> history)
    {
        var changes = new double[history.Length - lag];
        for (int t = 0; t < changes.Length; t++)
        {
            changes[t] = history[t + lag] - history[t];
        }
        return changes;
    }
}
