using CaaS.Signals;

namespace CaaS.Analytics.Backtests;

/// <summary>One detector run over one series.</summary>
/// <remarks>Strictly causal: what is known of a firing at an instant depends on no later point. O(points).</remarks>
internal sealed class SeriesRun(SeriesKey series, ITrial trial, BacktestWindow window)
{
    private readonly List<Firing> _firings = [];
    private readonly long _fromMs = window.From.ToUnixTimeMilliseconds();
    private readonly long _toMs = window.To.ToUnixTimeMilliseconds();
    private readonly long _gapMs = (long)window.GapAfter.TotalMilliseconds;
    private Firing? _open;
    private double _strength;
    private long? _lastMs;

    /// <summary>What fired in the window, by time.</summary>
    public IReadOnlyList<Firing> Firings => _firings;

    /// <summary>Points of the window that were judged.</summary>
    public int Judged { get; private set; }

    /// <summary>Points of the window that only taught.</summary>
    public int Learning { get; private set; }

    /// <summary>Points of the window that were missing, late or doubled, and left out.</summary>
    public int Ignored { get; private set; }

    /// <summary>Holes in the window longer than <see cref="BacktestWindow.GapAfter"/>.</summary>
    public int Gaps { get; private set; }

    /// <summary>Runs.</summary>
    /// <param name="points">By time.</param>
    public void Run(IEnumerable<BacktestPoint> points)
    {
        foreach (var point in points)
        {
            if (point.Ms >= _toMs)
            {
                continue;
            }

            if (!double.IsFinite(point.Value) || point.Ms <= _lastMs)
            {
                Ignored += point.Ms >= _fromMs ? 1 : 0;
                continue;
            }

            Bridge(point.Ms);
            Take(point);
            _lastMs = point.Ms;
        }

        Bridge(_toMs);
        if (_open is { } open)
        {
            _firings.Add(open);
        }
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private void Bridge(long ms)
    {
        if (_lastMs is not { } lastMs || ms - lastMs <= _gapMs)
        {
            return;
        }

        Gaps += ms > _fromMs ? 1 : 0;
        trial.Interrupt();
        Close(lastMs + _gapMs);
    }

    private void Take(in BacktestPoint point)
    {
        var judgement = trial.Judge(point);
        if (point.Ms >= _fromMs)
        {
            Judged += judgement.IsJudged ? 1 : 0;
            Learning += judgement.IsJudged ? 0 : 1;
        }

        if (!judgement.Fires)
        {
            Close(point.Ms);
        }
        else if (_open is null)
        {
            _open = new Firing(series, At(point.Ms), null, judgement.Shown, At(point.Ms), trial.Why());
            _strength = judgement.Strength;
        }
        else if (judgement.Strength > _strength)
        {
            _open = _open with { Peak = judgement.Shown, PeakAt = At(point.Ms) };
            _strength = judgement.Strength;
        }
    }

    private void Close(long ms)
    {
        if (_open is { } open && ms > _fromMs)
        {
            _firings.Add(open with { To = At(ms) });
        }

        _open = null;
    }
}
