namespace CaaS.History.Blocks;

/// <summary>Points of one series in the head, in order of arrival.</summary>
/// <remarks>Hot path: an add is two array stores.</remarks>
internal sealed class HeadSeries
{
    private long[] _timestampMs = new long[16];
    private double[] _value = new double[16];
    private int _count;
    private bool _isSorted = true;

    public int Count => _count;

    public void Add(long timestampMs, double value)
    {
        if (_count == _timestampMs.Length)
        {
            Array.Resize(ref _timestampMs, 2 * _count);
            Array.Resize(ref _value, 2 * _count);
        }

        _isSorted &= _count == 0 || _timestampMs[_count - 1] < timestampMs;
        _timestampMs[_count] = timestampMs;
        _value[_count] = value;
        _count++;
    }

    /// <summary>Points of a time range by time; of the same instant the last to arrive.</summary>
    public (long[] TimestampMs, double[] Value) Range(long fromMs, long toMs)
    {
        var order = new List<int>(_count);
        for (var index = 0; index < _count; index++)
        {
            if (_timestampMs[index] >= fromMs && _timestampMs[index] < toMs)
            {
                order.Add(index);
            }
        }

        if (!_isSorted)
        {
            order.Sort((left, right) =>
            {
                var byTime = _timestampMs[left].CompareTo(_timestampMs[right]);
                return byTime != 0 ? byTime : left.CompareTo(right);
            });
        }

        var times = new List<long>(order.Count);
        var values = new List<double>(order.Count);
        foreach (var index in order)
        {
            if (times.Count > 0 && times[^1] == _timestampMs[index])
            {
                values[^1] = _value[index];
                continue;
            }

            times.Add(_timestampMs[index]);
            values.Add(_value[index]);
        }

        return ([.. times], [.. values]);
    }

    /// <summary>Earliest and latest time.</summary>
    public (long MinMs, long MaxMs) Bounds()
    {
        var all = _timestampMs.AsSpan(0, _count);
        var (min, max) = (long.MaxValue, long.MinValue);
        foreach (var ms in all)
        {
            min = Math.Min(min, ms);
            max = Math.Max(max, ms);
        }

        return (min, max);
    }
}
