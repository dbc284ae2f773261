using CaaS.Analytics.Models;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace CaaS.Analytics.MlNet.Models;

/// <summary>Trains a model that rates examples, from the few that people judged and the many they did not.</summary>
/// <remarks>
/// Two models without labels learn what is usual from all examples: randomized PCA (Halko, Martinsson and Tropp,
/// "Finding structure with randomness", SIAM Review 2011), whose score is the share of an example that the main
/// directions leave unexplained, and k-means, whose scores are the distances to the usual kinds. Both are features of
/// the third, boosted regression trees (Friedman, "Greedy function approximation", 2001; ML.NET's FastTree), which
/// learns from the judged ones and whose logistic loss makes its sum a log odds. Trees are few and small, for judged
/// examples are. Trained on one thread from one seed, so the same examples give the same ratings.
/// </remarks>
internal static class RatingTrainer
{
    private const int Rank = 4;
    private const int Kinds = 4;
    private const int Trees = 60;
    private const int Leaves = 4;
    private const int LeafCountMin = 4;
    private const double LearningRate = 0.1;

    /// <summary>Trains.</summary>
    /// <param name="examples">Examples, all features of one number; some positive and some negative.</param>
    /// <param name="seed">Seed.</param>
    /// <returns>The model as bytes that <see cref="Load"/> reads, and figures over what it learned from.</returns>
    /// <exception cref="ModelException">ML.NET cannot train on this machine, or on this.</exception>
    public static (byte[] Bytes, IReadOnlyDictionary<string, double> Metrics) Train(
        IReadOnlyList<Example> examples, int seed)
    {
        try
        {
            var context = new MLContext(seed);
            var width = examples[0].Features.Count;
            var all = View(context, examples, width);
            var usual = Usual(context, width, seed).Fit(all);
            var judged = View(context, [.. examples.Where(example => example.IsPositive is not null)], width);
            var trees = Trained(context, seed).Fit(usual.Transform(judged));
            var model = usual.Append(trees);
            using var stream = new MemoryStream();
            context.Model.Save(model, all.Schema, stream);
            return (stream.ToArray(), Metrics(context, model.Transform(judged)));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or DllNotFoundException)
        {
            throw new ModelException($"Training failed: {e.Message}", e);
        }
    }

    /// <summary>Reads a model that was trained.</summary>
    /// <param name="bytes">The model.</param>
    /// <param name="width">Features of an example.</param>
    /// <exception cref="ModelException">ML.NET cannot read it.</exception>
    public static RatingModel Load(byte[] bytes, int width)
    {
        try
        {
            var context = new MLContext(0);
            using var stream = new MemoryStream(bytes);
            return new RatingModel(context, context.Model.Load(stream, out _), width);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or IOException)
        {
            throw new ModelException($"The model cannot be read: {e.Message}", e);
        }
    }

    public static SchemaDefinition SchemaOf(int width)
    {
        var schema = SchemaDefinition.Create(typeof(ExampleRow));
        schema[nameof(ExampleRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return schema;
    }

    private static IDataView View(MLContext context, IEnumerable<Example> examples, int width) =>
        context.Data.LoadFromEnumerable(
            examples.Select(example => new ExampleRow
            {
                Features = [.. example.Features],
                Label = example.IsPositive is true,
            }).ToArray(),
            SchemaOf(width));

    private static EstimatorChain<ColumnConcatenatingTransformer> Usual(MLContext context, int width, int seed) =>
        context.Transforms.NormalizeMeanVariance("Scaled", nameof(ExampleRow.Features), fixZero: false)
            .Append(context.AnomalyDetection.Trainers.RandomizedPca(
                "Scaled", rank: Math.Min(Rank, width), oversampling: Math.Min(20, width), seed: seed))
            .Append(context.Transforms.CopyColumns("Unexplained", "Score"))
            .Append(context.Clustering.Trainers.KMeans(new KMeansTrainer.Options
            {
                FeatureColumnName = "Scaled",
                NumberOfClusters = Kinds,
                NumberOfThreads = 1,
            }))
            .Append(context.Transforms.CopyColumns("Distances", "Score"))
            .Append(context.Transforms.Concatenate("All", nameof(ExampleRow.Features), "Unexplained", "Distances"));

    private static FastTreeBinaryTrainer Trained(MLContext context, int seed) =>
        context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = nameof(ExampleRow.Label),
            FeatureColumnName = "All",
            NumberOfTrees = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = LeafCountMin,
            LearningRate = LearningRate,
            NumberOfThreads = 1,
            Seed = seed,
        });

    private static Dictionary<string, double> Metrics(MLContext context, IDataView rated)
    {
        var metrics = context.BinaryClassification.Evaluate(rated, nameof(ExampleRow.Label));
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["areaUnderRocCurve"] = Math.Round(metrics.AreaUnderRocCurve, 4),
            ["logLossNats"] = Math.Round(metrics.LogLoss * Math.Log(2), 4),
        };
    }
}
