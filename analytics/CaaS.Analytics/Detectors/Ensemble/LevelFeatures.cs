using static CaaS.Analytics.Detectors.Ensemble.EnsembleFeature;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Deviations from means, spreads and ranges.</summary>
/// <remarks>Hot path: about forty flops and eight square roots a point, no allocation.</remarks>
internal static class LevelFeatures
{
    /// <summary>Points taken as they are before any is held to be an outlier.</summary>
    public const int Warmth = 20;

    private const float CountRateMax = 25;
    private const float GrowthMax = 0.25f;

    /// <summary>Deviations of the point, then the state with it.</summary>
    public static void Step(ref SeriesState s, float x, float floor, Span<float> z, FeatureRates rates)
    {
        var number = s.Count;
        var warm = 1f / number;
        var (fast, mid, slow) = (Math.Max(rates.Fast, warm), Math.Max(rates.Mid, warm), Math.Max(rates.Slow, warm));
        var (toFast, toMid, toSlow, step) = (x - s.Fast, x - s.Mid, x - s.Slow, x - s.Last);
        var deviationSlow = MathF.Sqrt(s.SlowVariance) + floor;

        z[(int)LevelFast] = toFast / (MathF.Sqrt(s.FastDistanceVariance) + floor);
        z[(int)LevelMid] = toMid / (MathF.Sqrt(s.MidVariance) + floor);
        z[(int)LevelSlow] = toSlow / deviationSlow;
        z[(int)Difference] = step / (MathF.Sqrt(s.StepVariance) + floor);
        z[(int)ShiftFast] = 4 * (s.Fast - s.Slow) / deviationSlow;
        z[(int)ShiftMid] = 4 * (s.Mid - s.Slow) / deviationSlow;
        z[(int)Variance] = 4 * MathF.Log2(
            (s.FastVariance + (floor * floor) + 1e-36f) / (s.MidVariance + (floor * floor) + 1e-36f));
        z[(int)Roughness] = 8 * MathF.Log2((s.RoughFast + floor) / (s.RoughMid + floor));
        z[(int)EnsembleFeature.Range] = 10 * Outside(s, x) / (s.High - s.Low + floor);
        s.High = Math.Max(s.High, x);
        s.Low = Math.Min(s.Low, x);
        s.FlatRun = step == 0 ? s.FlatRun + 1 : 0;
        z[(int)EnsembleFeature.FlatRun] = s.FlatRun;
        Count(ref s, x, z);

        s.Burst += Math.Max(rates.Burst, warm) * (x - s.Burst);
        var toBurst = s.Burst - s.Mid;
        z[(int)EnsembleFeature.Burst] = toBurst / (MathF.Sqrt(s.BurstVariance) + floor);
        s.BurstVariance = Grown(s.BurstVariance, toBurst, mid, number);
        s.FastDistanceVariance = Grown(s.FastDistanceVariance, toFast, mid, number);
        s.Fast += fast * toFast;
        s.FastVariance += fast * ((toFast * toFast) - s.FastVariance);
        s.Mid += mid * toMid;
        s.MidVariance = Grown(s.MidVariance, toMid, mid, number);
        var reach = number < Warmth ? float.MaxValue : deviationSlow * MathF.Sqrt(GrowthMax / slow);
        s.Slow += slow * Math.Clamp(toSlow, -reach, reach);
        s.SlowVariance = Grown(s.SlowVariance, toSlow, slow, number);
        s.StepVariance = Grown(s.StepVariance, step, mid, number);
        s.RoughFast += fast * (MathF.Abs(step) - s.RoughFast);
        s.RoughMid += mid * (MathF.Abs(step) - s.RoughMid);
    }

    /// <summary>Decayed variance that no single point raises by more than a quarter: an outlier widens the band a
    /// little, a new habit widens it soon.</summary>
    public static float Grown(float variance, float distance, float share, int number)
    {
        var added = share * ((distance * distance) - variance);
        return variance + (number < Warmth || variance <= 0 ? added : Math.Min(added, GrowthMax * variance));
    }

    private static float Outside(in SeriesState s, float x) =>
        x > s.High ? x - s.High : x < s.Low ? x - s.Low : 0;

    /// <summary>Small whole numbers are judged as counts: by the square root, which makes the spread of a Poisson count
    /// the same at every rate (Anscombe 1948).</summary>
    private static void Count(ref SeriesState s, float x, Span<float> z)
    {
        s.IsNotCount |= x < 0 || x != MathF.Floor(x);
        if (!s.IsNotCount && s.Slow < CountRateMax)
        {
            z[(int)LevelSlow] = 2 * (MathF.Sqrt(x + 0.375f) - MathF.Sqrt(Math.Max(0, s.Slow) + 0.375f));
        }
    }
}
