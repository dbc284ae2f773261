using Microsoft.ML;

namespace CaaS.Analytics.MlNet.Models;

/// <summary>A trained model: the probability that an example is positive.</summary>
/// <remarks>Deterministic. Thread-safe: one rating at a time, some tens of microseconds.</remarks>
public sealed class RatingModel : IDisposable
{
    private readonly PredictionEngine<ExampleRow, RatingRow> _engine;
    private readonly Lock _lock = new(); // A prediction engine reuses its row.

    internal RatingModel(MLContext context, ITransformer transformer, int width)
    {
        Width = width;
        _engine = context.Model.CreatePredictionEngine<ExampleRow, RatingRow>(
            transformer, inputSchemaDefinition: RatingTrainer.SchemaOf(width));
    }

    /// <summary>Features of an example.</summary>
    public int Width { get; }

    /// <summary>Rates an example.</summary>
    /// <param name="features">Its features, <see cref="Width"/> finite numbers.</param>
    /// <returns>Probability that it is positive, 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of features is another.</exception>
    public double Rate(IReadOnlyList<float> features)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Count, Width);
        lock (_lock)
        {
            return _engine.Predict(new ExampleRow { Features = [.. features] }).Probability;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();
}
