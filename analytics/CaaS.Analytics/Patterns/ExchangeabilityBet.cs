namespace CaaS.Analytics.Patterns;

/// <summary>A bet against the past and the present being alike: it wins when p-values keep being small.</summary>
/// <remarks>
/// Vovk, Nouretdinov and Gammerman, "Testing exchangeability on-line", ICML 2003; Fedorova et al., ICML 2012. The
/// product of the bets of the last values; the alarm level is what the product would be if every p-value of the
/// window were just at the confidence asked. After an alarm the bet rests for one window.
/// </remarks>
public sealed class ExchangeabilityBet
{
    private readonly double[] _ring;
    private readonly Martingale _kind;
    private readonly double _epsilon;
    private readonly double _level;
    private double _sum;
    private int _next;
    private int _rest;

    /// <summary>A bet that has not begun.</summary>
    /// <param name="window">How many values the product holds, at least 1.</param>
    /// <param name="kind">The bet.</param>
    /// <param name="epsilon">The power's exponent, between 0 and 1; smaller trusts small p-values more.</param>
    /// <param name="confidence">Percent, between 0 and 100.</param>
    public ExchangeabilityBet(int window, Martingale kind, double epsilon, double confidence)
    {
        _ring = new double[window];
        _kind = kind;
        _epsilon = epsilon;
        _level = window * Log(1 - confidence / 100);
    }

    /// <summary>The size of <see cref="Save"/>.</summary>
    public int StateSize => _ring.Length + 3;

    /// <summary>Bets on the next p-value.</summary>
    /// <returns>Whether to alarm, and the martingale's value.</returns>
    public (bool Alarm, double Value) Step(double p)
    {
        _sum -= _ring[_next];
        _ring[_next] = Log(p);
        _sum += _ring[_next];
        _next = (_next + 1) % _ring.Length;
        bool alarm = _kind != Martingale.None && _rest == 0 && _sum >= _level;
        _rest = alarm ? _ring.Length : Math.Max(0, _rest - 1);
        return (alarm, Math.Exp(Math.Clamp(_sum, -700, 700)));
    }

    /// <summary>Writes the state.</summary>
    public void Save(Span<double> into)
    {
        _ring.CopyTo(into);
        into[_ring.Length] = _sum;
        into[_ring.Length + 1] = _next;
        into[_ring.Length + 2] = _rest;
    }

    /// <summary>Reads the state.</summary>
    public void Load(ReadOnlySpan<double> from)
    {
        from[.._ring.Length].CopyTo(_ring);
        _sum = from[_ring.Length];
        _next = (int)from[_ring.Length + 1];
        _rest = (int)from[_ring.Length + 2];
    }

    /// <summary>The logarithm of the bet's gain at a p-value.</summary>
    private double Log(double p)
    {
        double q = Math.Clamp(p, 1e-8, 1 - 1e-8);
        double log = Math.Log(q);
        return _kind switch
        {
            Martingale.Power => Math.Log(_epsilon) + (_epsilon - 1) * log,
            // Near 1 the closed form is a difference of equals: its series is 1/2 + log/3.
            Martingale.Mixture when log > -1e-3 => Math.Log((0.5 + log / 3) / q),
            Martingale.Mixture => Math.Log((q * log - q + 1) / (q * log * log)),
            _ => 0,
        };
    }
}
