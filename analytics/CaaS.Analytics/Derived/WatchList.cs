using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>All detectors, in the order they were made, up to a cap.</summary>
internal sealed class WatchList(AnalyticsOptions options)
{
    private const int DroppedIdsMax = 65_536;
    private const long SilentMinMs = 30_000;

    private readonly Dictionary<ulong, IDetector> _byId = [];
    private readonly List<IDetector> _all = [];
    private readonly HashSet<ulong> _dropped = [];

    /// <summary>All detectors, in the order they were made.</summary>
    public IReadOnlyList<IDetector> All => _all;

    /// <summary>Finds or makes the detector of a series.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">Series.</param>
    /// <param name="make">Makes it.</param>
    /// <returns>The detector, or null when the cap is reached.</returns>
    public T? Of<T>(SeriesKey key, Func<SeriesKey, T> make)
        where T : class, IDetector
    {
        if (_byId.TryGetValue(key.Id, out var known))
        {
            return known as T;
        }

        if (_all.Count >= options.MaxWatched)
        {
            Drop(key.Id);
            return null;
        }

        var made = make(key);
        _byId.Add(key.Id, made);
        _all.Add(made);
        return made;
    }

    /// <summary>Counts a series that was not taken in.</summary>
    /// <param name="id">Its id.</param>
    public void Drop(ulong id)
    {
        if (_dropped.Count < DroppedIdsMax)
        {
            _dropped.Add(id);
        }
    }

    /// <summary>Status of a series by its id.</summary>
    /// <param name="id">Series id.</param>
    /// <param name="nowMs">The last step's now.</param>
    /// <returns>The status.</returns>
    public SeriesStatus Status(ulong id, long nowMs) =>
        _byId.TryGetValue(id, out var detector) ? StatusOf(detector, nowMs)
        : _dropped.Contains(id) ? SeriesStatus.Dropped : SeriesStatus.Unknown;

    /// <summary>Ends anomalies whose series are not measured any more, and forgets series long gone.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="found">Where to tell.</param>
    public void Sweep(long nowMs, List<Anomaly> found)
    {
        var kept = 0;
        for (var index = 0; index < _all.Count; index++)
        {
            var detector = _all[index];
            var idleMs = nowMs - detector.LastMs;
            if (detector.LastMs > 0 && idleMs >= options.AbsentAfter.TotalMilliseconds
                && detector.End(nowMs, $"{detector.Key.Metric} is no longer measured.") is { } ended)
            {
                found.Add(ended);
            }

            if (detector.LastMs > 0 && idleMs >= options.ForgetAfter.TotalMilliseconds)
            {
                _byId.Remove(detector.Key.Id);
                continue;
            }

            _all[kept++] = detector;
        }

        _all.RemoveRange(kept, _all.Count - kept);
    }

    /// <summary>Counts detectors by status.</summary>
    /// <param name="nowMs">The last step's now.</param>
    /// <returns>Learning, watched, silent, dropped.</returns>
    public (int Learning, int Watched, int Silent, int Dropped) Count(long nowMs)
    {
        var counts = new int[5];
        foreach (var detector in _all)
        {
            counts[(int)StatusOf(detector, nowMs)]++;
        }

        return (counts[(int)SeriesStatus.Learning], counts[(int)SeriesStatus.Watched], counts[(int)SeriesStatus.Silent],
            _dropped.Count);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        var dropped = _dropped.Order().ToList();
        archive.List(dropped, id => archive.Value(id));
        _dropped.UnionWith(dropped);
        archive.List(_all, detector => Sync(archive, detector));
        _all.ForEach(detector => _byId[detector.Key.Id] = detector);
    }

    private IDetector Sync(StateArchive archive, IDetector? detector)
    {
        var key = archive.Key(detector?.Key);
        var kind = archive.Value(detector is null ? default : KindOf(detector));
        detector ??= kind switch
        {
            DetectorKind.Level => new LevelDetector(key, SignalRoles.Of(key.Metric, key.Labels), options),
            DetectorKind.Ratio => new RatioDetector(key, options),
            DetectorKind.Count => new CountDetector(key, AnomalyKind.LogRate, wasQuiet: false, options),
            DetectorKind.Leak => new LeakDetector(key, options),
            _ => throw StateArchive.Damaged($"detector {kind} is not known"),
        };
        detector.Sync(archive);
        return detector;
    }

    private static DetectorKind KindOf(IDetector detector) => detector switch
    {
        LevelDetector => DetectorKind.Level,
        RatioDetector => DetectorKind.Ratio,
        CountDetector => DetectorKind.Count,
        LeakDetector => DetectorKind.Leak,
        _ => throw new InvalidOperationException($"{detector.GetType().Name} cannot be saved."),
    };

    private static SeriesStatus StatusOf(IDetector detector, long nowMs)
    {
        var isSilent = detector.LastMs > 0 && nowMs - detector.LastMs > Math.Max(SilentMinMs, 3 * detector.IntervalMs);
        return isSilent ? SeriesStatus.Silent : detector.IsLearning ? SeriesStatus.Learning : SeriesStatus.Watched;
    }
}
