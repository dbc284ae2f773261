using System.Runtime.CompilerServices;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>Everything the ensemble knows of one series.</summary>
public struct SeriesState
{
    internal const int DayBins = 48;
    internal const int SpectralBins = 16;
    internal const int Order = 4;
    internal const int SketchSize = 256;

    internal LaneTails Tails;
    internal long LastMs;
    internal int Count;
    internal float Last;
    internal float Interval;
    internal float Fast, Mid, Slow;
    internal float FastVar, MidVar, SlowVar, FastDistanceVar;
    internal float DiffVar, RoughFast, RoughMid;
    internal float SeasonVar, Lasting;
    internal float Low, High;
    internal float FlatRun;
    internal float ForecastVar;
    internal int Word1, Word2;
    internal float WordCount, TripleCount;
    internal DayFloats Day;
    internal DayBytes DaySeen;
    internal WeekFloats Week;
    internal OrderFloats Coefficients, Recent;
    internal SpectralFloats Real, Imaginary;
    internal WordCells Words;
    internal SketchCells Triples;

    [InlineArray(DayBins)]
    internal struct DayFloats
    {
        private float _first;
    }

    [InlineArray(DayBins)]
    internal struct DayBytes
    {
        private byte _first;
    }

    [InlineArray(7)]
    internal struct WeekFloats
    {
        private float _first;
    }

    [InlineArray(Order)]
    internal struct OrderFloats
    {
        private float _first;
    }

    [InlineArray(SpectralBins)]
    internal struct SpectralFloats
    {
        private float _first;
    }

    [InlineArray(128)]
    internal struct WordCells
    {
        private byte _first;
    }

    [InlineArray(SketchSize)]
    internal struct SketchCells
    {
        private byte _first;
    }
}
