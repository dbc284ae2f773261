using System.Text.Json;
using CaaS.Rca.Inquiry.Weighing;

namespace CaaS.Rca.Inquiry;

/// <summary>What each of <see cref="AlertFeatures"/> is worth, as data: log-likelihood ratios in nats for one
/// unit.</summary>
/// <param name="Provenance">What the numbers were fitted on, and how.</param>
/// <param name="Weights">By name of the feature; one without weighs nothing.</param>
internal sealed record AlertWeights(string Provenance, Dictionary<string, double> Weights)
{
    private const string Resource = "CaaS.Rca.Inquiry.alert-weights.json";

    /// <summary>The weights that ship with the platform, in the order of the features.</summary>
    public static double[] Default { get; } = Load();

    /// <summary>What the alerts of each entity weigh together, nats.</summary>
    public static double[] Score(CauseCase @case, IEnumerable<AlertFamily> families) =>
        CauseWeights.Score(AlertFeatures.Of(@case, families), Default);

    private static double[] Load()
    {
        using var stream = typeof(AlertWeights).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Resource {Resource} is missing from the assembly.");
        var read = JsonSerializer.Deserialize<AlertWeights>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"Resource {Resource} is empty.");
        return [.. AlertFeatures.Names.Select(name => read.Weights.GetValueOrDefault(name))];
    }
}
