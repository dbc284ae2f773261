using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Analytics.Detectors.Multivariate;

/// <summary>Detector of one entity by all of its metrics.</summary>
/// <remarks>
/// Every metric is judged by the <see cref="SeriesEnsemble"/>; the evidence beyond the usual is summed over metrics, as
/// Fisher's method sums logarithms of p-values, but only of those that stand out (Tippett's and Fisher's method in one:
/// thirty-eight quiet metrics do not drown a loud one), and kept for a few points. Metrics that move as they always
/// moved together are explained away by <see cref="CommonMovement"/>, whose residual is judged as one more series.
/// </remarks>
public sealed class EntityEnsemble
{
    private const float ClipAt = 6;

    private readonly SeriesEnsemble _ensemble;
    private readonly EntityOptions _options;
    private readonly SeriesState[] _states;
    private readonly CommonMovement _common;
    private readonly float[] _levels;
    private readonly float[] _evidence;
    private readonly float _keep;
    private SeriesState _residualState;
    private double _score;

    /// <summary>Makes the detector of an entity.</summary>
    /// <param name="metrics">Number of metrics, at least one.</param>
    /// <param name="ensemble">Detector of the single metrics.</param>
    /// <param name="options">Constants.</param>
    public EntityEnsemble(int metrics, SeriesEnsemble ensemble, EntityOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(metrics, 1);
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(options);
        _ensemble = ensemble;
        _options = options;
        _states = new SeriesState[metrics];
        _common = new CommonMovement(metrics, options);
        _levels = new float[metrics];
        _evidence = new float[metrics];
        _keep = MathF.Pow(0.5f, 1 / options.EvidenceHalfLife);
    }

    /// <summary>Takes in the metrics of one point in time.</summary>
    /// <param name="ms">When, Unix milliseconds.</param>
    /// <param name="values">One value per metric; NaN where missing.</param>
    /// <returns>The verdict; its evidence is valid until the next step.</returns>
    /// <exception cref="ArgumentException">The number of values is not that of the metrics.</exception>
    public EntityVerdict Step(long ms, ReadOnlySpan<double> values)
    {
        if (values.Length != _states.Length)
        {
            throw new ArgumentException("One value per metric is needed.", nameof(values));
        }

        Span<float> surprises = stackalloc float[EnsembleOptions.FeatureCount];
        float sum = 0;
        var odd = 0;
        for (var metric = 0; metric < values.Length; metric++)
        {
            _levels[metric] = Math.Clamp(_states[metric].Deviation(values[metric]), -ClipAt, ClipAt);
            var verdict = _ensemble.Step(ref _states[metric], ms, values[metric], surprises);
            var beyond = Math.Max(0, Lasting(surprises) - _options.Usual);
            _evidence[metric] = (_keep * _evidence[metric]) + ((1 - _keep) * beyond);
            sum += beyond;
            odd += verdict.Score > 5 ? 1 : 0;
        }

        var residuals = _common.Step(_levels, learn: odd * 8 <= values.Length);
        double energy = 0;
        foreach (var residual in residuals)
        {
            energy += residual * residual;
        }

        _ensemble.Step(ref _residualState, ms, Math.Log(energy + 1e-3), surprises);
        var strange = Math.Max(0, Lasting(surprises) - _options.Usual);
        var now = (sum / Math.Sqrt(values.Length)) + (_options.ResidualWeight * strange);
        _score = (_keep * _score) + ((1 - _keep) * now);
        return new EntityVerdict(_score, _evidence, strange);
    }

    /// <summary>Evidence that lasts as long as the metric stays where it should not be.</summary>
    private static float Lasting(ReadOnlySpan<float> surprises)
    {
        var level = Math.Max(surprises[(int)EnsembleFeature.LevelMid], surprises[(int)EnsembleFeature.LevelSlow]);
        var fast = Math.Max(surprises[(int)EnsembleFeature.LevelFast], surprises[(int)EnsembleFeature.Burst]);
        var season = Math.Max(surprises[(int)EnsembleFeature.Season], surprises[(int)EnsembleFeature.SeasonLasting]);
        return (level + fast + season) / 2;
    }
}
