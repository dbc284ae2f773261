using System.Runtime.CompilerServices;
using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors;

/// <summary>The latest healthy values of one series, kept in order of size: exact median, spread and
/// quantiles.</summary>
/// <remarks>
/// Hot path: 48 floats twice, no allocation, O(48) moves an insertion. Insertions are thinned out as history grows
/// (every value at first, every eighth later), so that the window spans half an hour at five seconds without growing.
/// Mutable struct: keep it in a field, never copy it.
/// </remarks>
internal struct RobustWindow
{
    /// <summary>Values kept.</summary>
    public const int Capacity = 48;

    private Values _ring;
    private Values _sorted;
    private int _count;
    private int _next;
    private int _accepted;
    private int _skip;
    private bool _isFresh;
    private float _median;
    private float _deviation;
    private float _q10;
    private float _q90;

    /// <summary>Values held now.</summary>
    public readonly int Count => _count;

    /// <summary>Median, or 0 when empty.</summary>
    public double Median
    {
        get
        {
            Refresh();
            return _median;
        }
    }

    /// <summary>Median absolute deviation times 1.4826, or 0 when empty.</summary>
    public double Deviation
    {
        get
        {
            Refresh();
            return _deviation;
        }
    }

    /// <summary>Upper spread in standard deviations of a normal law: (q90 − median) / 1.2816.</summary>
    public double SpreadUp
    {
        get
        {
            Refresh();
            return (_q90 - _median) / 1.2816;
        }
    }

    /// <summary>Lower spread, as <see cref="SpreadUp"/>.</summary>
    public double SpreadDown
    {
        get
        {
            Refresh();
            return (_median - _q10) / 1.2816;
        }
    }

    /// <summary>Ninetieth percentile, or 0 when empty.</summary>
    public double Q90
    {
        get
        {
            Refresh();
            return _q90;
        }
    }

    /// <summary>Takes in a healthy value, or lets it pass when history is long.</summary>
    /// <param name="value">Finite value.</param>
    public void Add(double value)
    {
        _accepted++;
        if (--_skip > 0)
        {
            return;
        }

        _skip = Math.Min(8, 1 + (_accepted / (2 * Capacity)));
        var item = (float)value + 0f; // No −0: equal values are then the same bits, in whichever order they lie.
        if (_count == Capacity)
        {
            Remove(_ring[_next]);
        }

        Insert(item);
        _ring[_next] = item;
        _next = (_next + 1) % Capacity;
        _isFresh = false;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Span<float>(_ring);
        _count = archive.Within(_count, 0, Capacity);
        _next = archive.Within(_next, 0, Capacity - 1);
        archive.Value(ref _accepted);
        archive.Value(ref _skip);
        if (archive.IsLoading)
        {
            Span<float> sorted = _sorted;
            ((ReadOnlySpan<float>)_ring)[.._count].CopyTo(sorted);
            sorted[.._count].Sort();
            _isFresh = false;
        }
    }

    private void Insert(float item)
    {
        Span<float> sorted = _sorted;
        var index = sorted[.._count].BinarySearch(item);
        index = index < 0 ? ~index : index;
        sorted[index.._count].CopyTo(sorted[(index + 1)..]);
        sorted[index] = item;
        _count++;
    }

    private void Remove(float item)
    {
        Span<float> sorted = _sorted;
        var index = sorted[.._count].BinarySearch(item);
        sorted[(index + 1).._count].CopyTo(sorted[index..]);
        _count--;
    }

    private void Refresh()
    {
        if (_isFresh || _count == 0)
        {
            return;
        }

        _isFresh = true;
        _median = Middle();
        _q10 = _sorted[(_count - 1) / 10];
        _q90 = _sorted[(_count - 1) - ((_count - 1) / 10)];
        _deviation = 1.4826f * MiddleDistance();
    }

    private readonly float Middle() =>
        _count % 2 == 1 ? _sorted[_count / 2] : (_sorted[(_count / 2) - 1] + _sorted[_count / 2]) / 2;

    /// <summary>Median of the distances to the median: walks outwards from the middle, O(n/2).</summary>
    private readonly float MiddleDistance()
    {
        var right = _count / 2;
        var left = right - 1;
        var distance = 0f;
        for (var step = 0; step <= _count / 2; step++)
        {
            var toLeft = left >= 0 ? _median - _sorted[left] : float.PositiveInfinity;
            var toRight = right < _count ? _sorted[right] - _median : float.PositiveInfinity;
            if (toLeft < toRight)
            {
                distance = toLeft;
                left--;
            }
            else if (right < _count)
            {
                distance = toRight;
                right++;
            }
        }

        return distance;
    }

    [InlineArray(Capacity)]
    private struct Values
    {
        private float _first;
    }
}
