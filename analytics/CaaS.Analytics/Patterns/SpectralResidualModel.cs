using CaaS.Analytics.Seasonality;

namespace CaaS.Analytics.Patterns;

/// <summary>Spikes by spectral residual on a sliding window.</summary>
/// <remarks>
/// Says alert, score, saliency. Nothing is said before the window is full. O(window log window) a value.
/// </remarks>
public sealed class SpectralResidualModel : IStreamModel
{
    private readonly double[] _ring;
    private readonly int _backAdd;
    private readonly int _lookAhead;
    private readonly int _averaging;
    private readonly int _judgement;
    private readonly double _threshold;
    private int _count;

    /// <summary>A detector that has seen nothing.</summary>
    /// <param name="window">Values in the window, at least 8.</param>
    /// <param name="backAdd">Estimated points added to its end.</param>
    /// <param name="lookAhead">Points the estimate's slope is averaged over.</param>
    /// <param name="averaging">Amplitudes averaged.</param>
    /// <param name="judgement">Saliencies a saliency is compared with.</param>
    /// <param name="threshold">By what share of their mean it must exceed them.</param>
    public SpectralResidualModel(int window, int backAdd, int lookAhead, int averaging, int judgement, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 8);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(averaging);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(judgement);
        _ring = new double[window];
        (_backAdd, _lookAhead, _averaging, _judgement, _threshold) = (backAdd, lookAhead, averaging, judgement, threshold);
    }

    /// <inheritdoc/>
    public int Width => 3;

    /// <inheritdoc/>
    public void Train(ReadOnlySpan<double> history)
    {
    }

    /// <inheritdoc/>
    public void Step(double value, Span<double> into)
    {
        into[..3].Clear();
        if (!double.IsFinite(value))
        {
            return;
        }
        Array.Copy(_ring, 1, _ring, 0, _ring.Length - 1);
        _ring[^1] = value;
        _count = Math.Min(_count + 1, _ring.Length);
        if (_count < _ring.Length)
        {
            return;
        }
        double[] saliency = SpectralResidual.Saliency(SpectralResidual.Extend(_ring, _backAdd, _lookAhead), _averaging);
        int last = _ring.Length - 1;
        int from = Math.Max(0, last - _judgement + 1);
        double mean = saliency.AsSpan(from, last - from + 1).ToArray().Average();
        double score = mean > 1e-12 ? (saliency[last] - mean) / mean : 0;
        into[0] = score > _threshold ? 1 : 0;
        into[1] = score;
        into[2] = saliency[last];
    }

    /// <inheritdoc/>
    public double[] Snapshot() => [_count, .. _ring];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state)
    {
        if (state.Length != _ring.Length + 1)
        {
            throw new ArgumentException("The state is of a model with other options.", nameof(state));
        }
        _count = (int)state[0];
        state[1..].CopyTo(_ring);
    }

    /// <inheritdoc/>
    public IStreamModel Copy()
    {
        var copy = new SpectralResidualModel(_ring.Length, _backAdd, _lookAhead, _averaging, _judgement, _threshold);
        copy.Restore(Snapshot());
        return copy;
    }
}
