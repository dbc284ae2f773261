using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads the JSON of one Kubernetes object into what the platform reasons about.</summary>
/// <remarks>
/// Pure. Of config maps and secrets only metadata and a hash of the content are read. Parts that are missing or of a
/// wrong type count as absent. Cost: one pass over the object, O(its size).
/// </remarks>
public sealed class KubeObjectMapper
{
    /// <summary>Kind under which events are mapped; they become <see cref="KubeItem.Event"/>.</summary>
    public const string EventKind = "Event";

    /// <summary>Kind under which endpoint slices are mapped; they become objects of kind
    /// <see cref="EntityKinds.Endpoints"/>.</summary>
    public const string EndpointSliceKind = "EndpointSlice";

    private readonly Scope _scope;
    private readonly ContentHasher _hasher;

    /// <summary>Makes a mapper.</summary>
    /// <param name="scope">Scope of every entity.</param>
    /// <param name="hasher">Hasher of confidential content.</param>
    public KubeObjectMapper(Scope scope, ContentHasher hasher)
    {
        _scope = scope;
        _hasher = hasher;
    }

    /// <summary>Reads one object.</summary>
    /// <param name="kind">Kind asked for; items of a list do not say theirs.</param>
    /// <param name="json">The object.</param>
    /// <param name="now">When it was read, UTC.</param>
    /// <param name="item">What it means; null when the answer is false.</param>
    /// <returns>False when it has no name or UID, or holds text that is no Unicode.</returns>
    public bool TryMap(string kind, JsonElement json, DateTimeOffset now, [NotNullWhen(true)] out KubeItem? item)
    {
        try
        {
            item = ObjectMeta.TryRead(json, _scope, kind, out var meta) ? Map(kind, meta, now) : null;
        }
        catch (InvalidOperationException)
        {
            // A JSON string may escape half a surrogate pair; .NET then refuses to make it a string.
            item = null;
        }

        return item is not null;
    }

    private KubeItem Map(string kind, in ObjectMeta meta, DateTimeOffset now)
    {
        var item = new KubeItem(meta.Key, meta.Uid, meta.ResourceVersion);
        if (kind == EventKind)
        {
            return item with { Event = EventMapping.Map(meta, now) };
        }

        var facts = new FactBuilder()
            .Add(KubeFacts.CreatedAt, meta.Meta.Instant("creationTimestamp"))
            .Add(KubeFacts.Terminating, meta.Meta.Instant("deletionTimestamp") is null ? "" : "true");
        var relations = new List<Relation>();
        var entity = meta.Entity;
        if (meta.TryController(out var controller) && controller.Kind != EntityKinds.Node)
        {
            relations.Add(new Relation(RelationKind.Owns, controller, entity));
            item = kind is EntityKinds.ReplicaSet or EntityKinds.Job ? item with { Controller = controller } : item;
        }

        switch (kind)
        {
            case EntityKinds.Pod:
                PodMapping.AddTo(meta, facts, relations);
                item = item with { Pod = PodMapping.Record(meta) };
                break;
            case EntityKinds.Node:
                NodeMapping.AddTo(meta, facts);
                item = item with { Node = NodeMapping.Record(meta) };
                break;
            case EntityKinds.Service:
                NetworkMapping.AddService(meta, facts);
                item = item with { Service = NetworkMapping.Record(meta) };
                break;
            case EntityKinds.Endpoints or EndpointSliceKind:
                entity = NetworkMapping.AddEndpoints(meta, facts, relations);
                break;
            case EntityKinds.NetworkPolicy or EntityKinds.GlobalNetworkPolicy:
                NetworkMapping.AddPolicy(meta, facts);
                break;
            case EntityKinds.Ingress:
                NetworkMapping.AddIngress(meta, facts, relations);
                break;
            case EntityKinds.IPPool:
                NetworkMapping.AddPool(meta, facts);
                break;
            case EntityKinds.StorageClass:
                StorageMapping.AddClass(meta, facts, relations);
                break;
            case EntityKinds.Deployment or EntityKinds.ReplicaSet or EntityKinds.StatefulSet or EntityKinds.DaemonSet
                or EntityKinds.Job:
                WorkloadMapping.AddTo(kind, meta, _hasher, facts, relations);
                break;
            case EntityKinds.HorizontalPodAutoscaler:
                WorkloadMapping.AddAutoscaler(meta, facts, relations);
                break;
            case EntityKinds.PersistentVolumeClaim or EntityKinds.PersistentVolume:
                StorageMapping.AddVolume(meta, facts, relations);
                break;
            case EntityKinds.ConfigMap or EntityKinds.Secret:
                StorageMapping.AddContent(kind, meta, _hasher, facts);
                break;
            default:
                facts.Add(KubeFacts.Phase, meta.Root.Text("status", "phase"));
                break;
        }

        return item with
        {
            State = new KubeObject(
                now, entity, meta.Uid, meta.ResourceVersion, false, meta.Labels(), facts.ToFacts(), Ordered(relations)),
        };
    }

    private static ImmutableArray<Relation> Ordered(List<Relation> relations) =>
    [
        .. relations.Distinct()
            .OrderBy(relation => relation.Kind).ThenBy(relation => relation.From).ThenBy(relation => relation.To),
    ];
}
