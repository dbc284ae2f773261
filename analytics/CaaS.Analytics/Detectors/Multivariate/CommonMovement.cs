using CaaS.Analytics.State;

namespace CaaS.Analytics.Detectors.Multivariate;

/// <summary>What the metrics of an entity do together, and how far a point is from it.</summary>
/// <remarks>
/// Principal directions learned by the generalised Hebbian algorithm (Sanger, "Optimal unsupervised learning in a
/// single-layer linear feedforward neural network", Neural Networks 1989), O(rank · metrics) a point. Robust by two
/// departures: values come clipped, and the caller may have a doubtful point not learned.
/// </remarks>
internal sealed class CommonMovement
{
    private readonly float[][] _directions;
    private float[] _residual;
    private readonly float _rate;

    /// <summary>Starts with unit directions of single metrics.</summary>
    public CommonMovement(int metrics, EntityOptions options)
    {
        _rate = options.LearningRate;
        _residual = new float[metrics];
        _directions = new float[Math.Min(options.Rank, Math.Max(0, metrics - 1))][];
        for (var k = 0; k < _directions.Length; k++)
        {
            _directions[k] = new float[metrics];
            for (var metric = 0; metric < metrics; metric++)
            {
                // Even and different starts, so that no metric is preferred.
                _directions[k][metric] = MathF.Cos(MathF.PI * (metric + 0.5f) * k / metrics) / MathF.Sqrt(metrics);
            }
        }
    }

    /// <summary>Makes room for more metrics, which no direction holds yet.</summary>
    /// <param name="metrics">Number of metrics, not less than before.</param>
    public void Grow(int metrics)
    {
        Array.Resize(ref _residual, metrics);
        for (var k = 0; k < _directions.Length; k++)
        {
            Array.Resize(ref _directions[k], metrics);
        }
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        foreach (var direction in _directions)
        {
            archive.Span<float>(direction);
        }
    }

    /// <summary>Distances of the metrics from the common movement.</summary>
    /// <param name="values">Values in standard deviations, clipped.</param>
    /// <param name="learn">Whether the point is usual.</param>
    /// <returns>Residuals, valid until the next step.</returns>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> values, bool learn)
    {
        values.CopyTo(_residual);
        foreach (var direction in _directions)
        {
            float along = 0;
            for (var metric = 0; metric < direction.Length; metric++)
            {
                along += direction[metric] * _residual[metric];
            }

            // A normalised step: a burst may not turn a direction further than its rate.
            var step = learn ? _rate * along / (1 + (_rate * along * along)) : 0;
            for (var metric = 0; metric < direction.Length; metric++)
            {
                var held = direction[metric];
                _residual[metric] -= along * held;
                direction[metric] = held + (step * _residual[metric]);
            }
        }

        return _residual;
    }
}
