namespace CaaS.Analytics.Patterns;

/// <summary>Spikes and change points of a series with seasons: rare errors of a singular spectrum forecast.</summary>
/// <remarks>Says alert, error, p-value, and for change points the martingale, in the order of ML.NET's SSA
/// detectors. Nothing is said before the first window is full, nor about a gap.</remarks>
public sealed class SpectrumDetectModel : IStreamModel
{
    private readonly SpectrumOptions _options;
    private readonly ErrorMeasure _measure;
    private readonly SpectrumModel _model;
    private readonly IidModel _test;

    /// <summary>A detector that has seen nothing.</summary>
    /// <param name="options">The model of what is expected.</param>
    /// <param name="measure">What is held against it.</param>
    /// <param name="test">The test of the errors; taken over.</param>
    public SpectrumDetectModel(SpectrumOptions options, ErrorMeasure measure, IidModel test)
    {
        _options = options;
        _measure = measure;
        _model = new SpectrumModel(options);
        _test = test;
    }

    /// <inheritdoc/>
    public int Width => _test.Width;

    /// <inheritdoc/>
    public void Train(ReadOnlySpan<double> history) => _model.Train(history, keep: false);

    /// <inheritdoc/>
    public void Step(double value, Span<double> into)
    {
        bool isKnown = _model.Count >= _options.Window;
        double error = Error(value, _model.Step(value));
        if (!isKnown)
        {
            into[..Width].Clear();
            return;
        }
        _test.Score(error, error, into);
    }

    /// <inheritdoc/>
    public double[] Snapshot()
    {
        double[] model = _model.Snapshot();
        return [model.Length, .. model, .. _test.Snapshot()];
    }

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state)
    {
        int length = state.IsEmpty ? 0 : (int)state[0];
        if (length >= state.Length)
        {
            throw new ArgumentException("The state is of a model with other options.", nameof(state));
        }
        _model.Restore(state.Slice(1, length));
        _test.Restore(state[(1 + length)..]);
    }

    /// <inheritdoc/>
    public IStreamModel Copy()
    {
        var copy = new SpectrumDetectModel(_options, _measure, (IidModel)_test.Copy());
        copy._model.Restore(_model.Snapshot());
        return copy;
    }

    private double Error(double value, double expected) => _measure switch
    {
        ErrorMeasure.SignedDifference => value - expected,
        ErrorMeasure.AbsoluteDifference => Math.Abs(value - expected),
        ErrorMeasure.SignedProportion => expected == 0 ? 0 : (value - expected) / expected,
        ErrorMeasure.AbsoluteProportion => expected == 0 ? 0 : Math.Abs((value - expected) / expected),
        _ => (value - expected) * (value - expected),
    };
}
