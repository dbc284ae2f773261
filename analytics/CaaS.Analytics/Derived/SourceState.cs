using CaaS.Analytics.State;

namespace CaaS.Analytics.Derived;

/// <summary>One source of points: when all its targets stop at once, it is the source that stopped.</summary>
internal sealed class SourceState(AnalyticsOptions options)
{
    /// <summary>Observed time at which anything of it was last heard of.</summary>
    public long HeardMs { get; set; }

    /// <summary>Targets it has.</summary>
    public int TargetCount { get; set; }

    /// <summary>Tells whether the source itself is silent, so that nothing can be said of its targets.</summary>
    /// <param name="observedMs">Observed time.</param>
    /// <returns>True when it is, and it had more than one target.</returns>
    public bool IsStalled(long observedMs) =>
        TargetCount > 1 && observedMs - HeardMs >= options.SilenceAfter.TotalMilliseconds * 0.6;

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        HeardMs = archive.Value(HeardMs);
        TargetCount = archive.Value(TargetCount);
    }
}
