namespace CaaS.Rca.Findings;

/// <summary>One container's, or process', use of one resource: a rate for a counter, the level for a gauge.</summary>
internal sealed class UsageSeries(UsageTrack track, UsageSource source, bool isMemory)
{
    private long _timestampMs = long.MinValue;
    private double _total;

    public UsageTrack Track { get; } = track;

    public UsageSource Source { get; } = source;

    public bool IsMemory { get; } = isMemory;

    /// <summary>Cores or bytes; NaN before the second point of a counter.</summary>
    public double Value { get; private set; } = double.NaN;

    public DateTimeOffset At { get; private set; }

    /// <summary>Takes a point; NaN, negative, repeated and older ones are ignored, and a counter's restart begins
    /// anew.</summary>
    public void Add(long timestampMs, double value, DateTimeOffset now)
    {
        if (!double.IsFinite(value) || value < 0 || timestampMs <= _timestampMs)
        {
            return;
        }

        if (IsMemory)
        {
            Value = value;
        }
        else if (_timestampMs != long.MinValue && value >= _total)
        {
            Value = (value - _total) * 1000 / (timestampMs - _timestampMs);
        }

        _timestampMs = timestampMs;
        _total = value;
        At = now;
    }
}
