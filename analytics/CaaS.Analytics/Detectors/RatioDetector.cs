using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Detectors;

/// <summary>Watches a share of failures, counted exactly.</summary>
/// <remarks>
/// The null hypothesis is a failure probability p₀, the largest of: the configured floor, the learned mean plus two
/// standard errors, and the ninetieth percentile of the slots' shares (over-dispersion). The p-value is the exact
/// binomial tail, so one failure of three says little and a service that never failed (no variance at all) still alarms
/// when it does. Single writer, ~600 bytes.
/// </remarks>
internal sealed class RatioDetector : IDetector
{
    private const double Forget = 0.998;
    private const int FailuresMin = 3;

    private readonly AnalyticsOptions _options;
    private readonly RolePolicy _policy;
    private readonly Alarm _alarm;
    private RobustWindow _window;
    private Pace _pace;
    private double _bad;
    private double _all;
    private int _adaptSkip;

    /// <summary>Makes a detector.</summary>
    /// <param name="key">Series.</param>
    /// <param name="options">Settings.</param>
    public RatioDetector(SeriesKey key, AnalyticsOptions options)
    {
        Key = key;
        _options = options;
        var meaning = SignalRoles.Of(key.Metric, key.Labels);
        _policy = RolePolicy.For(meaning, options);
        _alarm = new Alarm(key, meaning, AnomalyKind.Metric, _policy);
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

    /// <summary>Takes in the counts of one window.</summary>
    /// <param name="startMs">Start of the window, Unix milliseconds.</param>
    /// <param name="nowMs">The step's now, Unix milliseconds.</param>
    /// <param name="bad">Failures.</param>
    /// <param name="all">Requests, positive.</param>
    /// <returns>What is to be told, or null.</returns>
    public Anomaly? Push(long startMs, long nowMs, double bad, double all)
    {
        if (!(all > 0) || !(bad >= 0) || double.IsInfinity(all))
        {
            return null;
        }

        var ratio = Math.Min(1, bad / all);
        _pace.Touch(nowMs, ratio);
        if (IsLearning)
        {
            Learn(ratio, bad, all);
            return null;
        }

        var expected = BaseRate();
        var p = Math.Clamp(CountTails.Binomial(Math.Round(bad), Math.Round(all), expected), 1e-16, 1);
        var high = expected + (3 * Math.Sqrt(expected * (1 - expected) / all));
        var votes = p <= _policy.Alpha && bad >= FailuresMin && ratio >= expected + _policy.EffectAbsolute;
        var verdict = new Verdict
        {
            StartMs = startMs,
            NowMs = nowMs,
            Votes = votes,
            IsInBand = !votes && (ratio <= high || bad < FailuresMin),
            IsUp = true,
            PValue = p,
            Drive = ratio > expected && bad >= FailuresMin ? -Math.Log10(p) : 0,
            Observed = ratio,
            High = Math.Min(1, high),
            Feature = "share of failures, binomial tail",
        };
        var told = _alarm.Observe(verdict);
        if (ShouldLearn(verdict))
        {
            Learn(ratio, bad, all);
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
        archive.Value(ref _bad);
        archive.Value(ref _all);
        archive.Value(ref _adaptSkip);
    }

    private double BaseRate()
    {
        var mean = (_bad + 0.5) / (_all + 50);
        var upper = mean + (2 * Math.Sqrt(mean / (_all + 50)));
        return Math.Clamp(Math.Max(_options.ErrorRatioFloor, Math.Max(upper, _window.Q90)), 1e-6, 0.95);
    }

    private bool ShouldLearn(in Verdict verdict)
    {
        if (!_alarm.IsRaised)
        {
            return !verdict.Votes;
        }

        return verdict.NowMs - _alarm.RaisedMs > _options.AdaptAfter.TotalMilliseconds && ++_adaptSkip % 4 == 0;
    }

    private void Learn(double ratio, double bad, double all)
    {
        _window.Add(ratio);
        _bad = (Forget * _bad) + bad;
        _all = (Forget * _all) + all;
    }
}
