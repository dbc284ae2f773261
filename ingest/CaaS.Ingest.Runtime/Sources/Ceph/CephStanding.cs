using CaaS.Ingest.Ports;

namespace CaaS.Ingest.Runtime.Sources.Ceph;

/// <summary>How the last reading of the dashboard went.</summary>
/// <remarks>Thread-safe: the source writes, the API reads. A Ceph that does not answer holds up nobody's start: its
/// silence may be why the platform is needed.</remarks>
public sealed class CephStanding : ISourceReadiness
{
    private volatile Reading _last = new(CephOutcome.Untried, DateTimeOffset.MinValue);
    private volatile bool _isAwaited;

    /// <inheritdoc/>
    public string Awaited => _isAwaited ? "ceph (its dashboard is being read)" : "";

    /// <summary>How the last reading ended; <see cref="CephOutcome.Untried"/> while the source is off.</summary>
    public CephOutcome Outcome => _last.Outcome;

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset At => _last.At;

    /// <summary>The source starts.</summary>
    internal void Begin() => _isAwaited = true;

    /// <summary>A reading ended, and is in the log if it brought anything.</summary>
    internal void Note(CephOutcome outcome, DateTimeOffset now)
    {
        _last = new Reading(outcome, now);
        _isAwaited = false;
    }

    private sealed record Reading(CephOutcome Outcome, DateTimeOffset At);
}
