using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Reads parts of Kubernetes objects; what is not there or of another type is "not there".</summary>
internal static class KubeJson
{
    /// <summary>Annotation that says which operation changed an object last.</summary>
    public const string OperationAnnotation = "caas.io/operation";

    /// <summary>Finds a node by its keys.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (node is not JsonObject map || !map.TryGetPropertyValue(key, out node))
            {
                return null;
            }
        }

        return node;
    }

    public static string Text(this JsonNode? node, string key, string otherwise = "") =>
        node.At(key) is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : otherwise;

    public static int? Number(this JsonNode? node, params ReadOnlySpan<string> keys) =>
        node.At(keys) is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            && value.TryGetValue<int>(out var number)
            ? number
            : null;

    public static bool Truth(this JsonNode? node, params ReadOnlySpan<string> keys) =>
        node.At(keys) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static IEnumerable<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> keys) =>
        node.At(keys) is JsonArray list ? list.OfType<JsonNode>() : [];

    public static string Uid(this JsonNode? node) => node.At("metadata").Text("uid");

    public static string Name(this JsonNode? node) => node.At("metadata").Text("name");

    public static string ResourceVersion(this JsonNode? node) => node.At("metadata").Text("resourceVersion");

    public static string Generation(this JsonNode? node) =>
        node.Number("metadata", "generation")?.ToString(CultureInfo.InvariantCulture) ?? "";

    public static string Annotation(this JsonNode? node, string name) =>
        node.At("metadata", "annotations").Text(name);

    public static string Label(this JsonNode? node, string name) => node.At("metadata", "labels").Text(name);

    /// <summary>Whether a condition of <c>status.conditions</c> is True; null when it is not there.</summary>
    public static bool? Condition(this JsonNode? node, string type)
    {
        var found = node.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == type);
        return found is null ? null : found.Text("status") == "True";
    }

    /// <summary>UID and name of the controller that owns an object, or null.</summary>
    public static JsonNode? Controller(this JsonNode? node) =>
        node.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Truth("controller"));

    /// <summary>Metadata of a merge patch that only applies to the object that was read, and marks it.</summary>
    public static JsonObject Guarded(this JsonNode? node, string? operationMark)
    {
        var metadata = new JsonObject { ["uid"] = node.Uid(), ["resourceVersion"] = node.ResourceVersion() };
        if (operationMark is not null)
        {
            metadata["annotations"] = new JsonObject { [OperationAnnotation] = operationMark };
        }

        return metadata;
    }
}
