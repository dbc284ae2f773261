using System.Runtime.CompilerServices;
using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors;

/// <summary>Usual level of each hour of the day (UTC), known once an hour was seen on two earlier days.</summary>
/// <remarks>Exponentially weighted mean and absolute deviation; 24 × 9 bytes. Only used to excuse, never to
/// accuse.</remarks>
internal struct HourProfile
{
    private const long HourMs = 3_600_000;
    private const int DaysNeeded = 3;

    private Levels _level;
    private Levels _spread;
    private Days _days;
    private long _lastHour;

    /// <summary>Takes in a healthy value.</summary>
    /// <param name="ms">When, Unix milliseconds.</param>
    /// <param name="value">Value.</param>
    public void Add(long ms, double value)
    {
        var hourIndex = ms / HourMs;
        var hour = (int)(hourIndex % 24);
        if (hourIndex != _lastHour)
        {
            _lastHour = hourIndex;
            if (_days[hour] == 0)
            {
                _level[hour] = (float)value;
            }

            _days[hour] = (byte)Math.Min(_days[hour] + 1, byte.MaxValue);
        }

        var difference = (float)value - _level[hour];
        _level[hour] += 0.01f * difference;
        _spread[hour] += 0.01f * (Math.Abs(difference) - _spread[hour]);
    }

    /// <summary>Asks for the usual level of an hour.</summary>
    /// <param name="ms">When, Unix milliseconds.</param>
    /// <param name="level">Usual level.</param>
    /// <param name="spread">Usual mean absolute deviation.</param>
    /// <returns>False while too few days were seen.</returns>
    public readonly bool TryGet(long ms, out double level, out double spread)
    {
        var hour = (int)(ms / HourMs % 24);
        level = _level[hour];
        spread = _spread[hour];
        return _days[hour] >= DaysNeeded;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Span<float>(_level);
        archive.Span<float>(_spread);
        archive.Span<byte>(_days);
        archive.Value(ref _lastHour);
    }

    [InlineArray(24)]
    private struct Levels
    {
        private float _first;
    }

    [InlineArray(24)]
    private struct Days
    {
        private byte _first;
    }
}
