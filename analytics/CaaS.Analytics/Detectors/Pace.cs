using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors;

/// <summary>How often and how long a series was seen.</summary>
internal struct Pace
{
    private int _points;
    private long _firstMs;
    private double _lastValue;

    /// <summary>When the last point came, Unix milliseconds.</summary>
    public long LastMs { get; private set; }

    /// <summary>Smoothed time between points, milliseconds.</summary>
    public double IntervalMs { get; private set; }

    /// <summary>The last point's value; NaN before the first.</summary>
    public readonly double LastValue => _points == 0 ? double.NaN : _lastValue;

    /// <summary>Points seen.</summary>
    public readonly int Points => _points;

    /// <summary>Counts one point.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="value">Its value.</param>
    public void Touch(long nowMs, double value)
    {
        _lastValue = value;
        if (_points == 0)
        {
            _firstMs = nowMs;
        }
        else
        {
            var interval = nowMs - LastMs;
            IntervalMs += (interval - IntervalMs) * (_points == 1 ? 1 : 0.1);
        }

        LastMs = nowMs;
        _points++;
    }

    /// <summary>Tells whether the series was seen often and long enough to be judged.</summary>
    /// <param name="options">Limits.</param>
    /// <returns>True when it was.</returns>
    public readonly bool HasLearned(AnalyticsOptions options) =>
        _points > options.LearningPoints && LastMs - _firstMs >= options.LearningTime.TotalMilliseconds;

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _points);
        archive.Value(ref _firstMs);
        archive.Value(ref _lastValue);
        LastMs = archive.Value(LastMs);
        IntervalMs = archive.Value(IntervalMs);
    }
}
