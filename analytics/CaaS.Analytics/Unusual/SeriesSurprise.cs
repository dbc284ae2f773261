using System.Globalization;
using System.Runtime.CompilerServices;
using CaaS.Analytics.Detectors;
using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Analytics.Detectors.Multivariate;
using CaaS.Analytics.State;
using CaaS.Signals;

namespace CaaS.Analytics.Unusual;

/// <summary>Tells when one series does what it hardly ever did.</summary>
/// <remarks>
/// Every point is stepped through the ensemble; the shape of the series decides whose score counts, and the pool of
/// that judge turns it into a p-value. Of levels the score that two of the latest three points reach counts, so that
/// one odd scrape tells nothing. A p-value at or below the largest, outside the band that is told, raises; three points
/// in a row from <see cref="UsualFrom"/> on clear; what was told rests. A fault's points are learned as the judges
/// learn what they doubt, so a new habit ends the anomaly. Missing points say nothing. O(1) a point, no allocation
/// unless something is told.
/// </remarks>
internal sealed class SeriesSurprise
{
    /// <summary>A point at least as likely is usual.</summary>
    public const double UsualFrom = 0.01;

    /// <summary>Squares of larger values are beyond what the ensemble's numbers hold.</summary>
    private const double ValueMax = 1e18;

    private static readonly RolePolicy Policy = new(0, 0, 0, 1, 1, 1, 1);

    private readonly UnusualOptions _options;
    private readonly Alarm _alarm;
    private SeriesState _state;
    private SeriesRouter _router;
    private CountModel _counts;
    private Rest _rest;
    private double _last;
    private float _scoreBefore;

    /// <summary>Makes one that knows nothing.</summary>
    /// <param name="key">Series.</param>
    /// <param name="options">Settings.</param>
    public SeriesSurprise(SeriesKey key, UnusualOptions options)
    {
        Key = key;
        _options = options;
        _alarm = new Alarm(key, SignalRoles.Of(key.Metric, key.Labels), AnomalyKind.Unusual, Policy);
    }

    /// <summary>Bytes of the numbers one series keeps.</summary>
    public static int StateBytes => SeriesState.Size
        + Unsafe.SizeOf<SeriesRouter>() + Unsafe.SizeOf<CountModel>() + Unsafe.SizeOf<Rest>() + 32;

    /// <summary>Series.</summary>
    public SeriesKey Key { get; }

    /// <summary>Sort of series.</summary>
    public SeriesShape Shape => _router.Shape;

    /// <summary>True between Raised and Cleared.</summary>
    public bool IsRaised => _alarm.IsRaised;

    /// <summary>Points judged, those it was learned from left out.</summary>
    public long Judged { get; private set; }

    /// <summary>The step's now at the last point, Unix milliseconds.</summary>
    public long LastMs { get; private set; }

    /// <summary>Level of the last point, standard deviations, −6 to 6.</summary>
    public float Level { get; private set; }

    /// <summary>Evidence of the last point that it is where it should not be, decimal digits.</summary>
    public float Lasting { get; private set; }

    /// <summary>The ensemble's score of the last point, decimal digits.</summary>
    public float Score { get; private set; }

    /// <summary>Says why the shape is what it is, for people.</summary>
    /// <returns>A sentence.</returns>
    public string Explain() => _router.Explain();

    /// <summary>Takes in a point.</summary>
    /// <param name="sample">Point; one that is not finite or beyond 1e18, late or a duplicate changes nothing.</param>
    /// <param name="isLearning">True when it may not raise yet.</param>
    /// <param name="ensemble">Judge of levels.</param>
    /// <param name="pools">Scores of all series.</param>
    /// <returns>What is to be told, or null.</returns>
    public Anomaly? Take(in Sample sample, bool isLearning, SeriesEnsemble ensemble, ScorePools pools)
    {
        if (!(Math.Abs(sample.Value) <= ValueMax) || (_state.PointCount > 0 && sample.StartMs <= _state.LastMs))
        {
            return null;
        }

        Span<float> surprises = stackalloc float[EnsembleOptions.FeatureCount];
        LastMs = sample.NowMs;
        Level = EntityEvidence.LevelOf(_state, sample.Value);
        var verdict = ensemble.Step(ref _state, sample.StartMs, sample.Value, surprises);
        Lasting = EntityEvidence.Lasting(surprises);
        var run = Middle(_scoreBefore, Score, verdict.Score);
        (_scoreBefore, Score) = (Score, verdict.Score);
        var score = Shape switch
        {
            SeriesShape.Constant => sample.Value == _last ? 0 : -Math.Log10(_router.ChangeChance),
            SeriesShape.SparseCount => _counts.Surprise(sample),
            _ => run,
        };
        var isJudged = Shape != SeriesShape.Unknown && !isLearning;
        var told = isJudged ? Judge(sample, verdict, score, pools.Of(Shape, _state.PointCount)) : null;
        _counts.Learn(sample);
        _router.Add(sample, SeasonFeatures.IsDaily(_state));
        _last = sample.Value;
        return told;
    }

    /// <summary>Ends an anomaly of a series that is not measured any more.</summary>
    /// <param name="nowMs">The step's now.</param>
    /// <param name="why">Sentence for people.</param>
    /// <returns>Cleared, or null.</returns>
    public Anomaly? End(long nowMs, string why) => _alarm.End(nowMs, why);

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        _alarm.Sync(archive);
        archive.Value(ref _state);
        _router.Sync(archive);
        _counts.Sync(archive);
        _rest.Sync(archive);
        archive.Value(ref _last);
        archive.Value(ref _scoreBefore);
        Judged = archive.Value(Judged);
        LastMs = archive.Value(LastMs);
        Level = archive.Value(Level);
        Lasting = archive.Value(Lasting);
        Score = archive.Value(Score);
    }

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private Anomaly? Judge(in Sample sample, EnsembleVerdict verdict, double score, ScorePool pool)
    {
        Judged++;
        var p = pool.PValue(score);
        if (!_alarm.IsRaised)
        {
            pool.Add(score);
        }

        var isRare = p <= _options.PValueMax;
        var (low, high, why) = isRare || _alarm.IsRaised ? Band(sample, verdict) : default;
        var told = _alarm.Observe(
            new Verdict
            {
                StartMs = sample.StartMs,
                NowMs = sample.NowMs,
                Votes = isRare && !(sample.Value >= low && sample.Value <= high),
                IsInBand = p >= UsualFrom,
                IsUp = sample.Value >= (low + high) / 2,
                PValue = p,
                Drive = -Math.Log10(p),
                Observed = sample.Value,
                Low = low,
                High = high,
                Feature = why ?? "",
            },
            _rest.Holds(sample.NowMs, p));
        if (told?.State == AnomalyState.Raised)
        {
            _rest.Begin(sample.NowMs, p, _options.Rest);
        }

        return told;
    }

    /// <summary>What was expected, and how rare the point is in the series' own past.</summary>
    private (double Low, double High, string Why) Band(in Sample sample, EnsembleVerdict verdict)
    {
        switch (Shape)
        {
            case SeriesShape.Constant:
                return (_last, _last, string.Create(
                    CultureInfo.InvariantCulture, $"one point in {1 / _router.ChangeChance:N0} changes"));
            case SeriesShape.SparseCount:
                var high = _counts.High(sample.Exposure) / (sample.Exposure > 0 ? sample.Exposure : 1);
                return (0, high, "more events than its count ever explains");
            default:
                var told = SeriesEnsemble.Explain(_state, sample.StartMs, sample.Value, verdict);
                return Shape == SeriesShape.Ratio
                    ? (Math.Max(0, told.Low), Math.Min(1, told.High), told.Why)
                    : (told.Low, told.High, told.Why);
        }
    }
}
