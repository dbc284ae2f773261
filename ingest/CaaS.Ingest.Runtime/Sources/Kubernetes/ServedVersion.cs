using System.Text.Json;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>One way a type may be served.</summary>
/// <param name="Kind">Kind to map its objects as.</param>
/// <param name="GroupVersion">Such as <c>v1</c> or <c>autoscaling/v2</c>.</param>
/// <param name="Plural">Name in paths.</param>
internal sealed record ServedVersion(string Kind, string GroupVersion, string Plural)
{
    /// <summary>Path of all its objects, in all namespaces.</summary>
    public string Path => GroupVersion.Contains('/', StringComparison.Ordinal)
        ? $"apis/{GroupVersion}/{Plural}"
        : $"api/{GroupVersion}/{Plural}";

    /// <summary>Reads the groups and versions a server offers from its answer to <c>/apis</c>.</summary>
    /// <param name="groups">An <c>APIGroupList</c>.</param>
    /// <returns>Such as <c>apps/v1</c>; <c>v1</c> is always among them.</returns>
    public static HashSet<string> ReadServed(JsonElement groups)
    {
        var served = new HashSet<string>(StringComparer.Ordinal) { "v1" };
        if (groups.ValueKind != JsonValueKind.Object
            || !groups.TryGetProperty("groups", out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            return served;
        }

        foreach (var group in list.EnumerateArray().Where(group => group.ValueKind == JsonValueKind.Object))
        {
            if (group.TryGetProperty("versions", out var versions) && versions.ValueKind == JsonValueKind.Array)
            {
                served.UnionWith(versions.EnumerateArray()
                    .Where(version => version.ValueKind == JsonValueKind.Object)
                    .Select(version => version.TryGetProperty("groupVersion", out var name) ? name.ToString() : ""));
            }
        }

        return served;
    }
}
