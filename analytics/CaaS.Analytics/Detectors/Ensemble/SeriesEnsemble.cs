using System.Runtime.Intrinsics;
using static CaaS.Analytics.Detectors.Ensemble.EnsembleFeature;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>The streaming detector of single series: sixteen features, each ranked in the series' own past, combined by
/// family, and an alarm policy that rests.</summary>
/// <remarks>
/// Causal: a point is judged by those before it. O(1) a point, no allocation. The object holds constants only and may
/// be shared; the caller owns the states. Missing points (NaN, infinity) say nothing and change nothing; late and
/// duplicate points are ignored; gaps only show in <see cref="SilenceOdds"/>. The first twenty points are not judged:
/// there is nothing yet to be strange against.
/// </remarks>
public sealed class SeriesEnsemble
{
    /// <summary>First feature of each family, and the end: features of a family tell the same story, so only the
    /// loudest of them is heard.</summary>
    private static readonly byte[] FamilyStarts =
    [
        (byte)LevelFast, (byte)Difference, (byte)LevelMid, (byte)EnsembleFeature.Range, (byte)Season,
        (byte)SeasonLasting, (byte)ShiftFast, (byte)Variance, (byte)Context, EnsembleOptions.FeatureCount,
    ];

    private const float RipeAfter = 200;
    private const float RipeAt = 2000;
    private const float RipePaceMs = 300_000;
    private const float FastestPaceMs = 60_000;
    private const float SlowestPaceMs = 3_600_000;
    private const float DoubtFrom = 2;
    private const float StrangeFrom = 0.5f;

    private readonly EnsembleOptions _options;
    private readonly FeatureRates _rates;
    private readonly float[] _weights;

    /// <summary>Makes a detector.</summary>
    /// <param name="options">Constants.</param>
    /// <exception cref="ArgumentException">The weights are not sixteen.</exception>
    public SeriesEnsemble(EnsembleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Weights.Length != EnsembleOptions.FeatureCount)
        {
            throw new ArgumentException("The ensemble needs one weight per feature.", nameof(options));
        }

        _options = options;
        _rates = FeatureRates.Of(options);
        _weights = [.. options.Weights];
    }

    /// <summary>Families of features, as index ranges of <see cref="EnsembleFeature"/>.</summary>
    public static IReadOnlyList<Range> Families { get; } =
        [.. Enumerable.Range(0, FamilyStarts.Length - 1).Select(f => FamilyStarts[f]..FamilyStarts[f + 1])];

    /// <summary>Takes in a point and judges it.</summary>
    /// <param name="state">State of the series.</param>
    /// <param name="ms">When, Unix milliseconds, not negative.</param>
    /// <param name="value">Value; NaN is a missing one.</param>
    /// <returns>The verdict.</returns>
    public EnsembleVerdict Step(ref SeriesState state, long ms, double value)
    {
        Span<float> surprises = stackalloc float[EnsembleOptions.FeatureCount];
        return Step(ref state, ms, value, surprises);
    }

    /// <summary>As <see cref="Step(ref SeriesState, long, double)"/>, with the evidence.</summary>
    /// <param name="state">State of the series.</param>
    /// <param name="ms">When, Unix milliseconds, not negative.</param>
    /// <param name="value">Value; NaN is a missing one.</param>
    /// <param name="surprises">Sixteen out: rarity by feature, decimal digits, before weights.</param>
    /// <returns>The verdict.</returns>
    public EnsembleVerdict Step(ref SeriesState state, long ms, double value, Span<float> surprises)
    {
        surprises.Clear();
        var x = (float)value;
        if (!float.IsFinite(x) || ms < 0 || (state.Count > 0 && ms <= state.LastMs))
        {
            return default;
        }

        if (state.Count == 0)
        {
            Begin(ref state, ms, x);
            return default;
        }

        Span<float> deviations = stackalloc float[EnsembleOptions.FeatureCount];
        deviations.Clear();
        Deviate(ref state, ms, x, deviations);
        if (++state.Count <= LevelFeatures.Warmth)
        {
            return default;
        }

        state.Tails.Rank(deviations, surprises, _options.Beyond);
        state.Strange = MathF.Max(Evidence(surprises, StrangeFrom), state.Strange * _rates.Cooling);
        var verdict = Combine(ref state, surprises);
        if (Evidence(surprises, DoubtFrom) <= _options.DoubtAt || state.Count % _options.DoubtEvery == 0)
        {
            state.Tails.Remember(deviations, _options.Memory, state.Count);
        }

        return verdict;
    }

    /// <summary>How unusual it is that nothing came for so long.</summary>
    /// <param name="state">State of the series.</param>
    /// <param name="nowMs">Now, Unix milliseconds.</param>
    /// <returns>The silence as a multiple of the longest gap seen between points; 0 before the tenth point.</returns>
    public static double SilenceOdds(in SeriesState state, long nowMs) =>
        state.Count < 10 ? 0 : Math.Max(0, nowMs - state.LastMs) / Math.Max(1, Math.Max(state.GapMax, state.Interval));

    /// <summary>Explains a verdict just given.</summary>
    /// <param name="state">State after the point.</param>
    /// <param name="ms">When the point was, Unix milliseconds.</param>
    /// <param name="value">Its value.</param>
    /// <param name="verdict">Its verdict.</param>
    /// <returns>Numbers and words.</returns>
    public static EnsembleExplanation Explain(
        in SeriesState state, long ms, double value, EnsembleVerdict verdict)
    {
        var (middle, variance) = verdict.Feature switch
        {
            Season or SeasonLasting => (SeasonFeatures.Expected(state, ms), state.SeasonVariance),
            LevelSlow or EnsembleFeature.Range or ShiftFast or ShiftMid => (state.Slow, state.SlowVariance),
            LevelFast or Difference or Autoregressive or Spectral => (state.Fast, state.FastDistanceVariance),
            _ => (state.Mid, state.MidVariance),
        };
        var reach = 3 * Math.Sqrt(variance);
        return new EnsembleExplanation(
            verdict.Feature, value, middle, middle - reach, middle + reach, Math.Pow(10, verdict.Surprise));
    }

    /// <summary>How ripe a series is, decimal digits: its points, and how many of them come in an hour, since people
    /// count alarms by the day, not by the point. Not believed beyond a point a minute and a point an hour.</summary>
    /// <param name="count">Points taken in.</param>
    /// <param name="intervalMs">Time between points, milliseconds.</param>
    /// <returns>0 for 1,800 points at one in five minutes, one more for ten times the points or the pace.</returns>
    public static float Ripeness(int count, float intervalMs) => MathF.Log10(
        (count + RipeAfter) / RipeAt * (RipePaceMs / Math.Clamp(intervalMs, FastestPaceMs, SlowestPaceMs)));

    /// <summary>Evidence of all features together, unweighted: rarities beyond some digits, summed as Fisher's method
    /// sums logarithms of p-values.</summary>
    private static float Evidence(ReadOnlySpan<float> surprises, float from) => Vector512.Sum(Vector512.Max(
        Vector512.Create(surprises) - Vector512.Create(from), Vector512<float>.Zero));

    private static void Begin(ref SeriesState s, long ms, float x)
    {
        s.Count = 1;
        s.LastMs = ms;
        s.Day = -1;
        s.Last = s.Fast = s.Mid = s.Slow = s.Low = s.High = s.Burst = x;
    }

    private void Deviate(ref SeriesState s, long ms, float x, Span<float> z)
    {
        var gap = (float)(ms - s.LastMs);
        s.Interval = s.Count == 1
            ? gap
            : s.Interval + (Math.Max(1f / s.Count, 0.02f) * (Math.Min(gap, 4 * s.Interval) - s.Interval));
        s.GapMax = Math.Max(s.GapMax * 0.9999f, gap);
        s.LastMs = ms;
        var floor = (1e-6f * (MathF.Abs(s.Slow) + MathF.Abs(x))) + 1e-18f;
        var level = (x - s.Mid) / (MathF.Sqrt(s.MidVariance) + floor);
        var slow = (x - s.Slow) / (MathF.Sqrt(s.SlowVariance) + floor);
        var step = (x - s.Last) / (MathF.Sqrt(s.StepVariance) + floor);
        RhythmFeatures.Step(ref s, level, slow, step, z);
        SeasonFeatures.Step(ref s, ms, x, floor, z, _rates);
        LevelFeatures.Step(ref s, x, floor, z, _rates);
        s.Last = x;
    }

    private EnsembleVerdict Combine(ref SeriesState state, ReadOnlySpan<float> surprises)
    {
        float first = 0, second = 0, third = 0;
        var loudest = 0;
        for (var family = 0; family < FamilyStarts.Length - 1; family++)
        {
            float most = 0;
            var at = 0;
            for (int lane = FamilyStarts[family]; lane < FamilyStarts[family + 1]; lane++)
            {
                var weighted = surprises[lane] * _weights[lane];
                if (weighted > most)
                {
                    (most, at) = (weighted, lane);
                }
            }

            if (most > first)
            {
                (first, second, third, loudest) = (most, first, second, at);
            }
            else if (most > second)
            {
                (second, third) = (most, second);
            }
            else if (most > third)
            {
                third = most;
            }
        }

        var score = first + (_options.Second * second) + (_options.Third * third)
            - (_options.Ripening * Ripeness(state.Count, state.Interval));
        var isAlarm = state.Rest.Step(state.Count, score, _options, state.Interval);
        return new EnsembleVerdict(score, isAlarm, (EnsembleFeature)loudest, surprises[loudest]);
    }
}
