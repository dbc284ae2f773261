using System.Globalization;
using CaaS.Analytics.State;

namespace CaaS.Analytics.Unusual;

/// <summary>Says of which sort a series is by its own running statistics, and changes its mind slowly.</summary>
/// <remarks>
/// Shares of points that changed, are zero, are whole numbers of events, lie between zero and one; they fade with a
/// memory of two thousand points. A first answer needs two dozen points; another one must be the better answer for 32
/// points in a row. O(1) a point. Mutable struct, 56 bytes: keep it in a field.
/// </remarks>
internal struct SeriesRouter
{
    /// <summary>Points before the first answer.</summary>
    public const int PointsMin = 24;

    private const float Keep = 0.9995f;
    private const int StreakMin = 32;
    private const double WholeWithin = 0.02;
    private const float SparseMean = 5;

    private double _last;
    private float _points;
    private float _changes;
    private float _zeros;
    private float _wholes;
    private float _counted;
    private float _events;
    private float _inUnit;
    private float _fullHalf;
    private int _seen;
    private int _streak;
    private SeriesShape _candidate;

    /// <summary>The present answer.</summary>
    public SeriesShape Shape { get; private set; }

    /// <summary>Probability that the next point changes, by how rarely one did (Krichevsky and Trofimov's
    /// estimate).</summary>
    public readonly double ChangeChance => (_changes + 0.5) / (_points + 1);

    /// <summary>Takes in a point.</summary>
    /// <param name="sample">Point with a finite value.</param>
    /// <param name="isDaily">Whether most of the series' movement repeats every day.</param>
    public void Add(in Sample sample, bool isDaily)
    {
        var value = sample.Value;
        var count = sample.Count;
        Fade();
        _points++;
        _seen++;
        _changes += _seen > 1 && value != _last ? 1 : 0;
        _last = value;
        _zeros += value == 0 ? 1 : 0;
        _wholes += count >= 0 && Math.Abs(count - Math.Round(count)) <= WholeWithin ? 1 : 0;
        _counted += sample.Exposure > 0 ? 1 : 0;
        _events += (float)Math.Clamp(count, 0, 1e6);
        _inUnit += value is >= 0 and <= 1 ? 1 : 0;
        _fullHalf += value is >= 0.5 and <= 1 ? 1 : 0;
        if (_seen >= PointsMin)
        {
            Settle(Best(isDaily));
        }
    }

    /// <summary>Says why the series is what it is, for people.</summary>
    /// <returns>A sentence with the statistics that decided.</returns>
    public readonly string Explain()
    {
        var (of, mean) = (Math.Max(1, _points), _events / Math.Max(1, _points));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Words(Shape)}: of the last {of:0} points {_changes / of:P0} changed, {_zeros / of:P0} were zero, "
            + $"{_wholes / of:P0} whole (mean {mean:0.##}), {_inUnit / of:P0} within 0 and 1.");
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _last);
        archive.Value(ref _points);
        archive.Value(ref _changes);
        archive.Value(ref _zeros);
        archive.Value(ref _wholes);
        archive.Value(ref _counted);
        archive.Value(ref _events);
        archive.Value(ref _inUnit);
        archive.Value(ref _fullHalf);
        archive.Value(ref _seen);
        archive.Value(ref _streak);
        _candidate = (SeriesShape)archive.Within((int)_candidate, 0, (int)SeriesShape.Seasonal);
        Shape = (SeriesShape)archive.Within((int)Shape, 0, (int)SeriesShape.Seasonal);
    }

    private static string Words(SeriesShape shape) => shape switch
    {
        SeriesShape.Constant => "Hardly ever changes, so a change is judged",
        SeriesShape.SparseCount => "Few events, so the exact tail of the count judges",
        SeriesShape.Ratio => "A share, judged by the ensemble",
        SeriesShape.Continuous => "A level, judged by the ensemble",
        SeriesShape.Seasonal => "A level with a daily pattern, judged by the ensemble",
        _ => "Too few points to say",
    };

    private void Settle(SeriesShape best)
    {
        _streak = best == _candidate ? Math.Min(_streak + 1, StreakMin) : 1;
        _candidate = best;
        if (Shape == SeriesShape.Unknown || _streak >= StreakMin)
        {
            Shape = best;
        }
    }

    private readonly SeriesShape Best(bool isDaily)
    {
        var isCount = _wholes >= 0.99f * _points && _events < SparseMean * _points && _zeros >= 0.25f * _points;
        var isStill = _changes <= Math.Max(1.5f, 0.02f * _points);

        // A rate that was always zero is a count of nothing yet; a level that was always zero is a constant.
        if (isCount && (_counted >= 0.5f * _points || !isStill))
        {
            return SeriesShape.SparseCount;
        }

        var isShare = _inUnit >= 0.999f * _points && _zeros + _fullHalf >= 0.01f * _points;
        return isStill ? SeriesShape.Constant
            : isDaily ? SeriesShape.Seasonal
            : isShare ? SeriesShape.Ratio
            : SeriesShape.Continuous;
    }

    private void Fade()
    {
        _points *= Keep;
        _changes *= Keep;
        _zeros *= Keep;
        _wholes *= Keep;
        _counted *= Keep;
        _events *= Keep;
        _inUnit *= Keep;
        _fullHalf *= Keep;
    }
}
