using System.Globalization;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Analytics.Detectors.Multivariate;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Unusual;

/// <summary>Tells when an entity, by all of its series together, does what entities hardly ever do.</summary>
/// <remarks>Once a slot the latest evidence of every series is put together (<see cref="EntityEvidence"/>): a value
/// holds for half a minute, since series are not measured at the same instants. O(rank · series) a slot.</remarks>
internal sealed class EntitySurprise
{
    private const int SeriesMin = 3;
    private const int SeriesMax = 64;
    private const int NamedMax = 3;
    private const int PointsMin = 24;
    private const long HeldMaxMs = 30_000;

    /// <summary>Combined evidence is mostly below one digit: the pool's bins are an eighth of one.</summary>
    private const double PoolScale = 8;

    /// <summary>Two of three slots: one slot may hold half of a change.</summary>
    private static readonly RolePolicy Policy = new(0, 0, 0, 1, 1, 2, 3);

    private readonly UnusualOptions _options;
    private readonly List<SeriesSurprise?> _members = [];
    private readonly EntityEvidence _evidence;
    private readonly Alarm _alarm;
    private Rest _rest;

    /// <summary>Makes one without series.</summary>
    /// <param name="entity">Entity.</param>
    /// <param name="ensemble">Judge of the residual.</param>
    /// <param name="options">Settings.</param>
    public EntitySurprise(EntityRef entity, SeriesEnsemble ensemble, UnusualOptions options)
    {
        _options = options;
        Entity = entity;
        _evidence = new EntityEvidence(SeriesMin, ensemble, new EntityOptions());
        var key = new SeriesKey(entity, SignalRoles.EntityMetric, [], MetricKind.Gauge);
        _alarm = new Alarm(key, SignalRoles.Of(key.Metric, key.Labels), AnomalyKind.Unusual, Policy);
    }

    /// <summary>Whose series.</summary>
    public EntityRef Entity { get; }

    /// <summary>Adds a series; one of too many is judged alone only.</summary>
    /// <param name="series">Series.</param>
    public void Join(SeriesSurprise series)
    {
        var place = _members.IndexOf(null);
        if (place >= 0)
        {
            _members[place] = series;
        }
        else if (_members.Count < SeriesMax)
        {
            _members.Add(series);
        }

        if (_members.Count > _evidence.Metrics)
        {
            _evidence.Grow(Math.Min(SeriesMax, 2 * _evidence.Metrics));
        }
    }

    /// <summary>Removes a forgotten series.</summary>
    /// <param name="series">Series.</param>
    /// <returns>True when none is left.</returns>
    public bool Leave(SeriesSurprise series)
    {
        var place = _members.IndexOf(series);
        if (place >= 0)
        {
            _members[place] = null;
        }

        return _members.TrueForAll(member => member is null);
    }

    /// <summary>Judges the entity; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="pool">Scores of all entities.</param>
    /// <returns>What is to be told, or null.</returns>
    public Anomaly? Judge(long nowMs, ScorePool pool)
    {
        var present = _members.Count(IsPresent);
        if (present < SeriesMin)
        {
            return _alarm.End(nowMs, "Too few of its series are still measured.");
        }

        for (var place = 0; place < _members.Count; place++)
        {
            if (_members[place] is { } member && IsPresent(member))
            {
                _evidence.Add(place, member.Level, member.Lasting, member.Score);
            }
            else
            {
                _evidence.Add(place, 0, 0, 0);
            }
        }

        var verdict = _evidence.Close(nowMs, present);
        if (_evidence.PointCount < PointsMin)
        {
            return null;
        }

        var p = pool.PValue(PoolScale * verdict.Score);
        if (!_alarm.IsRaised)
        {
            pool.Add(PoolScale * verdict.Score);
        }

        var votes = p <= _options.PValueMax;
        var told = _alarm.Observe(
            new Verdict
            {
                StartMs = nowMs,
                NowMs = nowMs,
                Votes = votes,
                IsInBand = p >= SeriesSurprise.UsualFrom,
                IsUp = true,
                PValue = p,
                Drive = -Math.Log10(p),
                Observed = verdict.Score,
                High = pool.ScoreAt(_options.PValueMax) / PoolScale,
                Feature = votes ? Carriers(verdict.Metrics.Span, present) : "",
            },
            _rest.Holds(nowMs, p));
        if (told?.State == AnomalyState.Raised)
        {
            _rest.Begin(nowMs, p, _options.Rest);
        }

        return told;

        bool IsPresent(SeriesSurprise? member) => member is not null && nowMs - member.LastMs <= HeldMaxMs;
    }

    /// <summary>Ends an anomaly of an entity without series.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <returns>Cleared, or null.</returns>
    public Anomaly? End(long nowMs) => _alarm.End(nowMs, "None of its series is measured any more.");

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="series">Hands over a series.</param>
    public void Sync(StateArchive archive, Func<SeriesSurprise?, SeriesSurprise> series)
    {
        archive.List(_members, member => archive.SharedOrNull(member, series));
        _evidence.Sync(archive, SeriesMax);
        if (_members.Count > _evidence.Metrics)
        {
            throw StateArchive.Damaged("an entity has too many series");
        }

        _alarm.Sync(archive);
        _rest.Sync(archive);
    }

    /// <summary>Names the series that carry most of the evidence.</summary>
    private string Carriers(ReadOnlySpan<float> evidence, int present)
    {
        Span<int> top = stackalloc int[NamedMax];
        var names = new List<string>(NamedMax);
        for (var rank = 0; rank < NamedMax; rank++)
        {
            var best = -1;
            for (var place = 0; place < _members.Count; place++)
            {
                if (_members[place] is not null && evidence[place] > 0 && !top[..rank].Contains(place)
                    && (best < 0 || evidence[place] > evidence[best]))
                {
                    best = place;
                }
            }

            top[rank] = best;
            if (best >= 0)
            {
                names.Add(_members[best]!.Key.Metric);
            }
        }

        return names.Count == 0
            ? "its series no longer move together as they did"
            : string.Create(
                CultureInfo.InvariantCulture, $"carried by {string.Join(", ", names)}, of {present} series");
    }
}
