using System.Collections.Immutable;
using System.IO.Hashing;
using CaaS.Analytics.Derived;
using CaaS.Analytics.LogAnomalies;
using CaaS.Analytics.Objectives;
using CaaS.Analytics.State;
using CaaS.Analytics.Unusual;
using CaaS.Signals;

namespace CaaS.Analytics;

/// <summary>Decides, batch by batch, what of one scope is abnormal.</summary>
/// <remarks>
/// Strictly causal and deterministic: the same batches at the same instants give the same anomalies, byte for byte.
/// Rows are taken in in order; derived series, log rates and silences are judged once a slot
/// (<see cref="AnalyticsOptions.SlotSeconds"/>), at the first step at or after the slot's end and before that step's
/// rows. Late and duplicate points are ignored, NaN is Prometheus' staleness mark. Everything is bounded by
/// <see cref="AnalyticsOptions"/>. Not thread-safe: one owner. About a microsecond a point.
/// </remarks>
public sealed class AnalyticsEngine
{
    /// <summary>Time between two steps that counts as watched at most: a pause of the platform is nobody's
    /// silence.</summary>
    private const long ObservedStepMaxMs = 2_000;

    /// <summary>Layout of the saved state: raised whenever a class hands over something else, or the same in another
    /// order.</summary>
    private const int StateVersion = 4;

    private readonly AnalyticsOptions _options;
    private readonly UnusualWatch? _unusual;
    private readonly WatchList _watch;
    private readonly ObjectBook _objects;
    private readonly TargetBook _targets;
    private readonly LogWatch _logs;
    private readonly SeriesBook _series;
    private readonly ObjectiveWatch _objectives;
    private readonly Dictionary<EntityRef, long> _entitySinceMs = [];
    private readonly List<Anomaly> _found = [];
    private readonly List<Anomaly> _shadow = [];
    private readonly LogFindings _foundInLogs;
    private long _nowMs;
    private long _observedMs;
    private long _nextSlotMs;
    private long _points;
    private long _ignored;

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="options">Settings; not changed afterwards.</param>
    public AnalyticsEngine(AnalyticsOptions options)
        : this(options ?? throw new ArgumentNullException(nameof(options)), options.Ensemble.Mode)
    {
    }

    /// <summary>Makes an engine for who only wants the derived series.</summary>
    /// <param name="options">Settings; not changed afterwards.</param>
    /// <param name="mode">Whether to look for the unusual.</param>
    internal AnalyticsEngine(AnalyticsOptions options, UnusualMode mode)
    {
        _options = options;
        _unusual = mode == UnusualMode.Off ? null : new UnusualWatch(options.Ensemble);
        _watch = new WatchList(options, _unusual);
        _objects = new ObjectBook(options);
        _targets = new TargetBook(options);
        _logs = new LogWatch(options);
        _foundInLogs = new LogFindings(_found, _shadow);
        _series = new SeriesBook(options, _watch, _objects, _targets);
        _objectives = new ObjectiveWatch(options);
    }

    /// <summary>How many series are in which status; O(series).</summary>
    public SeriesCounts Counts
    {
        get
        {
            var (learning, watched, silent, dropped) = _watch.Count(_nowMs);
            return new SeriesCounts(
                learning, watched, silent, dropped, _series.Count, _points, _ignored, _logs.Ignored)
            {
                Unusual = _unusual?.Counts,
            };
        }
    }

    /// <summary>What the last step found of the kinds of log anomaly that are in shadow mode, in order; it is told
    /// nobody.</summary>
    public IReadOnlyList<Anomaly> Shadow => _shadow;

    /// <summary>Every detector, for who reads their points.</summary>
    internal IReadOnlyList<Detectors.IDetector> Watched => _watch.All;

    /// <summary>Takes in one batch, or a tick.</summary>
    /// <param name="batch">Batch of the engine's scope.</param>
    /// <param name="now">When the log accepted it, UTC; earlier than the last step's counts as the last step's.</param>
    /// <returns>What was found, in order; mostly empty.</returns>
    public ImmutableArray<Anomaly> Step(SignalBatch batch, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _found.Clear();
        _shadow.Clear();
        Advance(now.ToUnixTimeMilliseconds());
        foreach (var item in batch.Objects)
        {
            _objects.Apply(item, _nowMs);
            Meet(item.Entity);
        }

        var metrics = batch.Metrics;
        for (var row = 0; row < metrics.Count; row++)
        {
            Take(batch.Source, metrics.Series[metrics.SeriesIndex[row]], metrics.TimestampMs[row], metrics.Value[row]);
        }

        foreach (var line in batch.Logs)
        {
            _logs.Add(line, Meet(line.Entity), _nowMs, _foundInLogs);
        }

        return [.. _found];
    }

    /// <summary>Tells what is done with a series, raw or derived.</summary>
    /// <param name="series">Series.</param>
    /// <returns>For a raw series that only feeds a derived one, the derived one's status.</returns>
    public SeriesStatus Status(SeriesKey series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return _watch.Status(_series.WatchedIdOf(series), _nowMs);
    }

    /// <summary>Tells what is done with a series, raw or derived, and why.</summary>
    /// <param name="series">Series.</param>
    /// <returns>For a raw series that only feeds a derived one, what is done with the derived one.</returns>
    public SeriesReport Report(SeriesKey series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var known = _unusual?.Find(_series.WatchedIdOf(series));
        return new SeriesReport(Status(series), known?.Shape ?? SeriesShape.Unknown, known?.Explain() ?? "");
    }

    /// <summary>Saves all it knows.</summary>
    /// <returns>About two kilobytes a watched series; the same state gives the same bytes. O(state).</returns>
    public ReadOnlyMemory<byte> Save()
    {
        var archive = new StateArchive();
        Sync(archive);
        return archive.Seal();
    }

    /// <summary>Makes the engine that was saved: it goes on as if it had never stopped.</summary>
    /// <param name="options">Settings; the same as it had.</param>
    /// <param name="state">What <see cref="Save"/> returned.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="FormatException">Damaged, of another version of the layout, or of other settings.</exception>
    public static AnalyticsEngine Load(AnalyticsOptions options, ReadOnlyMemory<byte> state)
    {
        var archive = new StateArchive(state);
        var engine = new AnalyticsEngine(options);
        engine.Sync(archive);
        archive.End();
        return engine;
    }

    private void Sync(StateArchive archive)
    {
        archive.Constant(StateVersion, "it has another version of the layout");
        archive.Constant(XxHash3.HashToUInt64(SignalsJson.Encode(_options)), "it was made under other settings");
        archive.Value(ref _nowMs);
        archive.Value(ref _observedMs);
        archive.Value(ref _nextSlotMs);
        archive.Value(ref _points);
        archive.Value(ref _ignored);
        archive.Map(
            _entitySinceMs, Comparer<EntityRef>.Default, archive.Entity, sinceMs => archive.Value(sinceMs));
        _objects.Sync(archive);
        _targets.Sync(archive);
        _watch.Sync(archive);
        _logs.Sync(archive);
        _series.Sync(archive);
        _unusual?.Sync(archive);
        _objectives.Sync(archive, _series.Requests);
    }

    private void Advance(long nowMs)
    {
        var slotMs = _options.SlotSeconds * 1000L;
        nowMs = Math.Max(nowMs, _nowMs);
        if (_nowMs == 0)
        {
            _nextSlotMs = ((nowMs / slotMs) + 1) * slotMs;
        }
        else
        {
            _observedMs += Math.Min(nowMs - _nowMs, ObservedStepMaxMs);
        }

        _nowMs = nowMs;
        if (nowMs < _nextSlotMs)
        {
            return;
        }

        _nextSlotMs = ((nowMs / slotMs) + 1) * slotMs;
        _series.Flush(nowMs, _found);
        _objectives.Flush(nowMs, _series.Requests, _found);
        _logs.Flush(nowMs, _watch, _foundInLogs);
        _targets.Judge(nowMs, _observedMs, _found);
        _unusual?.Flush(nowMs, _found);
        _watch.Sweep(nowMs, _found);
    }

    private void Take(string source, SeriesKey key, long timestampMs, double value)
    {
        _points++;
        var series = _series.Of(source, key, Meet(key.Entity), _observedMs, _nowMs);
        if (series is null || !_series.Take(series, timestampMs, value, _observedMs, _nowMs, _found))
        {
            _ignored++;
        }
    }

    /// <summary>When an entity was first seen in any signal.</summary>
    private long Meet(EntityRef entity)
    {
        if (_entitySinceMs.TryGetValue(entity, out var since))
        {
            return since;
        }

        if (_entitySinceMs.Count < _options.MaxObjects)
        {
            _entitySinceMs.Add(entity, _nowMs);
        }

        return _nowMs;
    }
}
