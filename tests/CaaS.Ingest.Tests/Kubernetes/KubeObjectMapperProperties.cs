using System.Text.Json;
using System.Text.Json.Nodes;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class KubeObjectMapperProperties
{
    private static readonly string[] Kinds =
    [
        EntityKinds.Pod, EntityKinds.Node, EntityKinds.Deployment, EntityKinds.ReplicaSet, EntityKinds.DaemonSet,
        EntityKinds.Job, EntityKinds.Service, EntityKinds.Endpoints, KubeObjectMapper.EndpointSliceKind,
        EntityKinds.HorizontalPodAutoscaler, EntityKinds.NetworkPolicy, EntityKinds.PersistentVolumeClaim,
        EntityKinds.PersistentVolume, EntityKinds.StorageClass, EntityKinds.Ingress, EntityKinds.IPPool,
        EntityKinds.ConfigMap, EntityKinds.Secret, EntityKinds.Namespace, KubeObjectMapper.EventKind,
    ];

    [Property(MaxTest = 200)]
    public void Parts_of_a_wrong_type_never_throw(int seed)
    {
        var random = new Random(seed);
        var json = Kube.Deployment();
        json["status"]!["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" });
        for (var i = 0; i < 4; i++)
        {
            Spoil(json, random);
        }

        using var document = JsonDocument.Parse(json.ToJsonString());
        foreach (var kind in Kinds)
        {
            Kube.Mapper.TryMap(kind, document.RootElement, Kube.Now, out _);
        }
    }

    [Property(MaxTest = 100)]
    public void The_order_of_properties_does_not_matter(int seed)
    {
        var json = Kube.Deployment();
        var shuffled = Shuffle(json, new Random(seed));

        Assert.Equal(
            Kube.Show(Kube.Map(EntityKinds.Deployment, json)), Kube.Show(Kube.Map(EntityKinds.Deployment, shuffled)));
    }

    private static JsonNode Shuffle(JsonNode node, Random random) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(_ => random.Next())
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : Shuffle(pair.Value, random)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Shuffle(item, random))]),
        _ => node.DeepClone(),
    };

    /// <summary>Replaces one random part by something of another type.</summary>
    private static void Spoil(JsonNode node, Random random)
    {
        JsonNode? Any() => random.Next(6) switch
        {
            0 => null,
            1 => JsonValue.Create(random.Next()),
            2 => JsonValue.Create("\u0000é"),
            3 => new JsonArray(1, "x", null),
            4 => new JsonObject { ["name"] = new JsonArray() },
            _ => JsonValue.Create(true),
        };

        if (node is JsonObject map && map.Count > 0)
        {
            var key = map.ElementAt(random.Next(map.Count)).Key;
            if (map[key] is { } child && child is JsonObject or JsonArray && random.Next(3) > 0)
            {
                Spoil(map[key]!, random);
            }
            else if (key != "metadata")
            {
                map[key] = Any();
            }
        }
        else if (node is JsonArray { Count: > 0 } list)
        {
            var index = random.Next(list.Count);
            if (list[index] is JsonObject or JsonArray)
            {
                Spoil(list[index]!, random);
            }
            else
            {
                list[index] = Any();
            }
        }
    }
}
