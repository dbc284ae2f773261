namespace CaaS.Log.Kafka;

/// <summary>Time and end of one partition as this process knows them.</summary>
internal sealed class KafkaClock(long lastMs, long end)
{
    private long _lastMs = lastMs;
    private long _end = end;

    /// <summary>Held while a record is stamped and queued, so that the order of times is the order of
    /// offsets.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Offset after the last record seen.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Time of the next record; the caller holds <see cref="Gate"/>.</summary>
    public long Next_NeedsLock(DateTimeOffset now) => _lastMs = Math.Max(_lastMs, now.ToUnixTimeMilliseconds());

    /// <summary>A record of this offset is there.</summary>
    public void Saw(long offset)
    {
        var end = Volatile.Read(ref _end);
        while (end <= offset)
        {
            end = Interlocked.CompareExchange(ref _end, offset + 1, end) is var was && was == end ? offset + 1 : was;
        }
    }
}
