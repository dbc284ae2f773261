namespace CaaS.Analytics.Patterns;

/// <summary>Singular spectrum analysis: what repeats within a window, and the recurrence that continues it.</summary>
/// <remarks>
/// Golyandina, Nekrutkin and Zhigljavsky, "Analysis of Time Series Structure" (2001): lag covariance, its leading
/// vectors, the linear recurrence of section 2.1. Values are taken relative to their mean. The rank by minimum
/// description length is Wax and Kailath's (IEEE Trans. ASSP 33, 1985). Bands are normal with the root mean square
/// error that past forecasts had at each distance in training. A gap takes the value that was forecast. Training
/// costs O(n window + window^3), a step O(window rank). Not thread-safe.
/// </remarks>
public sealed class SpectrumModel
{
    private readonly SpectrumOptions _options;
    private readonly double[] _ring;
    private double _mean;
    private double[][] _vectors = [];
    private double[] _recurrence;
    private double[] _deviations;
    private int _sinceFit;

    /// <summary>A model that knows nothing and repeats the last value.</summary>
    public SpectrumModel(SpectrumOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Window, 3);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.SeriesLength, options.Window);
        _options = options;
        _ring = new double[options.SeriesLength];
        _recurrence = new double[options.Window - 1];
        _deviations = new double[options.Horizon];
    }

    /// <summary>How many components are used.</summary>
    public int Rank => _vectors.Length;

    /// <summary>How many values were seen, at most the series length.</summary>
    public int Count { get; private set; }

    private int Window => _options.Window;

    /// <summary>Builds the model.</summary>
    /// <param name="history">Oldest first; NaN marks a gap.</param>
    /// <param name="keep">Whether to go on from the end of the history, or to begin anew with what was learnt.</param>
    public void Train(ReadOnlySpan<double> history, bool keep = true)
    {
        ReadOnlySpan<double> train = history[..Math.Min(history.Length, _options.TrainSize)];
        double[] y = Forecasts.GapFilling.Fill(train.IsEmpty ? [0] : train, []);
        if (y.Length >= 2 * Window)
        {
            Fit(y);
        }
        foreach (double v in keep ? history : default)
        {
            Add(v);
        }
    }

    /// <summary>What the next value should be.</summary>
    public double Next()
    {
        if (_vectors.Length == 0 || Count < Window)
        {
            return Count == 0 ? 0 : _ring[^1];
        }
        Span<double> smooth = stackalloc double[Window];
        Smooth(_ring.AsSpan(_ring.Length - Window), smooth);
        return _mean + Continue(smooth[1..]);
    }

    /// <summary>Takes the next value.</summary>
    /// <returns>What was expected.</returns>
    public double Step(double value)
    {
        double expected = Next();
        Add(double.IsFinite(value) ? value : expected);
        if (_options.IsAdaptive && ++_sinceFit >= Window && Count == _ring.Length && Count >= 2 * Window)
        {
            Fit(_ring);
            _sinceFit = 0;
        }
        return expected;
    }

    /// <summary>Forecasts.</summary>
    /// <param name="points">Filled with expected values.</param>
    /// <param name="lower">Filled with the lower edges; as long.</param>
    /// <param name="upper">Filled with the upper edges; as long.</param>
    /// <param name="confidence">The share the band should hold; the options' if NaN.</param>
    public void Forecast(Span<double> points, Span<double> lower, Span<double> upper, double confidence = double.NaN)
    {
        Run(_ring.AsSpan(_ring.Length - Count), points);
        double z = Normal.Quantile(0.5 + (double.IsNaN(confidence) ? _options.ConfidenceLevel : confidence) / 2);
        for (int h = 0; h < points.Length; h++)
        {
            double deviation = _deviations.Length == 0 ? 0 : _deviations[Math.Min(h, _deviations.Length - 1)];
            lower[h] = points[h] - z * deviation;
            upper[h] = points[h] + z * deviation;
        }
    }

    /// <summary>The whole state.</summary>
    public double[] Snapshot() =>
    [
        Count, _sinceFit, _mean, _vectors.Length,
        .. _ring, .. _recurrence, .. _deviations, .. _vectors.SelectMany(v => v),
    ];

    /// <summary>Takes a state back.</summary>
    /// <exception cref="ArgumentException">The state is of a model with other options.</exception>
    public void Restore(ReadOnlySpan<double> state)
    {
        int head = 4 + _ring.Length + _recurrence.Length + _options.Horizon;
        if (state.Length < head || state.Length != head + (int)state[3] * Window)
        {
            throw new ArgumentException("The state is of a model with other options.", nameof(state));
        }
        (Count, _sinceFit, _mean) = ((int)state[0], (int)state[1], state[2]);
        state.Slice(4, _ring.Length).CopyTo(_ring);
        state.Slice(4 + _ring.Length, _recurrence.Length).CopyTo(_recurrence);
        _deviations = state.Slice(4 + _ring.Length + _recurrence.Length, _options.Horizon).ToArray();
        _vectors = new double[(int)state[3]][];
        for (int i = 0; i < _vectors.Length; i++)
        {
            _vectors[i] = state.Slice(head + i * Window, Window).ToArray();
        }
    }

    private void Add(double value)
    {
        double finite = double.IsFinite(value) ? value : Next();
        Array.Copy(_ring, 1, _ring, 0, _ring.Length - 1);
        _ring[^1] = finite;
        Count = Math.Min(Count + 1, _ring.Length);
    }

    private void Fit(ReadOnlySpan<double> y)
    {
        (_mean, _vectors, _recurrence) = SpectrumFit.Of(y, _options);
        double[] errors = new double[_options.Horizon];
        var points = new double[_options.Horizon];
        int origins = 0;
        int first = Math.Max(2 * Window, y.Length / 2);
        int step = Math.Max(1, (y.Length - first) / 24);
        for (int origin = first; _options.Horizon > 0 && origin + _options.Horizon <= y.Length; origin += step)
        {
            Run(y[Math.Max(0, origin - _ring.Length)..origin], points);
            origins++;
            for (int h = 0; h < points.Length; h++)
            {
                double e = y[origin + h] - points[h];
                errors[h] += e * e;
            }
        }
        double spread = Spread(y);
        _deviations = [.. errors.Select(e => origins == 0 ? spread : Math.Sqrt(e / origins))];
    }

    private double Spread(ReadOnlySpan<double> y)
    {
        double squares = 0;
        foreach (double v in y)
        {
            squares += (v - _mean) * (v - _mean);
        }
        return Math.Sqrt(squares / y.Length);
    }

    private void Run(ReadOnlySpan<double> y, Span<double> points)
    {
        if (_vectors.Length == 0 || y.Length < Window)
        {
            points.Fill(y.IsEmpty ? 0 : y[^1]);
            return;
        }
        Span<double> window = new double[Window - 1 + points.Length];
        SpectrumFit.SmoothEnd(y, _mean, _vectors, window[..(Window - 1)]);
        double limit = 0;
        foreach (double v in y)
        {
            limit = Math.Max(limit, Math.Abs(v));
        }
        for (int h = 0; h < points.Length; h++)
        {
            window[Window - 1 + h] = Continue(window.Slice(h, Window - 1));
            points[h] = _mean + window[Window - 1 + h];
            if (_options.MaxGrowth is { } growth)
            {
                double most = limit * Math.Pow(growth, h + 1);
                points[h] = Math.Clamp(points[h], -most, most);
            }
        }
    }

    private double Continue(ReadOnlySpan<double> last)
    {
        double sum = 0;
        for (int i = 0; i < _recurrence.Length; i++)
        {
            sum += _recurrence[i] * last[i];
        }
        return sum;
    }

    private void Smooth(ReadOnlySpan<double> window, Span<double> into)
    {
        into.Clear();
        foreach (double[] vector in _vectors)
        {
            double weight = 0;
            for (int i = 0; i < vector.Length; i++)
            {
                weight += vector[i] * (window[i] - _mean);
            }
            for (int i = 0; i < vector.Length; i++)
            {
                into[i] += weight * vector[i];
            }
        }
    }
}
