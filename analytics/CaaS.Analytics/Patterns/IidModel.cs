namespace CaaS.Analytics.Patterns;

/// <summary>
/// Spikes and change points of values that have no order in time, by kernel p-values and a martingale on them.
/// </summary>
/// <remarks>
/// Says alert, value, p-value, and for change points the martingale. The same numbers in the same order as ML.NET's
/// DetectIidSpike and DetectIidChangePoint. A gap says nothing and changes nothing.
/// </remarks>
public sealed class IidModel : IStreamModel
{
    private readonly double _confidence;
    private readonly int _history;
    private readonly Side _side;
    private readonly Martingale _martingale;
    private readonly double _epsilon;
    private readonly KernelSurprise _surprise;
    private readonly ExchangeabilityBet? _bet;

    /// <summary>A detector that has seen nothing.</summary>
    /// <param name="confidence">Percent, between 0 and 100: an alert needs a p-value below its rest.</param>
    /// <param name="history">How many values are remembered.</param>
    /// <param name="side">Which deviations count.</param>
    /// <param name="martingale">The bet of a change point detector; none detects spikes.</param>
    /// <param name="epsilon">The bet's exponent.</param>
    public IidModel(
        double confidence, int history, Side side, Martingale martingale = Martingale.None, double epsilon = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(confidence, 100);
        _confidence = confidence;
        _history = history;
        _side = side;
        _martingale = martingale;
        _epsilon = epsilon;
        _surprise = new KernelSurprise(history);
        _bet = martingale == Martingale.None ? null : new ExchangeabilityBet(history, martingale, epsilon, confidence);
    }

    /// <inheritdoc/>
    public int Width => _bet is null ? 3 : 4;

    /// <inheritdoc/>
    public void Train(ReadOnlySpan<double> history)
    {
    }

    /// <inheritdoc/>
    public void Step(double value, Span<double> into) => Score(value, value, into);

    /// <summary>Scores one number and reports another.</summary>
    /// <param name="score">What is tested.</param>
    /// <param name="shown">What is said as raw value.</param>
    /// <param name="into">Filled with <see cref="Width"/> numbers.</param>
    internal void Score(double score, double shown, Span<double> into)
    {
        into[..Width].Clear();
        if (!double.IsFinite(score))
        {
            return;
        }
        double p = _surprise.Step(score, _side);
        into[1] = shown;
        into[2] = p;
        if (_bet is null)
        {
            into[0] = p < 1 - _confidence / 100 ? 1 : 0;
            return;
        }
        (bool alarm, into[3]) = _bet.Step(p);
        into[0] = alarm ? 1 : 0;
    }

    /// <inheritdoc/>
    public double[] Snapshot()
    {
        var state = new double[_surprise.StateSize + (_bet?.StateSize ?? 0)];
        _surprise.Save(state);
        _bet?.Save(state.AsSpan(_surprise.StateSize));
        return state;
    }

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state)
    {
        if (state.Length != _surprise.StateSize + (_bet?.StateSize ?? 0))
        {
            throw new ArgumentException("The state is of a model with other options.", nameof(state));
        }
        _surprise.Load(state);
        _bet?.Load(state[_surprise.StateSize..]);
    }

    /// <inheritdoc/>
    public IStreamModel Copy()
    {
        var copy = new IidModel(_confidence, _history, _side, _martingale, _epsilon);
        copy.Restore(Snapshot());
        return copy;
    }
}
