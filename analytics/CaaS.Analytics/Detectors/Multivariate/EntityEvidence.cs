using CaaS.Analytics.Detectors.Ensemble;
using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors.Multivariate;

/// <summary>Puts together what the metrics of an entity say, metric by metric and as a whole.</summary>
/// <remarks>
/// The evidence beyond the usual is summed over metrics, as Fisher's method sums logarithms of p-values, but only of
/// those that stand out (Tippett's and Fisher's method in one: thirty-eight quiet metrics do not drown a loud one), and
/// kept for a few points. Metrics that move as they always moved together are explained away by
/// <see cref="CommonMovement"/>, whose residual is judged as one more series. Per point one <see cref="Add"/> for every
/// metric, then <see cref="Close"/>.
/// </remarks>
internal sealed class EntityEvidence
{
    private const float ClipAt = 6;
    private const float OddFrom = 5;
    private const int OddShare = 8;

    private readonly SeriesEnsemble _ensemble;
    private readonly EntityOptions _options;
    private readonly CommonMovement _common;
    private readonly float _keep;
    private float[] _levels;
    private float[] _evidence;
    private SeriesState _residualState;
    private double _score;
    private float _sum;
    private int _odd;

    /// <summary>Starts without evidence.</summary>
    /// <param name="metrics">Number of metrics, at least one.</param>
    /// <param name="ensemble">Detector of the residual.</param>
    /// <param name="options">Constants.</param>
    public EntityEvidence(int metrics, SeriesEnsemble ensemble, EntityOptions options)
    {
        _ensemble = ensemble;
        _options = options;
        _common = new CommonMovement(metrics, options);
        _levels = new float[metrics];
        _evidence = new float[metrics];
        _keep = MathF.Pow(0.5f, 1 / options.EvidenceHalfLife);
    }

    /// <summary>Number of metrics there is room for.</summary>
    public int Metrics => _levels.Length;

    /// <summary>Points taken in.</summary>
    public int PointCount => _residualState.PointCount;

    /// <summary>Level of a value as <see cref="Add"/> takes it: standard deviations from the slow mean,
    /// clipped.</summary>
    /// <param name="state">State of its series before the point.</param>
    /// <param name="value">Value; a missing one is at its mean.</param>
    /// <returns>−6 to 6.</returns>
    public static float LevelOf(in SeriesState state, double value) =>
        Math.Clamp(state.Deviation(value), -ClipAt, ClipAt);

    /// <summary>Evidence that lasts as long as the metric stays where it should not be.</summary>
    /// <param name="surprises">Surprises by feature.</param>
    /// <returns>Decimal digits, not negative.</returns>
    public static float Lasting(ReadOnlySpan<float> surprises)
    {
        var level = Math.Max(surprises[(int)EnsembleFeature.LevelMid], surprises[(int)EnsembleFeature.LevelSlow]);
        var fast = Math.Max(surprises[(int)EnsembleFeature.LevelFast], surprises[(int)EnsembleFeature.Burst]);
        var season = Math.Max(surprises[(int)EnsembleFeature.Season], surprises[(int)EnsembleFeature.SeasonLasting]);
        return (level + fast + season) / 2;
    }

    /// <summary>Makes room for more metrics.</summary>
    /// <param name="metrics">Number of metrics, not less than before.</param>
    public void Grow(int metrics)
    {
        Array.Resize(ref _levels, metrics);
        Array.Resize(ref _evidence, metrics);
        _common.Grow(metrics);
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    /// <param name="metricsMax">Most metrics there may be room for.</param>
    public void Sync(StateArchive archive, int metricsMax)
    {
        var metrics = archive.Within(Metrics, 1, metricsMax);
        if (metrics != Metrics)
        {
            Grow(metrics);
        }

        archive.Span<float>(_levels);
        archive.Span<float>(_evidence);
        _common.Sync(archive);
        archive.Value(ref _residualState);
        archive.Value(ref _score);
    }

    /// <summary>Adds what one metric says of this point.</summary>
    /// <param name="metric">Its place.</param>
    /// <param name="level">Its level; 0 when missing.</param>
    /// <param name="lasting">Its <see cref="Lasting"/> evidence; 0 when missing.</param>
    /// <param name="score">Score of its verdict; 0 when missing.</param>
    public void Add(int metric, float level, float lasting, float score)
    {
        var beyond = Math.Max(0, lasting - _options.Usual);
        _levels[metric] = level;
        _evidence[metric] = (_keep * _evidence[metric]) + ((1 - _keep) * beyond);
        _sum += beyond;
        _odd += score > OddFrom ? 1 : 0;
    }

    /// <summary>Ends a point.</summary>
    /// <param name="ms">When, Unix milliseconds.</param>
    /// <param name="present">Metrics that the entity has now, at least one.</param>
    /// <returns>The verdict; its evidence is valid until the next point.</returns>
    public EntityVerdict Close(long ms, int present)
    {
        Span<float> surprises = stackalloc float[EnsembleOptions.FeatureCount];
        var residuals = _common.Step(_levels, learn: _odd * OddShare <= present);
        double energy = 0;
        foreach (var residual in residuals)
        {
            energy += residual * residual;
        }

        _ensemble.Step(ref _residualState, ms, Math.Log(energy + 1e-3), surprises);
        var strange = Math.Max(0, Lasting(surprises) - _options.Usual);
        var now = (_sum / Math.Sqrt(present)) + (_options.ResidualWeight * strange);
        _score = (_keep * _score) + ((1 - _keep) * now);
        _sum = 0;
        _odd = 0;
        return new EntityVerdict(_score, _evidence, strange);
    }
}
