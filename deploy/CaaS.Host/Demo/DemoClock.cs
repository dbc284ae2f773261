namespace CaaS.Host.Demo;

/// <summary>The clock of a replayed incident: it stands where the recording is, and runs on from its end.</summary>
/// <remarks>Thread-safe. Timers run on real time; only the wall clock is the recording's.</remarks>
/// <param name="from">Where the recording begins, UTC.</param>
internal sealed class DemoClock(DateTimeOffset from) : TimeProvider
{
    private readonly Lock _lock = new(); // An instant and its start are read together.
    private DateTimeOffset _instant = from;
    private long? _startedAt;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _startedAt is { } startedAt ? _instant + GetElapsedTime(startedAt) : _instant;
        }
    }

    /// <summary>Stands at an instant.</summary>
    /// <param name="instant">Instant, UTC.</param>
    public void StandAt(DateTimeOffset instant)
    {
        lock (_lock)
        {
            _instant = instant;
            _startedAt = null;
        }
    }

    /// <summary>Runs on from where it stands.</summary>
    public void RunOn()
    {
        lock (_lock)
        {
            _startedAt = GetTimestamp();
        }
    }
}
