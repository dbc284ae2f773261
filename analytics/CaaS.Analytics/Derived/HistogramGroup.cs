using CaaS.Analytics.Detectors;
using CaaS.Analytics.State;
using CaaS.Analytics.Unusual;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>The buckets of one duration histogram of one workload (and peer), summed over pods, methods, routes and
/// statuses.</summary>
/// <remarks>
/// Growth is added up until there are enough requests or the longest window is over; then the 95th percentile and the
/// error share of just that growth are judged. Windows do not overlap, so one bad scrape is one bad point and cannot
/// fill a vote alone. The percentile is interpolated inside its bucket, as Prometheus' <c>histogram_quantile</c> does.
/// </remarks>
internal sealed class HistogramGroup
{
    private const double Quantile = 0.95;
    private const int ErrorRequestsMin = 5;
    private const int BoundsMax = 128;

    private readonly AnalyticsOptions _options;
    private readonly SeriesKey _p95;
    private readonly SeriesKey _rate;
    private readonly SeriesKey _errors;
    private readonly List<double> _bounds = [];
    private readonly List<double> _growth = [];
    private readonly SortedDictionary<string, PodFlow> _pods = new(StringComparer.Ordinal);
    private int[] _order = [];
    private (double Failed, double All) _over;
    private double _bad;
    private long _windowStartMs;
    private bool _hasFlow;

    /// <summary>Makes a group.</summary>
    /// <param name="entity">Workload.</param>
    /// <param name="stem">Histogram name without its end.</param>
    /// <param name="labels">Peer, or nothing.</param>
    /// <param name="options">Settings.</param>
    /// <param name="nowMs">The step's now.</param>
    public HistogramGroup(EntityRef entity, string stem, IReadOnlyList<Label> labels, AnalyticsOptions options, long nowMs)
    {
        Stem = stem;
        _options = options;
        _windowStartMs = nowMs;
        _p95 = new SeriesKey(entity, DerivedNames.P95(stem), labels, MetricKind.Gauge);
        _rate = new SeriesKey(entity, DerivedNames.Rate(stem), labels, MetricKind.Gauge);
        _errors = new SeriesKey(entity, DerivedNames.ErrorRatio(stem), labels, MetricKind.Gauge);
    }

    /// <summary>Histogram name without its end.</summary>
    public string Stem { get; }

    /// <summary>Series of the percentile: stands for the group where a status is asked for.</summary>
    public SeriesKey P95 => _p95;

    /// <summary>True when the workload serves the requests, false when it calls somebody.</summary>
    public bool IsServed => P95.Metric.Contains("server", StringComparison.Ordinal);

    /// <summary>Requests counted in all windows that are over; only grows.</summary>
    public (double Failed, double All) Total => _over;

    /// <summary>True once a series said whether its requests failed.</summary>
    public bool TellsErrors { get; set; }

    /// <summary>Finds or makes the place of a bucket.</summary>
    /// <param name="bound">Upper bound, seconds; infinity for the last.</param>
    /// <returns>Its place, or −1 when there are too many.</returns>
    public int PlaceOf(double bound)
    {
        var place = _bounds.IndexOf(bound);
        if (place >= 0 || _bounds.Count >= BoundsMax)
        {
            return place;
        }

        _bounds.Add(bound);
        _growth.Add(0);
        SortPlaces();
        return _bounds.Count - 1;
    }

    /// <summary>Tells whether there is such a place of a bucket.</summary>
    /// <param name="place">Place.</param>
    /// <returns>True when there is.</returns>
    public bool HasPlace(int place) => place >= 0 && place < _bounds.Count;

    /// <summary>Adds the growth of one bucket.</summary>
    /// <param name="series">Raw series; its last time is that of the point.</param>
    /// <param name="delta">Growth, not negative; 0 when it could not be told.</param>
    /// <param name="nowMs">The step's now.</param>
    public void Add(RawSeries series, double delta, long nowMs)
    {
        _growth[series.BoundIndex] += delta;
        if (!double.IsPositiveInfinity(_bounds[series.BoundIndex]))
        {
            return;
        }

        _bad += series.IsError ? delta : 0;
        var pod = series.Key.LabelOrNull(SeriesKey.PodLabel) ?? "";
        if (!_pods.TryGetValue(pod, out var flow))
        {
            flow = new PodFlow();
            _pods.Add(pod, flow);
        }

        flow.Add(series.LastMs, delta, nowMs);
        _hasFlow = true;
    }

    /// <summary>Judges what has come together; call once a slot.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="watch">Detectors.</param>
    /// <param name="found">Where to tell.</param>
    public void Flush(long nowMs, WatchList watch, List<Anomaly> found)
    {
        var slotMs = _options.SlotSeconds * 1000L;
        var last = _order.Length == 0 ? 0 : _growth[_order[^1]];
        if (_hasFlow)
        {
            FlushRate(nowMs, slotMs, watch, found);
        }

        var isEnough = last >= _options.MinRequests;
        if (!isEnough && nowMs - _windowStartMs < _options.WindowSlots * slotMs)
        {
            return;
        }

        if (isEnough)
        {
            Judge(_p95, new Sample(_windowStartMs, nowMs, P95OfGrowth(last), Exposure: 0), watch, found);
        }

        if (TellsErrors && last >= ErrorRequestsMin)
        {
            JudgeErrors(last, nowMs, watch, found);
        }

        Restart(nowMs);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.List(_bounds, bound => archive.Value(bound));
        archive.List(_growth, growth => archive.Value(growth));
        if (_bounds.Count > BoundsMax || _growth.Count != _bounds.Count)
        {
            throw StateArchive.Damaged("a histogram has the wrong buckets");
        }

        archive.Map(_pods, flow =>
        {
            flow ??= new PodFlow();
            flow.Sync(archive);
            return flow;
        });
        TellsErrors = archive.Value(TellsErrors);
        archive.Value(ref _bad);
        archive.Value(ref _over);
        archive.Value(ref _windowStartMs);
        archive.Value(ref _hasFlow);
        SortPlaces();
    }

    private void SortPlaces() => _order = [.. Enumerable.Range(0, _bounds.Count).OrderBy(index => _bounds[index])];

    private void FlushRate(long nowMs, long slotMs, WatchList watch, List<Anomaly> found)
    {
        _hasFlow = false;
        var total = 0d;
        var isKnown = false;
        foreach (var (pod, flow) in _pods.ToArray())
        {
            var idleMs = nowMs - flow.SeenMs;
            if (idleMs > _options.ForgetAfter.TotalMilliseconds)
            {
                _pods.Remove(pod);
            }
            else if (flow.HasRate && idleMs <= 4 * slotMs)
            {
                total += flow.Rate;
                isKnown = true;
            }
        }

        if (isKnown)
        {
            Judge(_rate, new Sample(nowMs - slotMs, nowMs, total, slotMs / 1000d), watch, found);
        }
    }

    private double P95OfGrowth(double total)
    {
        var wanted = Quantile * total;
        double lowerBound = 0, lowerCount = 0;
        foreach (var index in _order)
        {
            var count = Math.Max(_growth[index], lowerCount);
            if (count >= wanted)
            {
                return double.IsPositiveInfinity(_bounds[index]) ? lowerBound
                    : lowerBound + ((_bounds[index] - lowerBound) * (wanted - lowerCount) / Math.Max(count - lowerCount, 1e-9));
            }

            lowerBound = _bounds[index];
            lowerCount = count;
        }

        return lowerBound;
    }

    private void Restart(long nowMs)
    {
        _over = (_over.Failed + _bad, _over.All + (_order.Length == 0 ? 0 : _growth[_order[^1]]));
        for (var index = 0; index < _growth.Count; index++)
        {
            _growth[index] = 0;
        }

        _bad = 0;
        _windowStartMs = nowMs;
    }

    private void Judge(SeriesKey series, in Sample sample, WatchList watch, List<Anomaly> found)
    {
        if (watch.Of(series, key => new LevelDetector(key, SignalRoles.Of(key.Metric, key.Labels), _options)) is { } level)
        {
            watch.Tell(level, level.Push(sample.StartMs, sample.NowMs, sample.Value), sample, found);
        }
    }

    private void JudgeErrors(double requests, long nowMs, WatchList watch, List<Anomaly> found)
    {
        if (watch.Of(_errors, key => new RatioDetector(key, _options)) is { } share)
        {
            var sample = new Sample(_windowStartMs, nowMs, Math.Min(1, _bad / requests), requests);
            watch.Tell(share, share.Push(_windowStartMs, nowMs, _bad, requests), sample, found);
        }
    }

    /// <summary>Requests of one pod between its two latest scrapes.</summary>
    private sealed class PodFlow
    {
        private long _ms;
        private long _previousMs;
        private double _requests;

        public long SeenMs { get; private set; }

        public bool HasRate => _previousMs > 0;

        public double Rate => _requests / ((_ms - _previousMs) / 1000d);

        public void Add(long ms, double delta, long nowMs)
        {
            SeenMs = nowMs;
            if (ms > _ms)
            {
                _previousMs = _ms;
                _ms = ms;
                _requests = 0;
            }

            _requests += delta;
        }

        public void Sync(StateArchive archive)
        {
            archive.Value(ref _ms);
            archive.Value(ref _previousMs);
            archive.Value(ref _requests);
            SeenMs = archive.Value(SeenMs);
        }
    }
}
