using System.Globalization;

namespace CaaS.Analytics.Backtests;

/// <summary>A threshold with a duration and a level to clear at.</summary>
/// <remarks>As a Prometheus alerting rule with <c>for</c>: the first point beyond the level begins the wait, a point
/// that is not ends it. Departure: the clear level, for which Prometheus needs a second rule.</remarks>
public sealed class ThresholdTrial : ITrial
{
    private readonly ThresholdRule _rule;
    private readonly int _sign;
    private bool _fires;
    private long? _sinceMs;
    private double _last;

    /// <summary>Puts a threshold on trial.</summary>
    /// <param name="rule">The threshold.</param>
    /// <exception cref="ArgumentException">The levels are not finite, the duration is negative, or the level to clear
    /// at is on the wrong side.</exception>
    public ThresholdTrial(ThresholdRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _rule = rule;
        _sign = rule.IsAbove ? 1 : -1;
        if (!double.IsFinite(rule.Level) || rule.For < TimeSpan.Zero
            || (rule.Clear is { } clear && !(_sign * clear <= _sign * rule.Level)))
        {
            throw new ArgumentException(
                "A threshold is a number, its duration not negative, and it clears on its good side.", nameof(rule));
        }
    }

    /// <inheritdoc/>
    public Judgement Judge(in BacktestPoint point)
    {
        _last = point.Value;
        var (value, level) = (_sign * point.Value, _sign * _rule.Level);
        if (_fires)
        {
            _fires = value > _sign * (_rule.Clear ?? _rule.Level);
        }
        else if (value > level)
        {
            _sinceMs ??= point.Ms;
            _fires = point.Ms - _sinceMs >= _rule.For.TotalMilliseconds;
        }

        _sinceMs = _fires || value > level ? _sinceMs : null;
        return new Judgement(true, _fires, point.Value, value);
    }

    /// <inheritdoc/>
    public void Interrupt()
    {
        _fires = false;
        _sinceMs = null;
    }

    /// <inheritdoc/>
    public string Why() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_last:G5} is {(_rule.IsAbove ? "above" : "below")} {_rule.Level:G5}")
        + (_rule.For > TimeSpan.Zero ? $" for {Words.Of(_rule.For)}" : "");
}
