using System.Runtime.CompilerServices;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Detectors;

/// <summary>Watches memory that only grows, before it meets its limit.</summary>
/// <remarks>
/// A least-squares line over the latest points at two paces (every point, and one a minute): told when the line
/// explains the points (R² ≥ 0.8), almost no step goes down, the use is beyond half of the limit, has grown by a tenth
/// of it, and would meet it within ten minutes (an hour at the slow pace). A garbage-collected heap that warms up and
/// then saws fails the test of steps or of time, and one that only goes a little above its earlier peaks is not told
/// either. It needs no learned level, so it works for the new pods of a bad release. The p-value is that of the count
/// of rising steps under a fair coin (sign test), which is conservative for a line this straight. Ends after 90 seconds
/// without growth.
/// </remarks>
internal sealed class LeakDetector : IDetector
{
    private const int PointsMin = 6;
    private const double LevelMin = 0.5;
    private const double GrowthMin = 0.1;
    private const double FitMin = 0.8;
    private const long SpanMinMs = 25_000;
    private const long SlowStepMs = 60_000;
    private const long CalmMs = 90_000;

    private static readonly RolePolicy Policy = new(0, 0, 0, 1, 1, 2, 3);

    private readonly AnalyticsOptions _options;
    private readonly Alarm _alarm;
    private Track _fast;
    private Track _slow;
    private Pace _pace;
    private long _lastSlowMs;
    private long _lastGrowthMs;

    /// <summary>Makes a detector.</summary>
    /// <param name="key">Series; its values are shares of a limit.</param>
    /// <param name="options">Settings.</param>
    public LeakDetector(SeriesKey key, AnalyticsOptions options)
    {
        Key = key;
        _options = options;
        _alarm = new Alarm(key, SignalRoles.Of(key.Metric, key.Labels), AnomalyKind.Metric, Policy);
    }

    /// <inheritdoc/>
    public SeriesKey Key { get; }

    /// <inheritdoc/>
    public long LastMs => _pace.LastMs;

    /// <inheritdoc/>
    public double LastValue => _pace.LastValue;

    /// <inheritdoc/>
    public double IntervalMs => _pace.IntervalMs;

    /// <inheritdoc/>
    public bool IsLearning => !_pace.HasLearned(_options);

    /// <summary>Takes in a point.</summary>
    /// <param name="ms">When, Unix milliseconds.</param>
    /// <param name="nowMs">The step's now, Unix milliseconds.</param>
    /// <param name="ratio">Memory used as a share of the limit.</param>
    /// <returns>What is to be told, or null.</returns>
    public Anomaly? Push(long ms, long nowMs, double ratio)
    {
        if (!double.IsFinite(ratio))
        {
            return null;
        }

        _pace.Touch(nowMs, ratio);
        _fast.Add(ms, ratio, _alarm.IsRaised);
        if (nowMs - _lastSlowMs >= SlowStepMs)
        {
            _lastSlowMs = nowMs;
            _slow.Add(ms, ratio, _alarm.IsRaised);
        }

        if (IsLearning)
        {
            return null;
        }

        var grows = _fast.Grows(ratio, 600, _alarm.IsRaised, out var line) || _slow.Grows(ratio, 3600, _alarm.IsRaised, out line);
        _lastGrowthMs = grows ? nowMs : _lastGrowthMs;
        return _alarm.Observe(new Verdict
        {
            StartMs = grows && !_alarm.IsRaised ? line.StartMs : ms,
            NowMs = nowMs,
            Votes = grows,
            IsInBand = nowMs - _lastGrowthMs >= CalmMs,
            IsUp = true,
            PValue = grows ? line.PValue : 1,
            Drive = grows ? 4 : 0,
            Observed = ratio,
            Low = line.First,
            High = Math.Max(line.First, LevelMin),
            Feature = "grows towards its limit",
        });
    }

    /// <inheritdoc/>
    public Anomaly? End(long nowMs, string why) => _alarm.End(nowMs, why);

    /// <inheritdoc/>
    public void Sync(StateArchive archive)
    {
        _alarm.Sync(archive);
        _fast.Sync(archive);
        _slow.Sync(archive);
        _pace.Sync(archive);
        archive.Value(ref _lastSlowMs);
        archive.Value(ref _lastGrowthMs);
    }

    private readonly record struct Line(long StartMs, double First, double PValue);

    /// <summary>The latest points at one pace.</summary>
    private struct Track
    {
        private const int Capacity = 24;
        private const double PeakKeep = 0.999;
        private const double PeakFactor = 1.15;

        private Values _ratio;
        private Times _ms;
        private int _count;
        private int _next;
        private double _peak;

        /// <summary>Takes in a point; what leaves the track counts as earlier peak, unless it was part of a told
        /// leak.</summary>
        public void Add(long ms, double ratio, bool isTold)
        {
            var last = (_next + Capacity - 1) % Capacity;
            _peak *= PeakKeep;
            if (_count > 0 && ratio < 0.8 * _ratio[last])
            {
                _peak = isTold ? _peak : Math.Max(_peak, _ratio[last]);
                _count = 0;
            }
            else if (_count == Capacity && !isTold)
            {
                _peak = Math.Max(_peak, _ratio[_next]);
            }

            _ratio[_next] = (float)ratio;
            _ms[_next] = ms;
            _next = (_next + 1) % Capacity;
            _count = Math.Min(_count + 1, Capacity);
        }

        /// <summary>Judges the longest straight tail: all points, then the latest half.</summary>
        public readonly bool Grows(double ratio, double withinSeconds, bool isTold, out Line line)
        {
            line = default;
            return ratio >= LevelMin && (isTold || ratio >= PeakFactor * _peak)
                && (Grows(_count, ratio, withinSeconds, ref line) || Grows(_count / 2, ratio, withinSeconds, ref line));
        }

        /// <summary>Saves or loads the points.</summary>
        public void Sync(StateArchive archive)
        {
            archive.Span<float>(_ratio);
            archive.Span<long>(_ms);
            _count = archive.Within(_count, 0, Capacity);
            _next = archive.Within(_next, 0, Capacity - 1);
            archive.Value(ref _peak);
        }

        private readonly bool Grows(int count, double ratio, double withinSeconds, ref Line line)
        {
            if (count < PointsMin)
            {
                return false;
            }

            var first = (_next - count + (2 * Capacity)) % Capacity;
            var startMs = _ms[first];
            double sumX = 0, sumY = 0, sumXX = 0, sumXY = 0, sumYY = 0;
            var ups = 0;
            var downs = 0;
            for (var step = 0; step < count; step++)
            {
                var index = (first + step) % Capacity;
                var x = (_ms[index] - startMs) / 1000d;
                double y = _ratio[index];
                sumX += x;
                sumY += y;
                sumXX += x * x;
                sumXY += x * y;
                sumYY += y * y;
                var change = step == 0 ? 0 : y - _ratio[(index + Capacity - 1) % Capacity];
                ups += change > 1e-4 ? 1 : 0;
                downs += change < -0.005 ? 1 : 0;
            }

            var spread = sumXX - (sumX * sumX / count);
            var variance = sumYY - (sumY * sumY / count);
            var covariance = sumXY - (sumX * sumY / count);
            var last = (_next + Capacity - 1) % Capacity;
            if (spread <= 0 || variance <= 0 || covariance <= 0 || _ms[last] - startMs < SpanMinMs)
            {
                return false;
            }

            var slope = covariance / spread;
            var isStraight = covariance * covariance / (spread * variance) >= FitMin && downs * 8 <= count && ups >= 3;
            var grown = slope * (_ms[last] - startMs) / 1000;
            var secondsLeft = Math.Max(0, 1 - ratio) / slope;
            line = new Line(startMs, _ratio[first], CountTails.Binomial(ups, ups + downs, 0.5));
            return isStraight && grown >= GrowthMin && secondsLeft <= withinSeconds;
        }

        [InlineArray(Capacity)]
        private struct Values
        {
            private float _first;
        }

        [InlineArray(Capacity)]
        private struct Times
        {
            private long _first;
        }
    }
}
