using System.Text.Json;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Writes which pods a network policy governs in one language, Calico's: Kubernetes' own selectors say
/// less.</summary>
internal static class PolicySelector
{
    /// <summary>Longer ones are left out; generated policies select by some labels.</summary>
    private const int MaxLength = 4096;

    /// <summary>Selector of a policy's specification.</summary>
    /// <returns>Never empty for a policy that governs all pods; empty when namespaces are selected by labels of their
    /// own, or when a part cannot be written.</returns>
    public static string Of(JsonElement spec)
    {
        var pods = spec.At("podSelector");
        var text = pods.ValueKind == JsonValueKind.Object ? OfKubernetes(pods)
            : spec.Text("namespaceSelector") is { Length: > 0 } spaces && spaces != "all()" ? ""
            : spec.Text("selector") is { Length: > 0 } selector ? selector
            : "all()";
        return text.Length <= MaxLength ? text : "";
    }

    private static string OfKubernetes(JsonElement pods)
    {
        var labels = pods.TextMap("matchLabels").Select(pair => $"{pair.Key} == {Quoted(pair.Value)}");
        var expressions = pods.Items("matchExpressions").Select(expression =>
        {
            var key = expression.Text("key");
            var values = string.Join(", ", expression.Items("values")
                .Where(value => value.ValueKind == JsonValueKind.String).Select(value => Quoted(value.GetString()!)));
            return expression.Text("operator") switch
            {
                "In" => $"{key} in {{{values}}}",
                "NotIn" => $"{key} not in {{{values}}}",
                "Exists" => $"has({key})",
                "DoesNotExist" => $"!has({key})",
                _ => "",
            };
        });
        var parts = labels.Concat(expressions).ToArray();
        return Array.Exists(parts, part => part.Length == 0) ? ""
            : parts.Length == 0 ? "all()"
            : string.Join(" && ", parts);
    }

    /// <summary>Values of labels hold no quotes.</summary>
    private static string Quoted(string value) => $"'{value}'";
}
