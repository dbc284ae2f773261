using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>One series as it arrives: its last point, and where its points go.</summary>
internal sealed class RawSeries(SeriesKey key, SeriesPlan plan)
{
    /// <summary>A longer gap in a running total is not bridged: its growth cannot be put in time.</summary>
    private const long GapMaxMs = 60_000;

    private double _last;
    private bool _hasLast;

    /// <summary>Series.</summary>
    public SeriesKey Key { get; } = key;

    /// <summary>What becomes of it.</summary>
    public SeriesPlan Plan => plan;

    /// <summary>Time of the last point, Unix milliseconds.</summary>
    public long LastMs { get; private set; } = long.MinValue;

    /// <summary>The step's now at the last point.</summary>
    public long SeenMs { get; set; }

    /// <summary>Time of the point at which a running total last grew.</summary>
    public long GrownMs { get; private set; }

    /// <summary>Held value: the latest rate, or level.</summary>
    public double Held { get; set; } = double.NaN;

    /// <summary>The step's now when <see cref="Held"/> was set.</summary>
    public long HeldMs { get; set; }

    /// <summary>Whoever is silent when this stops; null when it does not count.</summary>
    public Target? Target { get; set; }

    /// <summary>State of its pod; null without one.</summary>
    public ObjectState? Pod { get; set; }

    /// <summary>Histogram it is a bucket of.</summary>
    public HistogramGroup? Histogram { get; set; }

    /// <summary>Its bucket's place in the histogram.</summary>
    public int BoundIndex { get; set; }

    /// <summary>True when its requests failed.</summary>
    public bool IsError { get; set; }

    /// <summary>Group it is summed into.</summary>
    public HeldGroup? Group { get; set; }

    /// <summary>Group it is put in while its limit is not known.</summary>
    public HeldGroup? GroupWithoutLimit { get; set; }

    /// <summary>Key under which limits of its container are kept; empty when not of use.</summary>
    public string ContainerKey { get; set; } = "";

    /// <summary>Series whose detector decides about it: itself, its rate, or what it is a part of.</summary>
    public SeriesKey Watched { get; set; } = key;

    /// <summary>Tells whether a point is new, and remembers its time.</summary>
    /// <param name="ms">Time of the point.</param>
    /// <returns>False for a duplicate or late point.</returns>
    public bool TryAdvance(long ms)
    {
        if (ms <= LastMs)
        {
            return false;
        }

        LastMs = ms;
        return true;
    }

    /// <summary>Growth of a running total since its last point; call after <see cref="TryAdvance"/>.</summary>
    /// <param name="previousMs">Time of the point before.</param>
    /// <param name="value">Finite running total.</param>
    /// <param name="beganAtZero">True when it is known to have appeared just now, so that all of it is growth.</param>
    /// <param name="delta">Growth; after a reset all that was counted since.</param>
    /// <returns>False when it cannot be told.</returns>
    public bool TryGrow(long previousMs, double value, bool beganAtZero, out double delta)
    {
        var isFirst = !_hasLast;
        delta = isFirst || value < _last ? value : value - _last;
        _last = value;
        _hasLast = true;
        if (delta > 0 || isFirst)
        {
            GrownMs = LastMs;
        }

        return delta >= 0 && (isFirst ? beganAtZero : LastMs - previousMs <= GapMaxMs);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _last);
        archive.Value(ref _hasLast);
        LastMs = archive.Value(LastMs);
        SeenMs = archive.Value(SeenMs);
        GrownMs = archive.Value(GrownMs);
        Held = archive.Value(Held);
        HeldMs = archive.Value(HeldMs);
        IsError = archive.Value(IsError);
        ContainerKey = archive.Text(ContainerKey);
        Watched = archive.Key(Watched);
        BoundIndex = archive.Value(BoundIndex);
        if (Plan == SeriesPlan.Bucket && Histogram?.HasPlace(BoundIndex) == false)
        {
            throw StateArchive.Damaged("a bucket has no place");
        }
    }
}
