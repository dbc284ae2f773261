using CaaS.Analytics.Ports;

namespace CaaS.Analytics.Runtime;

/// <summary>Where analytics stands, for health checks and pages.</summary>
/// <remarks>Thread-safe: one immutable snapshot, swapped whole by the shard's actor.</remarks>
public sealed class AnalyticsStanding : IAnalyticsStanding
{
    private volatile Snapshot _current = new(default, 0, IsWarmingUp: true);

    /// <summary>The latest standing.</summary>
    public Snapshot Current
    {
        get => _current;
        internal set => _current = value;
    }

    /// <inheritdoc/>
    public SeriesCounts? Series => _current is { NextOffset: > 0 } current ? current.Series : null;

    /// <summary>One standing.</summary>
    /// <param name="Series">Series by status.</param>
    /// <param name="NextOffset">First offset of <c>signals</c> not yet stepped.</param>
    /// <param name="IsWarmingUp">True while the recent log is stepped again and nothing is published.</param>
    public sealed record Snapshot(SeriesCounts Series, long NextOffset, bool IsWarmingUp);
}
