using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Detectors;

/// <summary>Watches the level of one series.</summary>
/// <remarks>
/// Two features in units of the same robust scale (median absolute deviation, upper or lower decile, floors of the
/// role): distance to the median and jump from the last value. A point's score is their maximum, its rarity is
/// calibrated on the series' own past (<see cref="TailCalibration"/>). What raises is the rarity of a run: the score
/// that k of the latest n points reach, at three lengths of run, so that a quiet series alarms after the role's k
/// points and one with many spikes only when the run is too long for them. Points that vote, and everything while an
/// anomaly is raised, are not learned; a fault that lasts beyond <see cref="AnalyticsOptions.AdaptAfter"/> is learned
/// at a quarter of the pace. Values that are not finite, or beyond what a float can hold with room to spare, are
/// ignored. About 1 KB, O(48) a point, no allocation unless something is told. Single writer.
/// </remarks>
internal sealed class LevelDetector : IDetector
{
    private const int FeatureCount = 2;
    private const int AdaptStride = 4;
    private const double ValueMax = 1e30;
    private const double ScoreMax = 1e6;
    private const double VoteScore = 3;

    /// <summary>Half-width of the band told, in robust standard deviations.</summary>
    private const double BandWidth = 2;
    private const int PendingMax = 60;
    private const int SeedWeight = 120;

    private readonly SignalMeaning _meaning;
    private readonly RolePolicy _policy;
    private readonly AnalyticsOptions _options;
    private readonly Alarm _alarm;
    private RobustWindow _window;
    private TailCalibration _tail;
    private HourProfile _hours;
    private Repeats _repeats;
    private FlatRun _flat;
    private Pace _pace;
    private double _last;
    private double _jump;
    private double _pendingPeak;
    private int _pendingCount;
    private int _adaptSkip;
    private bool _isSeeded;
    private RecentScores _recent;

    /// <summary>Makes a detector.</summary>
    /// <param name="key">Series.</param>
    /// <param name="meaning">Role, direction, unit.</param>
    /// <param name="options">Settings.</param>
    public LevelDetector(SeriesKey key, SignalMeaning meaning, AnalyticsOptions options)
    {
        Key = key;
        _meaning = meaning;
        _options = options;
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
    public bool IsLearning => !_isSeeded && !_pace.HasLearned(_options);

    /// <summary>Says that the series was this value all the time before it appeared: a newcomer has a past of
    /// zero.</summary>
    /// <param name="value">Value.</param>
    public void Seed(double value)
    {
        _isSeeded = true;
        for (var index = 0; index < _options.LearningPoints; index++)
        {
            _window.Add(value);
        }

        _tail.Add(0, SeedWeight);
    }

    /// <summary>Takes in a point.</summary>
    /// <param name="startMs">Start of what it measures, Unix milliseconds.</param>
    /// <param name="nowMs">The step's now, Unix milliseconds.</param>
    /// <param name="value">Value.</param>
    /// <returns>What is to be told, or null.</returns>
    public Anomaly? Push(long startMs, long nowMs, double value)
    {
        if (!(Math.Abs(value) <= ValueMax))
        {
            return null;
        }

        _pace.Touch(nowMs, value);
        var isLearning = IsLearning;
        var score = Score(startMs, value, out var isUp, out var feature);
        _recent.Add(isUp ? score : -score);
        var votes = !isLearning && score >= VoteScore && Matters(value, isUp, 1);
        var p = votes ? RunPValue() : 1;
        var isStuck = !isLearning && MayBeStuck() && IsStuck(value, ref p);
        if (isLearning)
        {
            Learn(startMs, value, score);
            Follow(value);
            return null;
        }

        var verdict = new Verdict
        {
            StartMs = startMs,
            NowMs = nowMs,
            Votes = votes || isStuck,
            IsInBand = !isStuck && !Matters(value, isUp, 0.6),
            IsUp = isUp,
            PValue = p,
            Drive = score,
            Observed = value,
            Low = Math.Max(_window.Median >= 0 ? 0 : double.MinValue, _window.Median - (BandWidth * ScaleOf(up: false))),
            High = _window.Median + (BandWidth * ScaleOf(up: true)),
            Feature = isStuck && !votes ? "stands still" : feature,
        };
        var isKnown = _repeats.IsKnown(startMs, votes, value) && MayRepeat();
        var told = _alarm.Observe(verdict, isKnown || p > _policy.Alpha);
        Adapt(verdict, score);
        Follow(value);
        return told;
    }

    /// <inheritdoc/>
    public Anomaly? End(long nowMs, string why) => _alarm.End(nowMs, why);

    /// <inheritdoc/>
    public void Sync(StateArchive archive)
    {
        _alarm.Sync(archive);
        _window.Sync(archive);
        _tail.Sync(archive);
        _hours.Sync(archive);
        _repeats.Sync(archive);
        _flat.Sync(archive);
        _pace.Sync(archive);
        _recent.Sync(archive);
        archive.Value(ref _last);
        archive.Value(ref _jump);
        archive.Value(ref _pendingPeak);
        archive.Value(ref _pendingCount);
        archive.Value(ref _adaptSkip);
        archive.Value(ref _isSeeded);
    }

    /// <summary>Greatest of the features on the worse side.</summary>
    private double Score(long ms, double value, out bool isUp, out string feature)
    {
        feature = "level";
        isUp = value >= _window.Median;
        if (_window.Count == 0 || (isUp && _meaning.Bad == BadDirection.Low) || (!isUp && _meaning.Bad == BadDirection.High))
        {
            return 0;
        }

        var scale = ScaleOf(isUp);
        if (scale <= 0)
        {
            return 0;
        }

        var sign = isUp ? 1 : -1;
        var level = sign * (value - _window.Median) / scale;
        var jump = Math.Min(1.5 * level, 0.8 * sign * (value - _last) / Math.Max(scale, 1.5 * _jump));
        var score = Math.Max(level, jump);
        feature = score == level ? "level" : "jump";
        return Math.Min(Math.Min(score, ScoreMax), Seasonal(ms, value, sign, scale));
    }

    /// <summary>
    /// How rare it is that so many of the latest points reach what they reach, at the best of three lengths
    /// (Bonferroni). With q the rarity of one point, k of n independent points would have C(n, k)·q^k; neighbours
    /// depend (a spike may span two scrapes), so the exponent is (k + 1)/2.
    /// </summary>
    private double RunPValue()
    {
        var best = OneRun(_policy.Votes, _policy.Of);
        if (_policy.Of <= RecentScores.Capacity - 4)
        {
            best = Math.Min(best, OneRun(_policy.Of + 1, _policy.Of + 2));
        }

        if (_policy.Of < RecentScores.Capacity)
        {
            best = Math.Min(best, OneRun(RecentScores.Capacity, RecentScores.Capacity));
        }

        return Math.Clamp(3 * best, 1e-16, 1);
    }

    private double OneRun(int k, int n)
    {
        var q = _tail.PValue(_recent.Reached(k, n), FeatureCount);
        var choices = 1d;
        for (var index = 1; index <= n - k; index++)
        {
            choices *= (double)(n - index + 1) / index;
        }

        return choices * Math.Pow(q, (k + 1) / 2d);
    }

    /// <summary>Score against the usual level of this hour, or infinity when that is not known: the milder of both
    /// counts.</summary>
    private double Seasonal(long ms, double value, int sign, double scale) =>
        _hours.TryGet(ms, out var usual, out var spread)
            ? Math.Max(0, sign * (value - usual) / Math.Max(scale, 1.25 * spread))
            : double.PositiveInfinity;

    /// <summary>Unit of deviation: the largest of the floors and the spreads, wider while little is known.</summary>
    private double ScaleOf(bool up)
    {
        var median = Math.Abs(_window.Median);
        var spread = Math.Max(_window.Deviation, up ? _window.SpreadUp : _window.SpreadDown);
        var floor = Math.Max(_policy.ScaleAbsolute, _policy.ScaleRelative * median);
        return Math.Max(floor, spread) * (1 + (8d / Math.Max(8, _window.Count)));
    }

    private bool Matters(double value, bool isUp, double share)
    {
        var isBadSide = _meaning.Bad == BadDirection.Both || isUp == (_meaning.Bad == BadDirection.High);
        return isBadSide && _policy.Matters(value, _window.Median, isUp, share);
    }

    private bool MayBeStuck() => _meaning.Role is SignalRole.Traffic or SignalRole.Cpu or SignalRole.Network or SignalRole.Other;

    private bool MayRepeat() =>
        _meaning.Role is not (SignalRole.Latency or SignalRole.Errors or SignalRole.Availability or SignalRole.Restarts);

    private bool IsStuck(double value, ref double p)
    {
        var isStuck = _flat.IsStuck(value, out var runP);
        p = isStuck ? Math.Min(p, runP) : p;
        return isStuck;
    }

    private void Adapt(in Verdict verdict, double score)
    {
        if (_alarm.IsRaised)
        {
            _pendingCount = 0;
            _pendingPeak = 0;
            var isLong = verdict.NowMs - _alarm.RaisedMs > _options.AdaptAfter.TotalMilliseconds;
            if (isLong && ++_adaptSkip % AdaptStride == 0)
            {
                Learn(verdict.StartMs, verdict.Observed, score: 0);
            }
        }
        else if (verdict.Votes && _pendingCount < PendingMax)
        {
            _pendingCount++;
            _pendingPeak = Math.Max(_pendingPeak, score);
        }
        else
        {
            Learn(verdict.StartMs, verdict.Observed, score);
            FlushPending();
        }
    }

    /// <summary>A spike that passed without an alarm belongs to the healthy tail.</summary>
    private void FlushPending()
    {
        if (_pendingCount > 0 && !_alarm.IsPending)
        {
            _tail.Add(_pendingPeak, _pendingCount);
            _pendingCount = 0;
            _pendingPeak = 0;
        }
    }

    private void Learn(long ms, double value, double score)
    {
        _window.Add(value);
        _hours.Add(ms, value);
        if (_window.Count > 8)
        {
            _tail.Add(score);
        }
    }

    private void Follow(double value)
    {
        if (_pace.Points == 1)
        {
            _last = value;
        }

        _jump += 0.05 * (Math.Abs(value - _last) - _jump);
        _last = value;
    }
}
