using System.Globalization;
using System.Text.Json;
using CaaS.Benchmarks.HardSet;
using CaaS.Benchmarks.Scoring;
using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.Causes;

/// <summary>Fits what alerts weigh to the train splits of TVDiag.</summary>
internal static class TvDiagFit
{
    /// <summary>Strong, since weights are carried to other systems.</summary>
    private const double Ridge = 0.5;

    private const string Resource = "CaaS.Benchmarks.Causes.tvdiag-weights.json";

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Fits on all systems and writes the file that the product embeds; then on all but each, and writes what
    /// the scoreboard falls back on.</summary>
    public static void Run(DataFolder data, string file, string without)
    {
        var systems = TvDiagSystem.Read(data);
        var bySystem = systems.ToDictionary(system => system.Name, Choices, StringComparer.Ordinal);
        Choice[] choices = [.. bySystem.Values.SelectMany(some => some)];
        var weights = Fit(choices);
        var names = string.Join(", ", systems.Select(system => system.Name));
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            provenance = string.Create(CultureInfo.InvariantCulture,
                $"Fitted on the {choices.Length} incidents of the train splits of TVDiag ({names}); "
                + $"TvDiagFit in tests/CaaS.Benchmarks."),
            weights = Named(weights),
        }, Written) + "\n");
        File.WriteAllText(without, JsonSerializer.Serialize(
            bySystem.Keys.ToDictionary(name => name, name => Named(Without(name, bySystem)), StringComparer.Ordinal), Written) + "\n");
    }

    /// <summary>Weights for one system, fitted on the others; where none of them has causes to fit on, those that were
    /// fitted when they had.</summary>
    /// <exception cref="InvalidDataException">There are neither.</exception>
    public static double[] Without(string system, IReadOnlyDictionary<string, Choice[]> bySystem)
    {
        Choice[] others = [.. bySystem.Where(other => other.Key != system).SelectMany(other => other.Value)];
        if (others.Length > 0)
        {
            return Fit(others);
        }

        using var stream = typeof(TvDiagFit).Assembly.GetManifestResourceStream(Resource)!;
        var stored = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(stream)!;
        return stored.TryGetValue(system, out var weights)
            ? [.. AlertFeatures.Names.Select(name => weights.GetValueOrDefault(name))]
            : throw new InvalidDataException(
                $"No other system has rows with data_type=train in its label.csv to fit on, and none were fitted for {system} before.");
    }

    /// <summary>What there is to fit on in one system: its train split alone.</summary>
    public static Choice[] Choices(TvDiagSystem system) =>
        [.. system.Known(ahead: true).Where(incident => !incident.IsTest).Select(incident => new Choice(
            AlertFeatures.Of(incident.Case), [incident.Case.Entities.IndexOf(incident.Truth)], 0))];

    private static double[] Fit(Choice[] choices) => ChoiceFit.Fit(choices, Ridge);

    private static Dictionary<string, double> Named(double[] weights) => AlertFeatures.Names.Zip(weights)
        .ToDictionary(pair => pair.First, pair => Math.Round(pair.Second, 3), StringComparer.Ordinal);
}
