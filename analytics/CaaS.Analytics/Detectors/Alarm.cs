using System.Globalization;
using System.IO.Hashing;
using System.Numerics;
using System.Text;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Detectors;

/// <summary>The alarm policy of one series: when verdicts become an anomaly, when it is told again, when it
/// ends.</summary>
/// <remarks>
/// k of n latest points must vote, all on the same side; three points in a row in the band clear. The onset is where a
/// one-sided CUSUM last left zero (Page, "Continuous inspection schemes", Biometrika 1954). The p-value told is the
/// harmonic mean of the voting points' (Wilson, "The harmonic mean p-value", PNAS 2019), which holds up under the
/// dependence of neighbouring points.
/// </remarks>
internal sealed class Alarm(SeriesKey key, SignalMeaning meaning, AnomalyKind kind, RolePolicy policy)
{
    private const int ClearPoints = 3;
    private const double Drift = 1.5;
    private const double DriveMax = 4;
    private const long OnsetBackMaxMs = 10 * 60 * 1000;
    private const long UpdateEveryMs = 30_000;

    private uint _votes;
    private int _voteCount;
    private double _inverse;
    private bool _wasUp;
    private double _cusum;
    private long _onsetMs;
    private int _inBand;
    private string _id = "";
    private long _raisedOnsetMs;
    private long _toldMs;
    private double _toldScore;
    private double _toldObserved;

    /// <summary>True between Raised and Cleared.</summary>
    public bool IsRaised { get; private set; }

    /// <summary>When it was raised, Unix milliseconds; 0 before.</summary>
    public long RaisedMs { get; private set; }

    /// <summary>True while votes that have not raised it are in the window.</summary>
    public bool IsPending => (_votes & Mask(policy.Of)) != 0;

    /// <summary>Takes in the verdict on the next point.</summary>
    /// <param name="verdict">Verdict.</param>
    /// <param name="isSuppressed">True when it must not raise: a known repetition, or too common a run.</param>
    /// <returns>What is to be told, or null.</returns>
    public Anomaly? Observe(in Verdict verdict, bool isSuppressed = false)
    {
        TrackOnset(verdict);
        TrackVotes(verdict);
        if (IsRaised)
        {
            return Continue(verdict);
        }

        var isEnough = BitOperations.PopCount(_votes & Mask(policy.Of)) >= policy.Votes;
        return verdict.Votes && isEnough && !isSuppressed ? Raise(verdict) : null;
    }

    /// <summary>Ends an anomaly whose series is not measured any more.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="why">Sentence for people.</param>
    /// <returns>Cleared, or null when nothing was raised.</returns>
    public Anomaly? End(long nowMs, string why)
    {
        if (!IsRaised)
        {
            return null;
        }

        var verdict = new Verdict { StartMs = nowMs, NowMs = nowMs, PValue = 1, Observed = double.NaN, Feature = "" };
        return Clear(verdict, why);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _votes);
        archive.Value(ref _voteCount);
        archive.Value(ref _inverse);
        archive.Value(ref _wasUp);
        archive.Value(ref _cusum);
        archive.Value(ref _onsetMs);
        archive.Value(ref _inBand);
        _id = archive.Text(_id);
        archive.Value(ref _raisedOnsetMs);
        archive.Value(ref _toldMs);
        archive.Value(ref _toldScore);
        archive.Value(ref _toldObserved);
        IsRaised = archive.Value(IsRaised);
        RaisedMs = archive.Value(RaisedMs);
    }

    private void TrackOnset(in Verdict verdict)
    {
        _cusum = Math.Max(0, _cusum + Math.Min(DriveMax, verdict.Drive) - Drift);
        if (_cusum == 0)
        {
            _onsetMs = 0;
        }
        else if (_onsetMs == 0)
        {
            _onsetMs = verdict.StartMs;
        }
    }

    private void TrackVotes(in Verdict verdict)
    {
        if (verdict.Votes && verdict.IsUp != _wasUp)
        {
            _votes = 0;
            _wasUp = verdict.IsUp;
        }

        _votes = (_votes << 1) | (verdict.Votes ? 1u : 0);
        if (!IsPending)
        {
            _voteCount = 0;
            _inverse = 0;
        }
        else if (verdict.Votes)
        {
            _voteCount++;
            _inverse += 1 / verdict.PValue;
        }
    }

    private Anomaly Raise(in Verdict verdict)
    {
        IsRaised = true;
        RaisedMs = verdict.NowMs;
        _inBand = 0;
        _raisedOnsetMs = Math.Max(_onsetMs == 0 ? verdict.StartMs : _onsetMs, verdict.NowMs - OnsetBackMaxMs);
        _id = IdOf(key, _raisedOnsetMs);
        return Tell(verdict, AnomalyState.Raised, Explain(verdict));
    }

    private Anomaly? Continue(in Verdict verdict)
    {
        _inBand = verdict.IsInBand ? _inBand + 1 : 0;
        if (_inBand >= ClearPoints)
        {
            return Clear(verdict, $"{key.Metric} is back in its band.");
        }

        var isStronger = verdict.Votes && verdict.NowMs - _toldMs >= UpdateEveryMs
            && (PValue() <= Math.Pow(10, -_toldScore - 2) || Math.Abs(verdict.Observed) >= 2 * Math.Abs(_toldObserved));
        return isStronger ? Tell(verdict, AnomalyState.Updated, Explain(verdict)) : null;
    }

    private Anomaly Clear(in Verdict verdict, string why)
    {
        var anomaly = Tell(verdict, AnomalyState.Cleared, why);
        IsRaised = false;
        RaisedMs = 0;
        _votes = 0;
        _voteCount = 0;
        _inverse = 0;
        _cusum = 0;
        _onsetMs = 0;
        return anomaly;
    }

    private Anomaly Tell(in Verdict verdict, AnomalyState state, string explanation)
    {
        var p = state == AnomalyState.Cleared ? verdict.PValue : PValue();
        _toldMs = verdict.NowMs;
        _toldScore = -Math.Log10(p);
        _toldObserved = verdict.Observed;
        return new Anomaly(
            _id, key.Entity, kind, key.Metric, key.Labels, meaning.Role, state, At(_raisedOnsetMs), At(verdict.NowMs), p,
            Math.Clamp(-Math.Log10(p), 0, 16), verdict.Observed, verdict.Low, verdict.High, meaning.Unit, explanation);
    }

    private double PValue() => _voteCount == 0 ? 1 : Math.Clamp(_voteCount / _inverse, 1e-16, 1);

    private string Explain(in Verdict verdict) => string.Create(
        CultureInfo.InvariantCulture,
        $"{key.Metric} is {verdict.Observed:0.####} {meaning.Unit}, expected {verdict.Low:0.####} to "
        + $"{verdict.High:0.####} ({verdict.Feature}, p {PValue():0.#e+0}).");

    private static uint Mask(int bits) => bits >= 32 ? uint.MaxValue : (1u << bits) - 1;

    /// <summary>Stable id of an anomaly.</summary>
    /// <param name="key">Series.</param>
    /// <param name="onsetMs">Onset.</param>
    /// <returns>16 hex digits.</returns>
    internal static string IdOf(SeriesKey key, long onsetMs) => XxHash3.HashToUInt64(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key.Text}|{onsetMs}")))
        .ToString("x16", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
