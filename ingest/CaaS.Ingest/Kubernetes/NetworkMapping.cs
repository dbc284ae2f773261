using System.Collections.Immutable;
using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads services, endpoints, endpoint slices, ingresses, network policies and IP pools.</summary>
internal static class NetworkMapping
{
    private const string ServiceNameLabel = "kubernetes.io/service-name";

    public static void AddService(in ObjectMeta meta, FactBuilder facts) => facts
        .Add(KubeFacts.ClusterIp, meta.Root.Text("spec", "clusterIP") is { } ip && ip != "None" ? ip : "")
        .Add(KubeFacts.ServiceType, meta.Root.Text("spec", "type"))
        .Add(KubeFacts.Selector, Selector(meta.Root.TextMap("spec", "selector")))
        .AddLastWrite(meta, "f:spec");

    public static ServiceRecord Record(in ObjectMeta meta)
    {
        var addresses = meta.Root.Items("spec", "clusterIPs")
            .Select(address => address.ValueKind == JsonValueKind.String ? address.GetString()! : "")
            .Append(meta.Root.Text("spec", "clusterIP"))
            .Where(address => address.Length > 0 && address != "None")
            .Distinct();
        return new ServiceRecord(
            meta.Entity,
            [.. addresses],
            meta.Root.TextMap("spec", "selector").ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>Adds what endpoints or one slice state; the entity bears the service's name.</summary>
    /// <returns>The entity.</returns>
    public static EntityRef AddEndpoints(in ObjectMeta meta, FactBuilder facts, List<Relation> relations)
    {
        var serviceName = meta.Meta.Text("labels", ServiceNameLabel) is { Length: > 0 } label ? label : meta.Name;
        var service = meta.Sibling(EntityKinds.Service, serviceName);
        var ready = new List<string>();
        foreach (var endpoint in meta.Root.Items("endpoints"))
        {
            // Ready unless said otherwise: the API leaves the condition out for "unknown, treat as ready".
            if (endpoint.At("conditions", "ready").ValueKind != JsonValueKind.False)
            {
                ready.AddRange(endpoint.Items("addresses")
                    .Where(address => address.ValueKind == JsonValueKind.String)
                    .Select(address => address.GetString()!));
            }

            AddTarget(meta, service, endpoint, relations);
        }

        foreach (var subset in meta.Root.Items("subsets"))
        {
            foreach (var endpoint in subset.Items("addresses"))
            {
                ready.Add(endpoint.Text("ip"));
                AddTarget(meta, service, endpoint, relations);
            }

            foreach (var endpoint in subset.Items("notReadyAddresses"))
            {
                AddTarget(meta, service, endpoint, relations);
            }
        }

        facts.Add(KubeFacts.ReadyAddresses, PodTemplate.Join(ready.Where(address => address.Length > 0).Distinct()));
        return meta.Sibling(EntityKinds.Endpoints, serviceName);
    }

    public static void AddPolicy(in ObjectMeta meta, FactBuilder facts) => facts
        .Add(KubeFacts.PodSelector, PolicySelector.Of(meta.Root.At("spec")))
        .Add(KubeFacts.ContentHash, ContentHasher.Public(meta.Root.At("spec")))
        .AddLastWrite(meta, "f:spec");

    /// <summary>Adds what an ingress routes where, and the certificates it reads.</summary>
    public static void AddIngress(in ObjectMeta meta, FactBuilder facts, List<Relation> relations)
    {
        var entity = meta.Entity;
        var rules = meta.Root.Items("spec", "rules").ToArray();
        var services = rules.SelectMany(rule => rule.Items("http", "paths")).Select(path => path.At("backend"))
            .Append(meta.Root.At("spec", "defaultBackend"))
            .Select(backend => backend.Text("service", "name"));
        foreach (var service in services.Where(name => name.Length > 0))
        {
            relations.Add(new Relation(RelationKind.Calls, entity, meta.Sibling(EntityKinds.Service, service)));
        }

        foreach (var secret in meta.Root.Items("spec", "tls").Select(tls => tls.Text("secretName")).Where(name => name.Length > 0))
        {
            relations.Add(new Relation(RelationKind.Mounts, entity, meta.Sibling(EntityKinds.Secret, secret)));
        }

        facts
            .Add(KubeFacts.Hosts, PodTemplate.Join(rules.Select(rule => rule.Text("host")).Where(host => host.Length > 0).Distinct()))
            .Add(KubeFacts.ContentHash, ContentHasher.Public(meta.Root.At("spec")))
            .AddLastWrite(meta, "f:spec");
    }

    public static void AddPool(in ObjectMeta meta, FactBuilder facts) => facts
        .Add(KubeFacts.Cidr, meta.Root.Text("spec", "cidr"))
        .Add(KubeFacts.ContentHash, ContentHasher.Public(meta.Root.At("spec")))
        .AddLastWrite(meta, "f:spec");

    private static void AddTarget(in ObjectMeta meta, EntityRef service, JsonElement endpoint, List<Relation> relations)
    {
        var target = endpoint.At("targetRef");
        if (target.Text("kind") == EntityKinds.Pod && target.Text("name") is { Length: > 0 } pod)
        {
            relations.Add(new Relation(RelationKind.Selects, service, meta.Sibling(EntityKinds.Pod, pod)));
        }
    }

    private static string Selector(SortedDictionary<string, string> labels) =>
        string.Join(',', labels.Select(pair => pair.Key + "=" + pair.Value));
}
