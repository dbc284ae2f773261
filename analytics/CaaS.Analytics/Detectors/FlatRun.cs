using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors;

/// <summary>Notices a series that always moved and now stands still.</summary>
internal struct FlatRun
{
    private const int PointsMin = 120;
    private const int RunMin = 24;

    private double _last;
    private int _points;
    private int _changes;
    private int _run;
    private int _longest;

    /// <summary>Takes in a value.</summary>
    /// <param name="value">Finite value.</param>
    /// <param name="p">Probability of so long a run by the series' own habit.</param>
    /// <returns>True when it stands still for far longer than ever before.</returns>
    public bool IsStuck(double value, out double p)
    {
        _points++;
        if (value != _last)
        {
            _changes++;
            _longest = Math.Max(_longest, _run);
            _run = 0;
            _last = value;
        }
        else
        {
            _run++;
        }

        var moves = _points <= _run ? 0 : (double)_changes / (_points - _run);
        p = Math.Clamp(Math.Pow(1 - Math.Min(moves, 0.99), _run), 1e-12, 1);
        return _points - _run >= PointsMin && moves >= 0.5 && _run >= Math.Max(RunMin, 6 * _longest);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.Value(ref _last);
        archive.Value(ref _points);
        archive.Value(ref _changes);
        archive.Value(ref _run);
        archive.Value(ref _longest);
    }
}
