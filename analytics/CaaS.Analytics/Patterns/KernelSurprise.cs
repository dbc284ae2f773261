namespace CaaS.Analytics.Patterns;

/// <summary>How rare a value is among the last ones: a p-value from a smoothed empirical distribution.</summary>
/// <remarks>
/// Gaussian kernels on the values of the window with Silverman's bandwidth ("Density Estimation", 1986, eq. 3.28).
/// With fewer than two values, or when all are equal to the new one, nothing is surprising: p is one half one-sided.
/// Cost O(window).
/// </remarks>
public sealed class KernelSurprise
{
    private readonly double[] _ring;
    private int _count;
    private int _next;

    /// <summary>An empty window.</summary>
    /// <param name="window">How many values are remembered, at least 1.</param>
    public KernelSurprise(int window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window);
        _ring = new double[window];
    }

    /// <summary>The size of <see cref="Save"/>.</summary>
    public int StateSize => _ring.Length + 2;

    /// <summary>Says how rare a finite value is, then remembers it.</summary>
    /// <returns>The p-value, above 0 and at most 1.</returns>
    public double Step(double value, Side side)
    {
        double below = Below(value);
        _ring[_next] = value;
        _next = (_next + 1) % _ring.Length;
        _count = Math.Min(_count + 1, _ring.Length);
        double p = side switch
        {
            Side.Positive => 1 - below,
            Side.Negative => below,
            _ => 2 * Math.Min(below, 1 - below),
        };
        return Math.Clamp(p, 1e-8, 1);
    }

    /// <summary>Writes the state.</summary>
    public void Save(Span<double> into)
    {
        _ring.CopyTo(into);
        into[_ring.Length] = _count;
        into[_ring.Length + 1] = _next;
    }

    /// <summary>Reads the state.</summary>
    public void Load(ReadOnlySpan<double> from)
    {
        from[.._ring.Length].CopyTo(_ring);
        _count = (int)from[_ring.Length];
        _next = (int)from[_ring.Length + 1];
    }

    private double Below(double value)
    {
        if (_count < 2)
        {
            return 0.5;
        }
        ReadOnlySpan<double> values = _ring.AsSpan(0, _count);
        double mean = 0;
        foreach (double v in values)
        {
            mean += v / _count;
        }
        double squares = 0;
        foreach (double v in values)
        {
            squares += (v - mean) * (v - mean);
        }
        double deviation = Math.Sqrt(squares / (_count - 1));
        if (deviation <= 1e-12 * Math.Max(1, Math.Abs(mean)))
        {
            double tolerance = 1e-9 * Math.Max(1, Math.Abs(mean));
            return Math.Abs(value - mean) <= tolerance ? 0.5 : value > mean ? 1 : 0;
        }
        double bandwidth = 1.06 * deviation * Math.Pow(_count, -0.2);
        double below = 0;
        foreach (double v in values)
        {
            below += Normal.Below((value - v) / bandwidth);
        }
        return below / _count;
    }
}
