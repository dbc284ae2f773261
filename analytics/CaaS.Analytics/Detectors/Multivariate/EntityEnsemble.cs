using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Analytics.Detectors.Multivariate;

/// <summary>Detector of one entity by all of its metrics, measured at the same instants.</summary>
/// <remarks>Every metric is judged by the <see cref="SeriesEnsemble"/>, all together by
/// <see cref="EntityEvidence"/>.</remarks>
public sealed class EntityEnsemble
{
    private readonly SeriesEnsemble _ensemble;
    private readonly EntityEvidence _evidence;
    private readonly SeriesState[] _states;

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
        _evidence = new EntityEvidence(metrics, ensemble, options);
        _states = new SeriesState[metrics];
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
        for (var metric = 0; metric < values.Length; metric++)
        {
            ref var state = ref _states[metric];
            var level = EntityEvidence.LevelOf(state, values[metric]);
            var verdict = _ensemble.Step(ref state, ms, values[metric], surprises);
            _evidence.Add(metric, level, EntityEvidence.Lasting(surprises), verdict.Score);
        }

        return _evidence.Close(ms, values.Length);
    }
}
