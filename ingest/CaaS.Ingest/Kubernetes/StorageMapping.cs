using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads claims and volumes, and hashes the content of config maps and secrets without looking at
/// it.</summary>
internal static class StorageMapping
{
    public static void AddVolume(in ObjectMeta meta, FactBuilder facts, List<Relation> relations)
    {
        var status = meta.Root.At("status");
        var capacity = status.Scalar("capacity", "storage") is { Length: > 0 } granted
            ? granted
            : meta.Root.Scalar("spec", "capacity", "storage");
        facts
            .Add(KubeFacts.Phase, status.Text("phase"))
            .Add(KubeFacts.Reason, status.Text("reason"))
            .Add(KubeFacts.CapacityBytes, KubeQuantity.TryParse(capacity, out var bytes) ? bytes : null);
        if (meta.Entity.Kind == EntityKinds.PersistentVolumeClaim
            && meta.Root.Text("spec", "volumeName") is { Length: > 0 } volume)
        {
            var to = meta.ClusterWide(EntityKinds.PersistentVolume, volume);
            relations.Add(new Relation(RelationKind.Mounts, meta.Entity, to));
        }
    }

    public static void AddContent(string kind, in ObjectMeta meta, ContentHasher hasher, FactBuilder facts)
    {
        var content = meta.Root.At("data");
        var binary = meta.Root.At("binaryData");
        var hash = kind == EntityKinds.Secret
            ? hasher.Confidential(content)
            : ContentHasher.Public(content) + (binary.ValueKind == default ? "" : ContentHasher.Public(binary));
        facts
            .Add(KubeFacts.ContentHash, hash)
            .AddLastWrite(meta, "f:data", "f:binaryData");
    }
}
