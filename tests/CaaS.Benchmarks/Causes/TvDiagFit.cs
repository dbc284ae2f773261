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

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Fits on all systems and writes the file that the product embeds.</summary>
    public static void Run(DataFolder data, string file)
    {
        var systems = TvDiagSystem.Read(data);
        Choice[] choices = [.. systems.SelectMany(Choices)];
        var weights = Weights(choices);
        var names = string.Join(", ", systems.Select(system => system.Name));
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            provenance = string.Create(CultureInfo.InvariantCulture,
                $"Fitted on the {choices.Length} incidents of the train splits of TVDiag ({names}); "
                + $"TvDiagFit in tests/CaaS.Benchmarks."),
            weights = AlertFeatures.Names.Zip(weights)
                .ToDictionary(pair => pair.First, pair => Math.Round(pair.Second, 3)),
        }, Written) + "\n");
    }

    /// <summary>What there is to fit on in one system: its train split alone.</summary>
    public static Choice[] Choices(TvDiagSystem system) =>
        [.. system.Known(ahead: true).Where(incident => !incident.IsTest).Select(incident => new Choice(
            AlertFeatures.Of(incident.Case), [incident.Case.Entities.IndexOf(incident.Truth)], 0))];

    /// <summary>The weights of <see cref="AlertFeatures"/>.</summary>
    public static double[] Weights(IEnumerable<Choice> choices) => ChoiceFit.Fit([.. choices], Ridge);
}
