using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors;

/// <summary>Recognises excursions that come back at even intervals, as those of cron jobs do.</summary>
internal struct Repeats
{
    private const int RepeatsNeeded = 3;
    private const long IntervalMinMs = 60_000;

    private long _startMs;
    private long _intervalMs;
    private int _count;
    private double _peak;
    private bool _isInside;

    /// <summary>Takes in whether the point is out of band.</summary>
    /// <param name="ms">When, Unix milliseconds.</param>
    /// <param name="isOut">True when it is out of band.</param>
    /// <param name="value">Value.</param>
    /// <returns>True when the excursion is a known repetition, not stronger than before.</returns>
    public bool IsKnown(long ms, bool isOut, double value)
    {
        if (isOut && !_isInside)
        {
            Begin(ms);
        }

        _isInside = isOut;
        var size = Math.Abs(value);
        var isKnown = isOut && _count >= RepeatsNeeded && size <= 1.5 * _peak;
        if (isOut)
        {
            _peak = Math.Max(_peak, size);
        }

        return isKnown;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _startMs);
        archive.Value(ref _intervalMs);
        archive.Value(ref _count);
        archive.Value(ref _peak);
        archive.Value(ref _isInside);
    }

    private void Begin(long ms)
    {
        var interval = ms - _startMs;
        if (_startMs > 0 && interval < IntervalMinMs)
        {
            return;
        }

        var isEven = _intervalMs > 0 && Math.Abs(interval - _intervalMs) <= 0.15 * _intervalMs;
        _count = _startMs == 0 ? 0 : isEven ? _count + 1 : 1;
        _peak = isEven ? _peak : 0;
        _intervalMs = _startMs == 0 ? 0 : interval;
        _startMs = ms;
    }
}
