namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>When a score becomes an alarm: one alarm, then rest, and more reluctance after every alarm.</summary>
/// <remarks>Mutable struct, 12 bytes: keep it in a field.</remarks>
internal struct AlarmRest
{
    private int _last;
    private float _peak;
    private float _fatigue;

    /// <summary>Decides on a point's score.</summary>
    /// <param name="number">Number of the point, from 1.</param>
    /// <param name="score">Its score.</param>
    /// <param name="options">Constants.</param>
    /// <param name="intervalMs">Time between points.</param>
    /// <returns>True when it alarms.</returns>
    public bool Step(int number, float score, EnsembleOptions options, float intervalMs)
    {
        if (score < options.Threshold)
        {
            return false;
        }

        var since = number - _last;
        var rest = Math.Min(options.Rest, options.RestHours * 3_600_000 / Math.Max(1, intervalMs));
        if (_last > 0 && since <= rest && score <= options.Again * _peak)
        {
            return false;
        }

        var left = _fatigue * MathF.Exp(-since / options.Recovery);
        if (score < options.Threshold * (1 + (options.Fatigue * left)))
        {
            return false;
        }

        _fatigue = left + 1;
        _last = number;
        _peak = score;
        return true;
    }
}
