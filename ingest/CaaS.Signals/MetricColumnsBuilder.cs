namespace CaaS.Signals;

/// <summary>Collects points into <see cref="MetricColumns"/>, keeping each series once.</summary>
/// <remarks>Not thread-safe. Add is O(1); a series seen before costs one dictionary look-up.</remarks>
public sealed class MetricColumnsBuilder
{
    private readonly Dictionary<SeriesKey, int> _indexOf = [];
    private readonly List<SeriesKey> _series = [];
    private readonly List<int> _seriesIndex = [];
    private readonly List<long> _timestampMs = [];
    private readonly List<double> _value = [];

    /// <summary>Points collected so far.</summary>
    public int Count => _value.Count;

    /// <summary>Adds one point.</summary>
    /// <param name="series">Series it belongs to.</param>
    /// <param name="timestampMs">Unix milliseconds UTC.</param>
    /// <param name="value">Value; NaN marks staleness.</param>
    public void Add(SeriesKey series, long timestampMs, double value)
    {
        if (!_indexOf.TryGetValue(series, out var index))
        {
            index = _series.Count;
            _indexOf.Add(series, index);
            _series.Add(series);
        }

        _seriesIndex.Add(index);
        _timestampMs.Add(timestampMs);
        _value.Add(value);
    }

    /// <summary>Hands out the columns and starts anew.</summary>
    /// <returns>What was added since the last call.</returns>
    public MetricColumns Drain()
    {
        var columns = new MetricColumns([.. _series], [.. _seriesIndex], [.. _timestampMs], [.. _value]);
        _indexOf.Clear();
        _series.Clear();
        _seriesIndex.Clear();
        _timestampMs.Clear();
        _value.Clear();
        return columns;
    }
}
