using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Orchestration;

/// <summary>JSON of this stage's nouns, on the topic <c>operations</c> and in the ledger.</summary>
public static class OrchestrationJson
{
    /// <summary>The shared options of every stage.</summary>
    public static JsonSerializerOptions Options => SignalsJson.Options;
}
