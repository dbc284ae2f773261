using System.Runtime.CompilerServices;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Everything the ensemble knows of one series; default is a series never seen.</summary>
/// <remarks>
/// A plain value without references, less than 1,024 bytes: keep them in one array, take snapshots by copying memory.
/// Mutable struct: pass by reference.
/// </remarks>
public struct SeriesState
{
    internal const int DayBins = 32;
    internal const int SpectralBins = 8;
    internal const int Order = 4;
    internal const int WordCount = 8 * 13;

    internal LaneTails Tails;
    internal AlarmRest Rest;
    internal long LastMs;
    internal uint BinsKnown;
    internal uint BinsToday;
    internal int Count;
    internal int Day;
    internal float Last;
    internal float Interval;
    internal float GapMax;
    internal float Fast;
    internal float Mid;
    internal float Slow;
    internal float Burst;
    internal float FastVariance;
    internal float FastDistanceVariance;
    internal float MidVariance;
    internal float SlowVariance;
    internal float BurstVariance;
    internal float StepVariance;
    internal float RoughFast;
    internal float RoughMid;
    internal float SeasonVariance;
    internal float Lasting;
    internal float Low;
    internal float High;
    internal float FlatRun;
    internal float ForecastVariance;
    internal float WordsSeen;
    internal float Strange;
    internal short DaysSeen;
    internal byte BinNow;
    internal byte VisitsNow;
    internal bool IsNotCount;
    internal Days Daily;
    internal Weekdays Weekly;
    internal Coefficients Forecast;
    internal Coefficients Recent;
    internal Spectrum Real;
    internal Spectrum Imaginary;
    internal Words Context;

    /// <summary>Bytes of a state.</summary>
    public static int Size => Unsafe.SizeOf<SeriesState>();

    /// <summary>Points taken in.</summary>
    public readonly int PointCount => Count;

    /// <summary>How strange the series is now, decimal digits of all features together, from 0: unlike the score of a
    /// verdict it stays up while a point is strange and cools down afterwards. For ranking moments and series; alarms
    /// are told by the verdict.</summary>
    public readonly float Strangeness => Strange;

    /// <summary>Distance of a value from the slow mean in standard deviations; 0 for a missing one.</summary>
    internal readonly float Deviation(double value) =>
        Count < LevelFeatures.Warmth || !double.IsFinite(value)
            ? 0
            : ((float)value - Slow) / (MathF.Sqrt(SlowVariance) + (1e-6f * MathF.Abs(Slow)) + 1e-18f);

    [InlineArray(DayBins)]
    internal struct Days
    {
        private float _first;
    }

    [InlineArray(7)]
    internal struct Weekdays
    {
        private float _first;
    }

    [InlineArray(Order)]
    internal struct Coefficients
    {
        private float _first;
    }

    [InlineArray(SpectralBins)]
    internal struct Spectrum
    {
        private float _first;
    }

    [InlineArray(WordCount)]
    internal struct Words
    {
        private byte _first;
    }
}
