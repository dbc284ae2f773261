namespace CaaS.Analytics.Patterns;

/// <summary>Says a forecast after every value: the points, then the lower and the upper edges.</summary>
/// <param name="options">The model.</param>
public sealed class SpectrumForecastModel(SpectrumOptions options) : IStreamModel
{
    private readonly SpectrumModel _model = new(options);

    /// <inheritdoc/>
    public int Width => 3 * options.Horizon;

    /// <inheritdoc/>
    public void Train(ReadOnlySpan<double> history) => _model.Train(history);

    /// <inheritdoc/>
    public void Step(double value, Span<double> into)
    {
        _model.Step(value);
        Forecast(into, options.Horizon, options.ConfidenceLevel);
    }

    /// <summary>Forecasts without a new value.</summary>
    /// <param name="into">Filled with three times the horizon.</param>
    /// <param name="horizon">How many steps.</param>
    /// <param name="confidence">The share the band should hold.</param>
    public void Forecast(Span<double> into, int horizon, double confidence) =>
        _model.Forecast(into[..horizon], into.Slice(horizon, horizon), into.Slice(2 * horizon, horizon), confidence);

    /// <inheritdoc/>
    public double[] Snapshot() => _model.Snapshot();

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state) => _model.Restore(state);

    /// <inheritdoc/>
    public IStreamModel Copy()
    {
        var copy = new SpectrumForecastModel(options);
        copy.Restore(Snapshot());
        return copy;
    }
}
