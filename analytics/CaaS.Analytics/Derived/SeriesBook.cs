using System.Globalization;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Analytics.Unusual;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>All raw series and the derived ones they feed.</summary>
internal sealed class SeriesBook(AnalyticsOptions options, WatchList watch, ObjectBook objects, TargetBook targets)
{
    private const long PruneEveryMs = 60_000;

    /// <summary>cAdvisor measures every 10–15 seconds: a total that stands still for less was just not measured
    /// again.</summary>
    private const long CadvisorHoldMs = 20_000;

    private readonly Dictionary<ulong, RawSeries> _byId = [];
    private readonly Dictionary<ulong, HistogramGroup> _histograms = [];
    private readonly Dictionary<ulong, HeldGroup> _groups = [];
    private readonly Dictionary<string, double> _limits = [];
    private readonly NodeLoad _nodes = new(options);
    private readonly List<HistogramGroup> _histogramOrder = [];
    private readonly List<HeldGroup> _groupOrder = [];
    private long _firstMs;
    private long _lastPruneMs;

    /// <summary>Raw series known.</summary>
    public int Count => _byId.Count;

    /// <summary>Requests by workload and peer, in the order they were first seen.</summary>
    public IReadOnlyList<HistogramGroup> Requests => _histogramOrder;

    /// <summary>Id of the series whose detector decides about a series.</summary>
    /// <param name="key">Raw or derived series.</param>
    /// <returns>The id.</returns>
    public ulong WatchedIdOf(SeriesKey key) => _byId.TryGetValue(key.Id, out var series) ? series.Watched.Id : key.Id;

    /// <summary>Finds or makes a raw series.</summary>
    /// <param name="source">Source of the batch.</param>
    /// <param name="key">Series.</param>
    /// <param name="entitySinceMs">When its entity was first seen.</param>
    /// <param name="observedMs">Observed time; 0 in the first step.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <returns>The series, or null beyond the cap.</returns>
    public RawSeries? Of(string source, SeriesKey key, long entitySinceMs, long observedMs, long nowMs)
    {
        if (_byId.TryGetValue(key.Id, out var known))
        {
            return known;
        }

        if (_byId.Count >= options.MaxSeries)
        {
            watch.Drop(key.Id);
            return null;
        }

        _firstMs = _firstMs == 0 ? nowMs : _firstMs;
        var isNewcomer = entitySinceMs - _firstMs >= options.LearningTime.TotalMilliseconds
            && nowMs - entitySinceMs < options.LearningTime.TotalMilliseconds && observedMs > 0;
        var series = Make(source, key, isNewcomer, nowMs);
        series.SeenMs = nowMs;
        series.Group?.Join(series);
        series.GroupWithoutLimit?.Join(series);
        if (series.Group?.Key.Metric == DerivedNames.CpuCores)
        {
            _nodes.Join(series);
        }

        _byId.Add(key.Id, series);
        return series;
    }

    /// <summary>Takes in a point.</summary>
    /// <param name="series">Its series.</param>
    /// <param name="ms">Its time, Unix milliseconds.</param>
    /// <param name="value">Its value; NaN marks staleness.</param>
    /// <param name="observedMs">Observed time.</param>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    /// <returns>False when it was left out: late, duplicate, or not finite.</returns>
    public bool Take(RawSeries series, long ms, double value, long observedMs, long nowMs, List<Anomaly> found)
    {
        var previousMs = series.LastMs;
        if (!double.IsFinite(value) || !series.TryAdvance(ms))
        {
            return false;
        }

        var beganAtZero = series.Plan == SeriesPlan.Bucket && series.Target?.WasSeenWithout(ms) == true;
        series.SeenMs = nowMs;
        if (series.Key.Metric == "up")
        {
            series.Target?.TriedMs = observedMs;
        }
        else
        {
            series.Target?.Touch(ms, observedMs);
        }

        switch (series.Plan)
        {
            case SeriesPlan.Gauge:
                Judge(series, new Sample(ms, nowMs, value, Exposure: 0), found);
                break;
            case SeriesPlan.Bucket:
                var isTold = series.TryGrow(previousMs, value, beganAtZero, out var growth);
                series.Histogram?.Add(series, isTold ? growth : 0, nowMs);
                break;
            case SeriesPlan.Counter:
            case SeriesPlan.SummedCounter:
                TakeCounter(series, previousMs, value, nowMs, found);
                break;
            case SeriesPlan.MemoryLimit:
                _limits[series.ContainerKey] = value;
                break;
            case SeriesPlan.MemoryUse:
                TakeMemory(series, value, nowMs);
                break;
            default:
                break;
        }

        return true;
    }

    /// <summary>Judges the derived series and, once a minute, forgets what has gone.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void Flush(long nowMs, List<Anomaly> found)
    {
        foreach (var histogram in _histogramOrder)
        {
            histogram.Flush(nowMs, watch, found);
        }

        foreach (var group in _groupOrder)
        {
            group.Flush(nowMs, watch, found);
        }

        _nodes.Flush(nowMs, objects, watch, found);
        if (nowMs - _lastPruneMs >= PruneEveryMs)
        {
            _lastPruneMs = nowMs;
            Prune(nowMs);
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        var parts = new SeriesArchive(archive, targets, options);
        var all = _byId.Values.OrderBy(series => series.Key.Id).ToList();
        archive.List(_groupOrder, parts.Group);
        archive.List(_histogramOrder, parts.Histogram);
        archive.List(all, parts.Series);
        _groupOrder.ForEach(group => group.Sync(archive, parts.Series));
        _nodes.Sync(archive, parts.Series);
        archive.Map(_limits, limit => archive.Value(limit));
        archive.Value(ref _firstMs);
        archive.Value(ref _lastPruneMs);
        if (archive.IsLoading)
        {
            all.ForEach(series => _byId[series.Key.Id] = series);
            _groupOrder.ForEach(group => _groups[group.Key.Id] = group);
            _histogramOrder.ForEach(histogram => _histograms[histogram.P95.Id] = histogram);
        }
    }

    private RawSeries Make(string source, SeriesKey key, bool isNewcomer, long nowMs)
    {
        var entity = key.Entity;
        var (plan, signal) = DerivedNames.PlanOf(key);
        var pod = key.LabelOrNull(SeriesKey.PodLabel) ?? "";
        var owner = pod.Length > 0
            ? objects.Of(entity.Namespace, EntityKinds.Pod, pod, nowMs)
            : objects.Of(entity.Namespace, entity.Kind, entity.Name, nowMs);
        var target = targets.Of(source, entity, pod, owner);
        var container = $"{entity.Namespace}/{pod}/{key.LabelOrNull("container")}";
        switch (plan)
        {
            case SeriesPlan.Bucket:
                return MakeBucket(key, signal, target, owner, nowMs);
            case SeriesPlan.SummedCounter:
                var isSeeded = isNewcomer && signal == DerivedNames.CpuCores;
                var sum = GroupOf(new SeriesKey(entity, signal, [], MetricKind.Gauge), false, null, isSeeded);
                return new RawSeries(key, plan) { Target = target, Pod = owner, Group = sum, Watched = sum.Key };
            case SeriesPlan.MemoryUse:
                var growth = new SeriesKey(entity, DerivedNames.MemoryGrowthRatio, [], MetricKind.Gauge);
                var ratio = GroupOf(new SeriesKey(entity, signal, [], MetricKind.Gauge), true, growth, false);
                var bytes = GroupOf(new SeriesKey(entity, DerivedNames.MemoryUseBytes, [], MetricKind.Gauge), true, null, false);
                return new RawSeries(key, plan)
                {
                    Target = target,
                    Pod = owner,
                    Group = ratio,
                    GroupWithoutLimit = bytes,
                    ContainerKey = container,
                    Watched = ratio.Key,
                };
            default:
                var watched = plan == SeriesPlan.Counter ? new SeriesKey(entity, signal, key.Labels, MetricKind.Gauge) : key;
                return new RawSeries(key, plan) { Target = target, Pod = owner, ContainerKey = container, Watched = watched };
        }
    }

    private RawSeries MakeBucket(SeriesKey key, string stem, Target? target, ObjectState owner, long nowMs)
    {
        var bound = BoundOf(key.LabelOrNull("le"));
        if (double.IsNaN(bound) || RequestSeries.IsIgnored(key, options))
        {
            return new RawSeries(key, SeriesPlan.Ignored) { Target = target, Pod = owner };
        }

        var labels = RequestSeries.Peer(key);
        var p95 = new SeriesKey(key.Entity, DerivedNames.P95(stem), labels, MetricKind.Gauge);
        if (!_histograms.TryGetValue(p95.Id, out var histogram))
        {
            histogram = new HistogramGroup(key.Entity, stem, labels, options, nowMs);
            _histograms.Add(p95.Id, histogram);
            _histogramOrder.Add(histogram);
        }

        var hasFailed = RequestSeries.HasFailed(key);
        histogram.TellsErrors |= hasFailed is not null;
        var place = histogram.PlaceOf(bound);
        return new RawSeries(key, place < 0 ? SeriesPlan.Ignored : SeriesPlan.Bucket)
        {
            Target = target,
            Pod = owner,
            Histogram = histogram,
            BoundIndex = place,
            IsError = hasFailed == true,
            Watched = histogram.P95,
        };
    }

    private HeldGroup GroupOf(SeriesKey key, bool isMaximum, SeriesKey? growth, bool isNewcomer)
    {
        if (!_groups.TryGetValue(key.Id, out var group))
        {
            group = new HeldGroup(key, isMaximum, growth, isNewcomer, options);
            _groups.Add(key.Id, group);
            _groupOrder.Add(group);
        }

        return group;
    }

    private void TakeCounter(RawSeries series, long previousMs, double value, long nowMs, List<Anomaly> found)
    {
        var grownMs = series.GrownMs;
        var isTold = series.TryGrow(previousMs, value, beganAtZero: false, out var delta);
        var isCadvisor = series.Key.Metric.StartsWith("container_", StringComparison.Ordinal);
        if (!isTold || (isCadvisor && delta == 0 && series.LastMs - grownMs < CadvisorHoldMs))
        {
            return;
        }

        var seconds = (series.LastMs - (isCadvisor && delta > 0 ? grownMs : previousMs)) / 1000d;
        var rate = delta / seconds;
        if (series.Group is { } group)
        {
            group.Hold(series, rate, nowMs);
        }
        else
        {
            Judge(series, new Sample(series.LastMs, nowMs, rate, seconds), found);
        }
    }

    private void TakeMemory(RawSeries series, double value, long nowMs)
    {
        var limit = _limits.GetValueOrDefault(series.ContainerKey);
        limit = limit > 0 ? limit : series.Pod?.MemoryLimitBytes ?? 0;
        if (limit > 0)
        {
            series.Group?.Hold(series, value / limit, nowMs);
        }
        else
        {
            series.GroupWithoutLimit?.Hold(series, value, nowMs);
        }
    }

    private void Judge(RawSeries series, in Sample sample, List<Anomaly> found)
    {
        var detector = watch.Of(
            series.Watched, key => new LevelDetector(key, SignalRoles.Of(key.Metric, key.Labels), options));
        if (detector is not null)
        {
            watch.Tell(detector, detector.Push(sample.StartMs, sample.NowMs, sample.Value), sample, found);
        }
    }

    private void Prune(long nowMs)
    {
        objects.Prune(nowMs);
        foreach (var (id, series) in _byId)
        {
            if (nowMs - series.SeenMs < options.ForgetAfter.TotalMilliseconds)
            {
                continue;
            }

            _byId.Remove(id);
            _nodes.Leave(series);
            _limits.Remove(series.ContainerKey);
            Leave(series.Group, series);
            Leave(series.GroupWithoutLimit, series);
        }
    }

    private void Leave(HeldGroup? group, RawSeries series)
    {
        if (group?.Leave(series) == true)
        {
            _groups.Remove(group.Key.Id);
            _groupOrder.Remove(group);
        }
    }

    private static double BoundOf(string? text)
    {
        if (text is "+Inf" or "Inf" or "inf")
        {
            return double.PositiveInfinity;
        }

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound);
        return isNumber && bound >= 0 ? bound : double.NaN;
    }
}
