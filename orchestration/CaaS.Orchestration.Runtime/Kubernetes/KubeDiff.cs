using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Shows what a dry run would change, as a unified diff of the two objects without what the server keeps for
/// itself.</summary>
internal static partial class KubeDiff
{
    private static readonly string[] ServerFields =
        ["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink"];

    private static readonly string[] ServerAnnotations =
        ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"];

    /// <summary>Compares two objects.</summary>
    /// <param name="name">What they are, for the head of the diff.</param>
    /// <param name="before">Object as it is.</param>
    /// <param name="after">Object as it would be.</param>
    /// <returns>Unified-diff text; empty when nothing would change.</returns>
    public static string Of(string name, JsonNode before, JsonNode after) =>
        UnifiedDiff.Of(name, KubeYaml.Write(Trim(before)), KubeYaml.Write(Trim(after)));

    private static JsonObject Trim(JsonNode node)
    {
        var copy = (JsonObject)node.DeepClone();
        copy.Remove("status");
        copy.Remove("apiVersion"); // Items of a list come without these two.
        copy.Remove("kind");
        if (copy["metadata"] is JsonObject metadata)
        {
            foreach (var field in ServerFields)
            {
                metadata.Remove(field);
            }

            if (metadata["annotations"] is JsonObject annotations)
            {
                foreach (var annotation in ServerAnnotations)
                {
                    annotations.Remove(annotation);
                }

                if (annotations.Count == 0)
                {
                    metadata.Remove("annotations");
                }
            }
        }

        foreach (var container in copy.Items("spec", "template", "spec", "containers")
            .Concat(copy.Items("spec", "template", "spec", "initContainers")))
        {
            Mask(container);
        }

        return copy;
    }

    /// <summary>Hides values that look secret; a short hash keeps a change of them visible.</summary>
    private static void Mask(JsonNode container)
    {
        foreach (var variable in container.Items("env").OfType<JsonObject>())
        {
            if (variable.ContainsKey("value") && LooksSecret().IsMatch(variable.Text("name")))
            {
                var hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(variable.Text("value"))) & 0xFFFF;
                variable["value"] = string.Create(CultureInfo.InvariantCulture, $"*** (#{hash:x4})");
            }
        }
    }

    [GeneratedRegex("PASS|SECRET|TOKEN|KEY|CREDENTIAL", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LooksSecret();
}
