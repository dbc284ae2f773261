using CaaS.Analytics.State;

namespace CaaS.Analytics.Unusual;

/// <summary>After an anomaly the same series rests, unless what comes is far rarer.</summary>
/// <remarks>Mutable struct, 16 bytes: keep it in a field.</remarks>
internal struct Rest
{
    private const double FarRarer = 0.1;

    private long _untilMs;
    private double _p;

    /// <summary>Tells whether a point must wait.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="p">Its p-value.</param>
    /// <returns>True when it may not raise.</returns>
    public readonly bool Holds(long nowMs, double p) => nowMs < _untilMs && p > FarRarer * _p;

    /// <summary>Begins to rest.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="p">P-value of what was told.</param>
    /// <param name="length">How long.</param>
    public void Begin(long nowMs, double p, TimeSpan length)
    {
        _untilMs = nowMs + (long)length.TotalMilliseconds;
        _p = p;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _untilMs);
        archive.Value(ref _p);
    }
}
