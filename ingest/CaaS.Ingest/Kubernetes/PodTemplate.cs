using System.Text.Json;
using System.Text.RegularExpressions;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>What a pod specification, in a pod or in a workload's template, says about images, configuration and
/// limits.</summary>
internal static partial class PodTemplate
{
    /// <summary>Longer values are cut and end in their hash: facts are for comparing and for people.</summary>
    private const int MaxValueLength = 128;

    /// <summary>More variables than this are told as one line with their hash; generated environments can hold
    /// thousands.</summary>
    private const int MaxVariableCount = 256;

    private const string TokenMountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static readonly string[] MachineryPaths =
    [
        "metadata.creationTimestamp",
        "metadata.labels.pod-template-hash",
        "metadata.labels.controller-revision-hash",
        "metadata.labels.pod-template-generation",
        "metadata.labels.controller-uid",
        "metadata.labels.job-name",
        "metadata.labels.batch.kubernetes.io/",
        "metadata.annotations.kubectl.kubernetes.io/restartedAt",
        "metadata.annotations.deployment.kubernetes.io/",
    ];

    /// <summary>Hash of a template without what the rollout machinery writes into it.</summary>
    public static string Hash(JsonElement template)
    {
        // A template without annotations and one whose only annotation is the machinery's are alike.
        var hasAnnotations = template.Properties("metadata", "annotations")
            .Any(property => !IsMachinery("metadata.annotations." + property.Name));
        return ContentHasher.Public(
            template, path => IsMachinery(path) || (!hasAnnotations && path == "metadata.annotations"));
    }

    /// <summary>Images, sorted, <c>container=image</c> joined by commas.</summary>
    public static string Images(JsonElement spec) =>
        Join(spec.Items("containers").Select(container => container.Text("name") + "=" + container.Text("image")));

    /// <summary>Config maps and secrets referred to, sorted, <c>Kind/name</c>; a service account's token left
    /// out.</summary>
    public static SortedSet<string> ConfigRefs(JsonElement spec)
    {
        var refs = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var container in AllContainers(spec))
        {
            foreach (var source in container.Items("envFrom"))
            {
                AddRef(refs, EntityKinds.ConfigMap, source.Text("configMapRef", "name"));
                AddRef(refs, EntityKinds.Secret, source.Text("secretRef", "name"));
            }

            foreach (var variable in container.Items("env"))
            {
                AddRef(refs, EntityKinds.ConfigMap, variable.Text("valueFrom", "configMapKeyRef", "name"));
                AddRef(refs, EntityKinds.Secret, variable.Text("valueFrom", "secretKeyRef", "name"));
            }
        }

        var tokenVolumes = TokenVolumes(spec);
        foreach (var volume in spec.Items("volumes").Where(volume => !tokenVolumes.Contains(volume.Text("name"))))
        {
            AddRef(refs, EntityKinds.ConfigMap, volume.Text("configMap", "name"));
            AddRef(refs, EntityKinds.Secret, volume.Text("secret", "secretName"));
            foreach (var source in volume.Items("projected", "sources"))
            {
                AddRef(refs, EntityKinds.ConfigMap, source.Text("configMap", "name"));
                AddRef(refs, EntityKinds.Secret, source.Text("secret", "name"));
            }
        }

        return refs;
    }

    /// <summary>Names of the claims mounted, sorted.</summary>
    public static SortedSet<string> Claims(JsonElement spec) => new(
        spec.Items("volumes")
            .Select(volume => volume.Text("persistentVolumeClaim", "claimName"))
            .Where(name => name.Length > 0),
        StringComparer.Ordinal);

    /// <summary>Environment of all containers, sorted lines <c>container.NAME=value</c>; confidential values as
    /// keyed hashes.</summary>
    public static string Environment(JsonElement spec, ContentHasher hasher)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var container in AllContainers(spec))
        {
            foreach (var variable in container.Items("env"))
            {
                var name = variable.Text("name");
                lines.Add($"{container.Text("name")}.{name}={Value(name, variable, hasher)}");
            }
        }

        if (lines.Count <= MaxVariableCount)
        {
            return string.Join('\n', lines);
        }

        var rest = string.Join('\n', lines.Skip(MaxVariableCount));
        return string.Join('\n', lines.Take(MaxVariableCount))
            + $"\n~further.{lines.Count - MaxVariableCount}=(hash {hasher.Confidential(rest)})";
    }

    /// <summary>Sum of a resource over the containers; null when one of them states none.</summary>
    /// <param name="spec">Pod specification.</param>
    /// <param name="side"><c>limits</c> or <c>requests</c>.</param>
    /// <param name="resource"><c>cpu</c> or <c>memory</c>.</param>
    public static double? Sum(JsonElement spec, string side, string resource)
    {
        var sum = 0.0;
        var containerCount = 0;
        foreach (var container in spec.Items("containers"))
        {
            containerCount++;
            if (!KubeQuantity.TryParse(container.Scalar("resources", side, resource), out var value))
            {
                return null;
            }

            sum += value;
        }

        return containerCount == 0 ? null : sum;
    }

    /// <summary>Images, limits and requests as facts.</summary>
    public static FactBuilder AddContainerFacts(this FactBuilder facts, JsonElement spec) => facts
        .Add(KubeFacts.Images, Images(spec))
        .Add(KubeFacts.MemoryLimitBytes, Sum(spec, "limits", "memory"))
        .Add(KubeFacts.CpuLimitCores, Sum(spec, "limits", "cpu"))
        .Add(KubeFacts.CpuRequestCores, Sum(spec, "requests", "cpu"));

    /// <summary>Joins texts, sorted, by commas.</summary>
    public static string Join(IEnumerable<string> texts) => string.Join(',', texts.Order(StringComparer.Ordinal));

    private static IEnumerable<JsonElement> AllContainers(JsonElement spec) =>
        spec.Items("initContainers").Concat(spec.Items("containers"));

    private static string Value(string name, JsonElement variable, ContentHasher hasher)
    {
        var source = variable.At("valueFrom");
        if (source.At("secretKeyRef") is { ValueKind: JsonValueKind.Object } secret)
        {
            return $"(Secret {secret.Text("name")}:{secret.Text("key")})";
        }

        if (source.At("configMapKeyRef") is { ValueKind: JsonValueKind.Object } map)
        {
            return $"(ConfigMap {map.Text("name")}:{map.Text("key")})";
        }

        if (source.At("fieldRef") is { ValueKind: JsonValueKind.Object } field)
        {
            return $"(field {field.Text("fieldPath")})";
        }

        if (source.At("resourceFieldRef") is { ValueKind: JsonValueKind.Object } resource)
        {
            return $"(resource {resource.Text("resource")})";
        }

        var value = variable.Text("value");
        if (SoundsSecret().IsMatch(name) || HoldsPassword().IsMatch(value))
        {
            return $"(hidden {hasher.Confidential(value)})";
        }

        value = value.ReplaceLineEndings(" ");
        return value.Length <= MaxValueLength
            ? value
            : $"{value[..MaxValueLength]}… (hash {hasher.Confidential(value)})";
    }

    private static HashSet<string> TokenVolumes(JsonElement spec) =>
    [
        .. AllContainers(spec)
            .SelectMany(container => container.Items("volumeMounts"))
            .Where(mount => mount.Text("mountPath") == TokenMountPath)
            .Select(mount => mount.Text("name")),
    ];

    private static void AddRef(SortedSet<string> refs, string kind, string name)
    {
        if (name.Length > 0)
        {
            refs.Add(kind + "/" + name);
        }
    }

    private static bool IsMachinery(string path) => MachineryPaths.Any(
        machinery => machinery[^1] == '/' ? path.StartsWith(machinery, StringComparison.Ordinal) : path == machinery);

    [GeneratedRegex(
        "PASSW|PWD|SECRET|TOKEN|CREDENTIAL|PRIVATE|APIKEY|(^|_)KEY|AUTH|CONNECTIONSTRING|CONNECTION_STRING|DSN",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SoundsSecret();

    [GeneratedRegex(
        @"://[^/\s:@]*:[^/\s@]+@|(password|pwd|secret|token)\s*=",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HoldsPassword();
}
