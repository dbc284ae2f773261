using System.Collections.Immutable;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Unusual;

/// <summary>Looks for the unusual in all watched series, and in entities by all of their series.</summary>
/// <remarks>Bounded by who calls: one state a watched series, one an entity that has any.</remarks>
internal sealed class UnusualWatch(UnusualOptions options)
{
    private const int LatestMax = 20;

    private readonly SeriesEnsemble _ensemble = new(new EnsembleOptions());
    private readonly ScorePools _pools = new();
    private readonly Dictionary<ulong, SeriesSurprise> _series = [];
    private readonly Dictionary<EntityRef, EntitySurprise> _byEntity = [];
    private readonly List<EntitySurprise> _entities = [];
    private readonly Queue<Anomaly> _latest = [];
    private long _judged;
    private long _raised;
    private long _raisedEntities;

    /// <summary>What was seen and told so far; O(series).</summary>
    public UnusualCounts Counts
    {
        get
        {
            var shapes = new int[(int)SeriesShape.Seasonal + 1];
            var lasting = 0;
            foreach (var series in _series.Values)
            {
                shapes[(int)series.Shape]++;
                lasting += series.IsRaised ? 1 : 0;
            }

            return new UnusualCounts(
                options.Mode, _judged, _raised, _raisedEntities, lasting,
                _series.Count * (long)SeriesSurprise.StateBytes, [.. shapes], [.. _latest]);
        }
    }

    /// <summary>Finds what is known of a series.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>Null when it is not watched.</returns>
    public SeriesSurprise? Find(ulong id) => _series.GetValueOrDefault(id);

    /// <summary>Takes in a point that a detector has just judged.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="sample">The point.</param>
    /// <param name="found">Where to tell.</param>
    public void Take(IDetector detector, in Sample sample, List<Anomaly> found)
    {
        if (!_series.TryGetValue(detector.Key.Id, out var series))
        {
            series = new SeriesSurprise(detector.Key, options);
            _series.Add(detector.Key.Id, series);
            EntityOf(detector.Key.Entity).Join(series);
        }

        var judgedBefore = series.Judged;
        var told = series.Take(sample, detector.IsLearning, _ensemble, _pools);
        _judged += series.Judged - judgedBefore;
        _raised += told?.State == AnomalyState.Raised ? 1 : 0;
        Tell(told, found);
    }

    /// <summary>Judges the entities; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void Flush(long nowMs, List<Anomaly> found)
    {
        foreach (var entity in _entities)
        {
            var told = entity.Judge(nowMs, _pools.Entities);
            _raisedEntities += told?.State == AnomalyState.Raised ? 1 : 0;
            Tell(told, found);
        }
    }

    /// <summary>Ends the anomaly of a series that is not measured any more.</summary>
    /// <param name="key">Series.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="why">Sentence for people.</param>
    /// <param name="found">Where to tell.</param>
    public void End(SeriesKey key, long nowMs, string why, List<Anomaly> found) =>
        Tell(Find(key.Id)?.End(nowMs, why), found);

    /// <summary>Forgets a series.</summary>
    /// <param name="key">Series.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void Forget(SeriesKey key, long nowMs, List<Anomaly> found)
    {
        if (!_series.Remove(key.Id, out var series))
        {
            return;
        }

        var entity = _byEntity[key.Entity];
        if (entity.Leave(series))
        {
            Tell(entity.End(nowMs), found);
            _byEntity.Remove(key.Entity);
            _entities.Remove(entity);
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        _pools.Sync(archive);
        archive.Value(ref _judged);
        archive.Value(ref _raised);
        archive.Value(ref _raisedEntities);
        archive.List(_entities, entity => Sync(archive, entity));
        _entities.ForEach(entity => _byEntity[entity.Entity] = entity);
        archive.Map(
            _series, Comparer<ulong>.Default, id => archive.Value(id),
            series => archive.Shared(series, item => Sync(archive, item)));
        if (_series.Values.Any(series => !_byEntity.ContainsKey(series.Key.Entity)))
        {
            throw StateArchive.Damaged("a series belongs to no entity");
        }

        var latest = _latest.ToList();
        archive.List(
            latest, told => ToldAnomaly.Sync(archive, told) ?? throw StateArchive.Damaged("an anomaly is missing"));
        if (archive.IsLoading)
        {
            latest.ForEach(_latest.Enqueue);
        }
    }

    private EntitySurprise Sync(StateArchive archive, EntitySurprise? entity)
    {
        var name = archive.Entity(entity?.Entity ?? default);
        entity ??= new EntitySurprise(name, _ensemble, options);
        entity.Sync(archive, series => Sync(archive, series));
        return entity;
    }

    private SeriesSurprise Sync(StateArchive archive, SeriesSurprise? series)
    {
        var key = archive.Key(series?.Key);
        series ??= new SeriesSurprise(key, options);
        series.Sync(archive);
        return series;
    }

    private EntitySurprise EntityOf(EntityRef entity)
    {
        if (!_byEntity.TryGetValue(entity, out var known))
        {
            known = new EntitySurprise(entity, _ensemble, options);
            _byEntity.Add(entity, known);
            _entities.Add(known);
        }

        return known;
    }

    private void Tell(Anomaly? told, List<Anomaly> found)
    {
        if (told is null)
        {
            return;
        }

        if (told.State == AnomalyState.Raised)
        {
            if (_latest.Count == LatestMax)
            {
                _latest.Dequeue();
            }

            _latest.Enqueue(told);
        }

        if (options.Mode == UnusualMode.On)
        {
            found.Add(told);
        }
    }
}
