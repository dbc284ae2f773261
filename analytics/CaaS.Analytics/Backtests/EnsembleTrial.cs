using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Analytics.Backtests;

/// <summary>The streaming ensemble: fires with its alarm, until the score is below the threshold again.</summary>
/// <remarks>It ranks a deviation among those it has seen: before two hundred, one in two hundred is not rare.</remarks>
/// <param name="ensemble">Constants; may be shared.</param>
/// <param name="threshold">The ensemble's threshold.</param>
public sealed class EnsembleTrial(SeriesEnsemble ensemble, float threshold) : ITrial
{
    /// <summary>Points it learns from before it fires.</summary>
    public const int LearningPoints = 200;

    private SeriesState _state;
    private BacktestPoint _point;
    private EnsembleVerdict _verdict;
    private bool _fires;

    /// <inheritdoc/>
    public Judgement Judge(in BacktestPoint point)
    {
        _point = point;
        _verdict = ensemble.Step(ref _state, point.Ms, point.Value);
        var isJudged = _state.Count > LearningPoints;
        _fires = isJudged && (_verdict.IsAlarm || (_fires && _verdict.Score >= threshold));
        return new Judgement(isJudged, _fires, point.Value, _verdict.Score);
    }

    /// <inheritdoc/>
    public void Interrupt() => _fires = false;

    /// <inheritdoc/>
    public string Why() => SeriesEnsemble.Explain(_state, _point.Ms, _point.Value, _verdict).ToString();
}
