namespace CaaS.Rca.Findings;

/// <summary>One counter of a pod's requests, for one route, callee and outcome.</summary>
internal sealed class ServeSeries(ServeTrack track, ServePart part, bool hasFailed)
{
    private long _timestampMs = long.MinValue;
    private double _total;

    public ServeTrack Track { get; } = track;

    /// <summary>Takes a point; NaN, negative, repeated and older ones are ignored, and a counter's restart begins
    /// anew.</summary>
    public void Add(long timestampMs, double value)
    {
        if (!double.IsFinite(value) || value < 0 || timestampMs <= _timestampMs)
        {
            return;
        }

        if (_timestampMs != long.MinValue && value >= _total)
        {
            Track.Add(part, value - _total, hasFailed);
        }

        _timestampMs = timestampMs;
        _total = value;
    }
}
