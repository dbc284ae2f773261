namespace CaaS.Ingest.Limits;

/// <summary>Counts the live series of all targets and refuses those above the limit.</summary>
/// <remarks>Thread-safe without a lock: every target's decoder takes and gives back through one counter.</remarks>
/// <param name="maxSeries">Most live series, at least 1.</param>
public sealed class CardinalityGuard(int maxSeries)
{
    private int _liveCount;

    /// <summary>Series taken and not given back.</summary>
    public int LiveCount => Volatile.Read(ref _liveCount);

    /// <summary>Takes room for one series.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _liveCount) <= maxSeries)
        {
            return true;
        }

        Interlocked.Decrement(ref _liveCount);
        return false;
    }

    /// <summary>Gives room back.</summary>
    /// <param name="count">Series that ended.</param>
    public void GiveBack(int count) => Interlocked.Add(ref _liveCount, -count);
}
