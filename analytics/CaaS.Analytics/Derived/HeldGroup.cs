using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>Sum or maximum of the values its series hold: CPU over pods, memory of the fullest container.</summary>
/// <remarks>A value is held for a while, since scrapes of pods do not fall together and cAdvisor measures only every
/// 10–15 seconds.</remarks>
internal sealed class HeldGroup(SeriesKey key, bool isMaximum, SeriesKey? growth, bool isNewcomer, AnalyticsOptions options)
{
    private const long HeldMaxMs = 30_000;

    private readonly List<RawSeries> _members = [];
    private bool _isDirty;

    /// <summary>Series it makes.</summary>
    public SeriesKey Key => key;

    /// <summary>True for the greatest value, false for the sum.</summary>
    public bool IsMaximum => isMaximum;

    /// <summary>Series of its growth towards 1; null when that is not watched.</summary>
    public SeriesKey? Growth => growth;

    /// <summary>True when what it measures has a past of zero.</summary>
    public bool IsNewcomer => isNewcomer;

    /// <summary>Adds a series.</summary>
    /// <param name="series">Series.</param>
    public void Join(RawSeries series) => _members.Add(series);

    /// <summary>Removes a forgotten series.</summary>
    /// <param name="series">Series.</param>
    /// <returns>True when none is left.</returns>
    public bool Leave(RawSeries series)
    {
        _members.Remove(series);
        return _members.Count == 0;
    }

    /// <summary>Holds a new value of a series.</summary>
    /// <param name="series">Member.</param>
    /// <param name="value">Value.</param>
    /// <param name="nowMs">The step's now.</param>
    public void Hold(RawSeries series, double value, long nowMs)
    {
        series.Held = value;
        series.HeldMs = nowMs;
        _isDirty = true;
    }

    /// <summary>Judges the values held, if any is new; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="watch">Detectors.</param>
    /// <param name="found">Where to tell.</param>
    public void Flush(long nowMs, WatchList watch, List<Anomaly> found)
    {
        if (!_isDirty)
        {
            return;
        }

        _isDirty = false;
        var total = 0d;
        var latestMs = 0L;
        foreach (var member in _members)
        {
            if (nowMs - member.HeldMs > HeldMaxMs || double.IsNaN(member.Held) || member.Pod is { IsGone: true })
            {
                continue;
            }

            total = isMaximum ? Math.Max(total, member.Held) : total + member.Held;
            latestMs = Math.Max(latestMs, member.LastMs);
        }

        if (latestMs == 0)
        {
            return;
        }

        if (watch.Of(key, Make)?.Push(latestMs, nowMs, total) is { } told)
        {
            found.Add(told);
        }

        if (growth is not null
            && watch.Of(growth, made => new LeakDetector(made, options))?.Push(latestMs, nowMs, total) is { } grown)
        {
            found.Add(grown);
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="series">Saves or loads a series.</param>
    public void Sync(StateArchive archive, Func<RawSeries?, RawSeries> series)
    {
        archive.List(_members, series);
        archive.Value(ref _isDirty);
    }

    private LevelDetector Make(SeriesKey made)
    {
        var detector = new LevelDetector(made, SignalRoles.Of(made.Metric, made.Labels), options);
        if (isNewcomer)
        {
            detector.Seed(0);
        }

        return detector;
    }
}
