using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>One request to the API server.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, escaped, from <c>/</c>.</param>
/// <param name="ContentType">Type of the body.</param>
/// <param name="Body">Body, or null for none.</param>
internal sealed record KubeCall(HttpMethod Method, string Path, string ContentType, JsonNode? Body)
{
    public const string MergePatch = "application/merge-patch+json";

    public const string JsonPatch = "application/json-patch+json";

    public const string Json = "application/json";

    /// <summary>Name under which the server notes who owns the changed fields.</summary>
    public const string FieldManager = "caas";

    public static KubeCall Get(string path) => new(HttpMethod.Get, path, Json, Body: null);

    /// <summary>The same request as it is sent to change something, or to try only.</summary>
    public KubeCall Sent(bool isDryRun) => this with
    {
        Path = Path + (isDryRun ? "?dryRun=All&fieldManager=" : "?fieldManager=") + FieldManager,
    };
}
