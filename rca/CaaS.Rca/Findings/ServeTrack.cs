namespace CaaS.Rca.Findings;

/// <summary>What one pod served, and what it asked of others, over the last quarter of an hour.</summary>
internal sealed class ServeTrack
{
    /// <summary>Samples kept, five seconds apart: a quarter of an hour.</summary>
    private const int MaxSamples = 180;

    /// <summary>Requests below which a mean says nothing.</summary>
    private const double MinRequests = 20;

    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5);

    private readonly Queue<ServeSample> _samples = new();
    private double _time;
    private double _served;
    private double _failed;
    private double _made;

    public DateTimeOffset LastAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>What was counted, oldest first; each since the one before it.</summary>
    public IReadOnlyCollection<ServeSample> Samples => _samples;

    public void Add(ServePart part, double grown, bool hasFailed)
    {
        _time += part == ServePart.Time ? grown : 0;
        _served += part == ServePart.Served ? grown : 0;
        _failed += part == ServePart.Served && hasFailed ? grown : 0;
        _made += part == ServePart.Made ? grown : 0;
    }

    public void Sample(DateTimeOffset now)
    {
        if (now - LastAt < Spacing)
        {
            return;
        }

        LastAt = now;
        _samples.Enqueue(new ServeSample(now, _time, _served, _failed, _made));
        (_time, _served, _failed, _made) = (0, 0, 0, 0);
        while (_samples.Count > MaxSamples)
        {
            _samples.Dequeue();
        }
    }

    /// <summary>Mean time to answer between two instants, in the unit of the series; NaN when too little was
    /// served.</summary>
    public double Mean(DateTimeOffset from, DateTimeOffset to)
    {
        var (time, served) = (0.0, 0.0);
        foreach (var sample in _samples)
        {
            if (sample.At > from && sample.At <= to)
            {
                time += sample.Time;
                served += sample.Served;
            }
        }

        return served < MinRequests || time <= 0 ? double.NaN : time / served;
    }

    /// <summary>Requests a second served and made between two instants; zero when they were not measured.</summary>
    public (double Served, double Made) Rate(DateTimeOffset from, DateTimeOffset to)
    {
        var (served, made) = (0.0, 0.0);
        DateTimeOffset? first = null;
        var last = from;
        foreach (var sample in _samples)
        {
            if (sample.At <= from || sample.At > to)
            {
                continue;
            }

            // The first sample holds what was done before it; it only says where the span begins.
            served += first is null ? 0 : sample.Served;
            made += first is null ? 0 : sample.Made;
            first ??= sample.At;
            last = sample.At;
        }

        var seconds = first is { } begin ? (last - begin).TotalSeconds : 0;
        return seconds <= 0 ? (0, 0) : (served / seconds, made / seconds);
    }
}
