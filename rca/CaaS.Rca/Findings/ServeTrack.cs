namespace CaaS.Rca.Findings;

/// <summary>What one pod served over the last quarter of an hour.</summary>
internal sealed class ServeTrack
{
    /// <summary>Samples kept, five seconds apart: a quarter of an hour.</summary>
    private const int MaxSamples = 180;

    /// <summary>Requests below which a mean says nothing.</summary>
    private const double MinRequests = 20;

    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5);

    private readonly Queue<(DateTimeOffset At, double Time, double Requests)> _samples = new();
    private double _time;
    private double _requests;

    public DateTimeOffset LastAt { get; private set; } = DateTimeOffset.MinValue;

    public void Add(bool isTime, double grown)
    {
        if (isTime)
        {
            _time += grown;
        }
        else
        {
            _requests += grown;
        }
    }

    public void Sample(DateTimeOffset now)
    {
        if (now - LastAt < Spacing)
        {
            return;
        }

        LastAt = now;
        _samples.Enqueue((now, _time, _requests));
        (_time, _requests) = (0, 0);
        while (_samples.Count > MaxSamples)
        {
            _samples.Dequeue();
        }
    }

    /// <summary>Mean time to answer between two instants, in the unit of the series; NaN when too little was
    /// served.</summary>
    public double Mean(DateTimeOffset from, DateTimeOffset to)
    {
        var (time, requests) = (0.0, 0.0);
        foreach (var sample in _samples)
        {
            if (sample.At > from && sample.At <= to)
            {
                time += sample.Time;
                requests += sample.Requests;
            }
        }

        return requests < MinRequests || time <= 0 ? double.NaN : time / requests;
    }
}
