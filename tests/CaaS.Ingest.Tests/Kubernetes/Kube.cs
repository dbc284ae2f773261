using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

/// <summary>Makes Kubernetes objects as an API server writes them, and shows what was made of them.</summary>
internal static class Kube
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly KubeObjectMapper Mapper = new(Scope.Default, new ContentHasher("0123456789abcdef"u8));

    public static KubeItem Map(string kind, string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(Mapper.TryMap(kind, document.RootElement, Now, out var item));
        return item;
    }

    public static KubeItem Map(string kind, JsonNode json) => Map(kind, json.ToJsonString());

    public static JsonObject Meta(string name, string uid, int version, string? space = "shop") => new()
    {
        ["name"] = name,
        ["namespace"] = space,
        ["uid"] = uid,
        ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture),
        ["creationTimestamp"] = "2026-03-01T10:00:00Z",
    };

    public static JsonObject Deployment(string name = "cart", int version = 1, string image = "shop:1", int replicas = 2)
    {
        var meta = Meta(name, "uid-" + name, version);
        meta["annotations"] = new JsonObject { ["deployment.kubernetes.io/revision"] = "3" };
        return new JsonObject
        {
            ["metadata"] = meta,
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name } },
                    ["spec"] = new JsonObject
                    {
                        ["containers"] = new JsonArray(new JsonObject
                        {
                            ["name"] = "app",
                            ["image"] = image,
                            ["env"] = new JsonArray(Variable("MODE", "fast")),
                            ["envFrom"] = new JsonArray(ConfigFrom("cart-a1")),
                        }),
                    },
                },
            },
            ["status"] = new JsonObject { ["readyReplicas"] = replicas },
        };
    }

    public static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    public static JsonObject ConfigFrom(string name) =>
        new() { ["configMapRef"] = new JsonObject { ["name"] = name } };

    public static JsonObject ConfigMap(string name, string value, int version = 1) => new()
    {
        ["metadata"] = Meta(name, "uid-cm-" + name, version),
        ["data"] = new JsonObject { ["settings.json"] = value },
    };

    public static JsonObject Node(string name, int version, string ready = "True", bool isCordoned = false) => new()
    {
        ["metadata"] = Meta(name, "uid-" + name, version, null),
        ["spec"] = new JsonObject { ["unschedulable"] = isCordoned },
        ["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready",
                ["status"] = ready,
                ["reason"] = ready == "True" ? "KubeletReady" : "NodeStatusUnknown",
                ["lastHeartbeatTime"] = Now.AddSeconds(version).ToString("O", CultureInfo.InvariantCulture),
                ["lastTransitionTime"] = "2026-03-01T10:00:00Z",
            }),
        },
    };

    public static JsonObject Container(JsonNode workload) =>
        workload["spec"]!["template"]!["spec"]!["containers"]![0]!.AsObject();

    /// <summary>All a pod's records, facts and relations, one a line.</summary>
    public static string Show(KubeItem item)
    {
        var text = new StringBuilder();
        var state = item.State!;
        text.Append(CultureInfo.InvariantCulture, $"{state.Entity} {state.Uid} v{state.ResourceVersion}\n");
        foreach (var label in state.Labels)
        {
            text.Append(CultureInfo.InvariantCulture, $"label {label.Name}={label.Value}\n");
        }

        foreach (var (key, value) in state.Facts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}: {value.Replace("\n", " | ", StringComparison.Ordinal)}\n");
        }

        foreach (var relation in state.Relations)
        {
            text.Append(CultureInfo.InvariantCulture, $"{relation.From} {relation.Kind} {relation.To}\n");
        }

        return text.ToString().TrimEnd();
    }

    public static string Show(ChangeEvent change) =>
        $"{change.Kind} {change.Entity}: {change.Summary} [{change.Before}] -> [{change.After}] r{change.Revision} by {change.Actor}";

    public static void Matches(string expected, string actual) =>
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), actual.ReplaceLineEndings("\n").Trim());
}
