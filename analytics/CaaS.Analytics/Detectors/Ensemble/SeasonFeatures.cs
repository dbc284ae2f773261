using static CaaS.Analytics.Detectors.Ensemble.EnsembleFeature;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Deviations from the daily pattern: 32 parts of the day, and a level per day of the week.</summary>
internal static class SeasonFeatures
{
    private const int DayMs = 86_400_000;
    private const int FourthOfJanuary1970IsSunday = 4;
    private const float WeekShare = 0.2f;
    private const float ClipAt = 6;

    /// <summary>Deviations of the point, then the pattern with it.</summary>
    /// <remarks>A part of the day is used from the second day on.</remarks>
    public static void Step(ref SeriesState s, long ms, float x, float floor, Span<float> z, FeatureRates rates)
    {
        var day = (int)(ms / DayMs);
        var bin = (byte)(ms % DayMs * SeriesState.DayBins / DayMs);
        if (day != s.Day)
        {
            s.BinsKnown |= s.BinsToday;
            s.BinsToday = 0;
            s.DaysSeen += (short)(s.DaysSeen < 1000 ? 1 : 0);
            s.Day = day;
            s.BinNow = byte.MaxValue;
        }

        s.VisitsNow = bin == s.BinNow ? (byte)Math.Min(255, s.VisitsNow + 1) : (byte)0;
        s.BinNow = bin;
        s.BinsToday |= 1U << bin;
        ref var weekday = ref s.Weekly[(day + FourthOfJanuary1970IsSunday) % 7];
        var perBin = Math.Max(1, DayMs / (float)SeriesState.DayBins / Math.Max(1000, s.Interval));
        var share = 0.6931f / (0.6931f + (perBin * rates.SeasonDays));
        share = Math.Max(share, 1 / ((perBin * Math.Max(0, s.DaysSeen - 1)) + s.VisitsNow + 1));
        var slowly = Math.Max(rates.Mid / 4, 1f / s.Count);
        var daily = s.Daily[bin];
        var distance = x - daily;
        if ((s.BinsKnown & (1U << bin)) != 0)
        {
            var deviation = MathF.Sqrt(s.SeasonVariance) + floor;
            var whole = distance - weekday;
            z[(int)Season] = whole / deviation;
            var clipped = Math.Clamp(whole / deviation, -ClipAt, ClipAt);
            s.Lasting += rates.Lasting * (clipped - s.Lasting);
            z[(int)SeasonLasting] = 4 * s.Lasting;
            s.SeasonVariance = LevelFeatures.Grown(s.SeasonVariance, whole, slowly, s.Count);
            weekday += share * WeekShare * Math.Clamp(whole, -ClipAt * deviation, ClipAt * deviation);
            distance = Math.Clamp(distance, -ClipAt * deviation, ClipAt * deviation);
        }
        else
        {
            s.SeasonVariance = LevelFeatures.Grown(s.SeasonVariance, x - s.Slow, slowly, s.Count);
        }

        s.Daily[bin] = daily + (share * distance);
    }

    /// <summary>Whether most of the movement of a series repeats every day, once three days were seen.</summary>
    public static bool IsDaily(in SeriesState s) => s.DaysSeen > 3 && s.SeasonVariance < 0.5f * s.SlowVariance;

    /// <summary>Usual value of the time, as the pattern has it.</summary>
    public static float Expected(in SeriesState s, long ms)
    {
        var day = (int)(ms / DayMs);
        var bin = (int)(ms % DayMs * SeriesState.DayBins / DayMs);
        return s.Daily[bin] + s.Weekly[(day + FourthOfJanuary1970IsSunday) % 7];
    }
}
