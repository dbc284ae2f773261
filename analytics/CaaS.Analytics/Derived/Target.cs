using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>Whatever is scraped as one: a pod, node or host as one source sees it.</summary>
internal sealed class Target(SourceState source, SeriesKey key, ObjectState? owner, AnalyticsOptions options)
{
    private const double GapKeep = 0.995;
    private const long BornMinMs = 2_000;
    private const long FreshMs = 60_000;

    private static readonly RolePolicy Policy = new(0, 0, 0, 1, 1, 1, 1);

    private readonly Alarm _alarm = new(key, SignalRoles.Of(key.Metric, key.Labels), AnomalyKind.Silence, Policy);
    private long _firstMs;
    private long _previousMs;
    private double _intervalMs;
    private double _gapMs;
    private int _scrapes;

    /// <summary>Source that sees it.</summary>
    public SourceState Source => source;

    /// <summary>Series of its silence.</summary>
    public SeriesKey Key => key;

    /// <summary>State of the pod or entity it is; null when not known.</summary>
    public ObjectState? Owner => owner;

    /// <summary>Time of its latest point, Unix milliseconds.</summary>
    public long LastMs { get; private set; }

    /// <summary>Observed time at which it was last heard of.</summary>
    public long HeardMs { get; private set; }

    /// <summary>Observed time at which somebody last tried to reach it (the series <c>up</c>).</summary>
    public long TriedMs { get; set; } = long.MinValue;

    /// <summary>Takes in that a point of it came.</summary>
    /// <param name="ms">Time of the point.</param>
    /// <param name="observedMs">Observed time.</param>
    public void Touch(long ms, long observedMs)
    {
        source.HeardMs = observedMs;
        HeardMs = observedMs;
        if (_scrapes == 0)
        {
            _firstMs = ms;
        }

        // Rows of one scrape may carry slightly different times (cAdvisor): they are one scrape.
        if (ms < LastMs + 500 && _scrapes > 0)
        {
            return;
        }

        if (_scrapes > 0)
        {
            var gap = ms - LastMs;
            _intervalMs += (gap - _intervalMs) * (_scrapes == 1 ? 1 : 0.1);
            _gapMs = Math.Max(_scrapes == 1 ? 0 : gap, GapKeep * _gapMs);
        }

        _previousMs = LastMs;
        LastMs = ms;
        _scrapes++;
    }

    /// <summary>Tells whether a running total that appears now must have begun at zero.</summary>
    /// <param name="ms">Time of its first point.</param>
    /// <returns>True when the target was scraped without it a moment ago.</returns>
    public bool WasSeenWithout(long ms) =>
        _scrapes > 0 && ms - _firstMs >= BornMinMs && ms - (ms - LastMs < BornMinMs ? _previousMs : LastMs) <= FreshMs;

    /// <summary>Judges its silence; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="observedMs">Observed time.</param>
    /// <returns>What is to be told, or null.</returns>
    public Anomaly? Judge(long nowMs, long observedMs)
    {
        if (owner is { IsGone: true })
        {
            return _alarm.End(nowMs, "The silent target is gone.");
        }

        if (_scrapes < options.LearningPoints)
        {
            return null;
        }

        var limitMs = Math.Max(options.SilenceAfter.TotalMilliseconds, Math.Max(3 * _intervalMs, 1.5 * _gapMs));
        var silentMs = observedMs - HeardMs;
        var isSilent = silentMs >= limitMs;
        if (isSilent && !_alarm.IsRaised && (!IsExpected(observedMs) || source.IsStalled(observedMs)))
        {
            return null;
        }

        if (isSilent || _alarm.IsRaised)
        {
            return _alarm.Observe(new Verdict
            {
                StartMs = nowMs - silentMs + (long)_intervalMs,
                NowMs = nowMs,
                Votes = isSilent,
                IsInBand = !isSilent,
                IsUp = true,
                PValue = isSilent ? 1d / (_scrapes + 2) : 1,
                Drive = isSilent ? 4 : 0,
                Observed = silentMs / 1000d,
                High = limitMs / 1000,
                Feature = "regular, then silent",
            });
        }

        return null;
    }

    /// <summary>Ends a silence nobody waits for any more.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <returns>Cleared, or null.</returns>
    public Anomaly? Forget(long nowMs) => _alarm.End(nowMs, "The silent target was forgotten.");

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        _alarm.Sync(archive);
        archive.Value(ref _firstMs);
        archive.Value(ref _previousMs);
        archive.Value(ref _intervalMs);
        archive.Value(ref _gapMs);
        archive.Value(ref _scrapes);
        LastMs = archive.Value(LastMs);
        HeardMs = archive.Value(HeardMs);
        TriedMs = archive.Value(TriedMs);
    }

    /// <summary>A pod that was never told of may simply be gone, unless somebody still tries to reach it.</summary>
    private bool IsExpected(long observedMs) => owner is null || owner.IsKnown || observedMs - TriedMs <= 20_000;
}
