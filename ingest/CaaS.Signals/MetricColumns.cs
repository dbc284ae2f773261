using System.Collections.Immutable;

namespace CaaS.Signals;

/// <summary>The metric points of a batch, one column a property; all columns have the same length.</summary>
/// <remarks>Immutable by contract: the arrays are never written after construction.</remarks>
public sealed class MetricColumns
{
    /// <summary>No points.</summary>
    public static readonly MetricColumns Empty = new([], [], [], []);

    /// <summary>Takes ownership of the columns.</summary>
    /// <param name="series">Distinct series of the batch.</param>
    /// <param name="seriesIndex">Row → index into <paramref name="series"/>.</param>
    /// <param name="timestampMs">Row → Unix milliseconds UTC.</param>
    /// <param name="value">Row → value.</param>
    /// <exception cref="ArgumentException">The columns differ in length or an index is out of range.</exception>
    public MetricColumns(ImmutableArray<SeriesKey> series, int[] seriesIndex, long[] timestampMs, double[] value)
    {
        if (seriesIndex.Length != timestampMs.Length || seriesIndex.Length != value.Length)
        {
            throw new ArgumentException("Metric columns differ in length.", nameof(value));
        }

        foreach (var index in seriesIndex)
        {
            if ((uint)index >= (uint)series.Length)
            {
                throw new ArgumentException($"Series index {index} is outside the {series.Length} series.", nameof(seriesIndex));
            }
        }

        Series = series;
        SeriesIndex = seriesIndex;
        TimestampMs = timestampMs;
        Value = value;
    }

    /// <summary>Distinct series of the batch.</summary>
    public ImmutableArray<SeriesKey> Series { get; }

    /// <summary>Row → index into <see cref="Series"/>.</summary>
    public IReadOnlyList<int> SeriesIndex { get; }

    /// <summary>Row → Unix milliseconds UTC.</summary>
    public IReadOnlyList<long> TimestampMs { get; }

    /// <summary>Row → value.</summary>
    public IReadOnlyList<double> Value { get; }

    /// <summary>Number of points.</summary>
    public int Count => SeriesIndex.Count;

    /// <summary>Reads one row.</summary>
    /// <param name="index">Row, from 0.</param>
    /// <returns>The point.</returns>
    public MetricPoint At(int index) => new(Series[SeriesIndex[index]], TimestampMs[index], Value[index]);
}
