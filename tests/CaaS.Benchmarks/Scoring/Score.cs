using System.Text.Json.Nodes;

namespace CaaS.Benchmarks.Scoring;

/// <summary>What a board measured, for programs.</summary>
/// <param name="Config">The one configuration that was run, and what it was tuned on.</param>
/// <param name="SelfCheck">Whether the scorer gave the published figures of other systems; false makes the rest
/// worthless.</param>
/// <param name="Count">How many files, cases or series were scored.</param>
/// <param name="Figures">The board's own keys.</param>
internal sealed record Score(string Config, bool SelfCheck, int Count, JsonObject Figures)
{
    /// <summary>The one line that <c>--json</c> prints.</summary>
    public string ToJson(string board)
    {
        var all = new JsonObject { ["board"] = board, ["config"] = Config, ["self_check"] = SelfCheck, ["n"] = Count };
        foreach ((string key, JsonNode? value) in Figures)
        {
            all[key] = value?.DeepClone();
        }
        return all.ToJsonString();
    }
}
