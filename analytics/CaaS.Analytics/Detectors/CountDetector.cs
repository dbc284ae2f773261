using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Detectors;

/// <summary>Watches how many events a slot brings; zero is a value.</summary>
/// <remarks>Exact Poisson tail over the largest of a floor, the learned mean by half more, and the ninetieth
/// percentile of the slots.</remarks>
internal sealed class CountDetector : IDetector
{
    private const double RateFloor = 0.3;
    private const int EventsMin = 5;

    private readonly AnalyticsOptions _options;
    private readonly RolePolicy _policy;
    private readonly Alarm _alarm;
    private RobustWindow _window;
    private Pace _pace;
    private double _mean;
    private bool _wasQuiet;
    private int _adaptSkip;

    /// <summary>Makes a detector.</summary>
    /// <param name="key">Series.</param>
    /// <param name="kind">Kind of anomaly it tells.</param>
    /// <param name="wasQuiet">True when the past without events was watched, so nothing is left to learn.</param>
    /// <param name="options">Settings.</param>
    public CountDetector(SeriesKey key, AnomalyKind kind, bool wasQuiet, AnalyticsOptions options)
    {
        Key = key;
        _wasQuiet = wasQuiet;
        _options = options;
        var meaning = SignalRoles.Of(key.Metric, key.Labels);
        _policy = RolePolicy.For(meaning, options);
        _alarm = new Alarm(key, meaning, kind, _policy);
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
    public bool IsLearning => !_wasQuiet && !_pace.HasLearned(_options);

    /// <summary>Takes in the count of one slot.</summary>
    /// <param name="startMs">Start of the slot, Unix milliseconds.</param>
    /// <param name="nowMs">The step's now, Unix milliseconds.</param>
    /// <param name="count">Events, not negative.</param>
    /// <param name="slotSeconds">Length of the slot, seconds.</param>
    /// <returns>What is to be told, or null.</returns>
    public Anomaly? Push(long startMs, long nowMs, int count, double slotSeconds)
    {
        _pace.Touch(nowMs, count / slotSeconds);
        if (IsLearning)
        {
            Learn(count);
            return null;
        }

        var expected = Math.Max(RateFloor, Math.Max(1.5 * _mean, _window.Q90));
        var p = Math.Clamp(CountTails.Poisson(count, expected), 1e-16, 1);
        var votes = p <= _policy.Alpha && count >= EventsMin && count >= _policy.EffectFactor * expected;
        var verdict = new Verdict
        {
            StartMs = startMs,
            NowMs = nowMs,
            Votes = votes,
            IsInBand = count <= expected + (3 * Math.Sqrt(expected)),
            IsUp = true,
            PValue = p,
            Drive = count > expected ? -Math.Log10(p) : 0,
            Observed = count / slotSeconds,
            High = (expected + (3 * Math.Sqrt(expected))) / slotSeconds,
            Feature = "count, Poisson tail",
        };
        var told = _alarm.Observe(verdict);
        var isLong = _alarm.IsRaised && nowMs - _alarm.RaisedMs > _options.AdaptAfter.TotalMilliseconds;
        if (_alarm.IsRaised ? isLong && ++_adaptSkip % 4 == 0 : !votes)
        {
            Learn(count);
        }

        return told;
    }

    /// <inheritdoc/>
    public Anomaly? End(long nowMs, string why) => _alarm.End(nowMs, why);

    /// <inheritdoc/>
    public void Sync(StateArchive archive)
    {
        _alarm.Sync(archive);
        _window.Sync(archive);
        _pace.Sync(archive);
        archive.Value(ref _mean);
        archive.Value(ref _wasQuiet);
        archive.Value(ref _adaptSkip);
    }

    private void Learn(int count)
    {
        _window.Add(count);
        _mean += (count - _mean) / Math.Min(_pace.Points + (_wasQuiet ? _options.LearningPoints : 0), 360);
    }
}
