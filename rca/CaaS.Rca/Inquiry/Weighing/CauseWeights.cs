using System.Collections.Frozen;
using System.Text.Json;

namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>What each feature is worth, as data: log-likelihood ratios in nats for one unit of a feature.</summary>
/// <param name="Provenance">What the numbers were fitted on, and how.</param>
/// <param name="Own">Of an entity by itself, by name of the feature.</param>
/// <param name="Among">Of an entity among the others.</param>
/// <param name="Next">Of an entity once the first cause is known.</param>
/// <param name="SureBase">Log-odds that the first suspect is right when its own odds are even.</param>
/// <param name="SureSlope">How much its own log-odds count.</param>
internal sealed record CauseWeights(
    string Provenance, FrozenDictionary<string, double> Own, FrozenDictionary<string, double> Among,
    FrozenDictionary<string, double> Next, double SureBase, double SureSlope)
{
    private const string Resource = "CaaS.Rca.Inquiry.Weighing.cause-weights.json";

    /// <summary>The weights that ship with the platform.</summary>
    public static CauseWeights Default { get; } = Load();

    /// <summary>The calibrated probability that a first suspect is right.</summary>
    public double Calibrate(double share) => 1 / (1 + Math.Exp(-SureBase - (SureSlope * LogOdds(share))));

    /// <summary>Log-odds, bounded to one in a million.</summary>
    public static double LogOdds(double share)
    {
        var bounded = Math.Clamp(share, 1e-6, 1 - 1e-6);
        return Math.Log(bounded / (1 - bounded));
    }

    /// <summary>Log-probabilities that each entity is the cause, given that one of them is.</summary>
    public static double[] Weigh(double[][] rows, double[] weights)
    {
        var scores = new double[rows.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < weights.Length; column++)
            {
                scores[row] += rows[row][column] * weights[column];
            }
        }

        return Normal(scores);
    }

    /// <summary>Scores as log-probabilities, given that one of them is right.</summary>
    public static double[] Normal(double[] scores)
    {
        var top = scores.Length > 0 ? scores.Max() : 0;
        var whole = top + Math.Log(scores.Sum(score => Math.Exp(score - top)));
        return [.. scores.Select(score => score - whole)];
    }

    /// <summary>The weights in the order of names; a name without one weighs nothing.</summary>
    public static double[] Order(FrozenDictionary<string, double> weights, string[] names) =>
        [.. names.Select(name => weights.GetValueOrDefault(name))];

    private static CauseWeights Load()
    {
        using var stream = typeof(CauseWeights).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Resource {Resource} is missing from the assembly.");
        var read = JsonSerializer.Deserialize<Stored>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"Resource {Resource} is empty.");
        return new CauseWeights(read.Provenance, read.Own.ToFrozenDictionary(StringComparer.Ordinal),
            read.Among.ToFrozenDictionary(StringComparer.Ordinal),
            read.Next.ToFrozenDictionary(StringComparer.Ordinal), read.SureBase, read.SureSlope);
    }

    private sealed record Stored(string Provenance, Dictionary<string, double> Own, Dictionary<string, double> Among,
        Dictionary<string, double> Next, double SureBase, double SureSlope);
}
