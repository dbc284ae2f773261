using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>What each feature is worth, as data: log-likelihood ratios in nats for one unit of a feature.</summary>
/// <param name="Provenance">What the numbers were fitted on, and how.</param>
/// <param name="Own">Of an entity by itself, by name of the feature.</param>
/// <param name="Among">Of an entity among the others.</param>
/// <param name="Next">Of an entity once the first cause is known: trees over <see cref="NextFeatures"/>.</param>
/// <param name="Sure">Of the case: that the first suspect is a cause, when one of the entities is.</param>
/// <param name="None">Of the case: that none of the entities is the cause.</param>
internal sealed record CauseWeights(
    string Provenance, FrozenDictionary<string, double> Own, FrozenDictionary<string, double> Among,
    ImmutableArray<ChoiceTree> Next, FrozenDictionary<string, double> Sure, FrozenDictionary<string, double> None)
{
    private const string Resource = "CaaS.Rca.Inquiry.Weighing.cause-weights.json";

    /// <summary>The weights that ship with the platform.</summary>
    public static CauseWeights Default { get; } = Load();

    /// <summary>Log-odds, bounded to one in a million.</summary>
    public static double LogOdds(double share)
    {
        var bounded = Math.Clamp(share, 1e-6, 1 - 1e-6);
        return Math.Log(bounded / (1 - bounded));
    }

    /// <summary>What the features of each row weigh together, nats.</summary>
    public static double[] Score(double[][] rows, double[] weights) => [.. rows.Select(row => Score(row, weights))];

    /// <summary>What the features of one row weigh together, nats.</summary>
    public static double Score(double[] row, double[] weights)
    {
        double sum = 0;
        for (var column = 0; column < weights.Length; column++)
        {
            sum += row[column] * weights[column];
        }

        return sum;
    }

    /// <summary>The probability of a case's features weighed together (the logistic function).</summary>
    public static double Chance(double[] row, double[] weights) => 1 / (1 + Math.Exp(-Score(row, weights)));

    /// <summary>Log-probabilities that each is the one, given that one of them is.</summary>
    /// <param name="scores">Their scores, nats; minus infinity for what is out of the question.</param>
    public static double[] Normal(double[] scores)
    {
        var top = scores.DefaultIfEmpty(0).Max();
        var whole = double.IsInfinity(top) ? 0 : top + Math.Log(scores.Sum(score => Math.Exp(score - top)));
        return [.. scores.Select(score => score - whole)];
    }

    /// <summary>Log-probabilities that each is a further one, once one is taken for found; minus infinity for that
    /// one.</summary>
    public static double[] NormalWithout(double[] scores, int found) =>
        Normal([.. scores.Select((score, at) => at == found ? double.NegativeInfinity : score)]);

    /// <summary>The weights in the order of names; a name without one weighs nothing.</summary>
    public static double[] Order(FrozenDictionary<string, double> weights, string[] names) =>
        [.. names.Select(name => weights.GetValueOrDefault(name))];

    private static CauseWeights Load()
    {
        using var stream = typeof(CauseWeights).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Resource {Resource} is missing from the assembly.");
        var read = JsonSerializer.Deserialize<Stored>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"Resource {Resource} is empty.");
        return new CauseWeights(read.Provenance, Frozen(read.Own), Frozen(read.Among),
            [.. read.Next.Select(line => ChoiceTree.Parse(line, NextFeatures.Names.Length))],
            Frozen(read.Sure), Frozen(read.None));
    }

    private static FrozenDictionary<string, double> Frozen(Dictionary<string, double> weights) =>
        weights.ToFrozenDictionary(StringComparer.Ordinal);

    private sealed record Stored(string Provenance, Dictionary<string, double> Own, Dictionary<string, double> Among,
        string[] Next, Dictionary<string, double> Sure, Dictionary<string, double> None);
}
