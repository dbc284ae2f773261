namespace CaaS.Analytics.Forecasts;

/// <summary>A way to continue a series of evenly spaced finite values.</summary>
/// <remarks>
/// Fitting and forecasting are apart so that a model's recent loss can be measured honestly: fit on the past of the
/// first origin, forecast from each origin, compare with what came. Not thread-safe.
/// </remarks>
internal interface IForecastModel
{
    /// <summary>The shortest history the model can be fitted to.</summary>
    int MinCount { get; }

    /// <summary>Chooses the model's parameters.</summary>
    /// <param name="history">At least <see cref="MinCount"/> values, oldest first.</param>
    void Fit(ReadOnlySpan<double> history);

    /// <summary>Continues a history with the fitted parameters.</summary>
    /// <param name="history">At least as many values as were fitted, oldest first.</param>
    /// <param name="into">Filled with the next values.</param>
    void Forecast(ReadOnlySpan<double> history, Span<double> into);
}
