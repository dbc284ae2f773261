using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads claims, volumes and storage classes, and hashes the content of config maps and secrets without
/// looking at it.</summary>
internal static class StorageMapping
{
    private const string CephDrivers = ".csi.ceph.com";

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
        var spec = meta.Root.At("spec");
        AddStore(meta, EntityKinds.StorageClass, spec.Text("storageClassName"), relations);
        if (meta.Entity.Kind == EntityKinds.PersistentVolumeClaim)
        {
            AddStore(meta, EntityKinds.PersistentVolume, spec.Text("volumeName"), relations);
            return;
        }

        var driver = spec.Text("csi", "driver");
        facts.Add(KubeFacts.Driver, driver);
        AddPool(meta, driver, spec.Text("csi", "volumeAttributes", "pool"), relations);
    }

    public static void AddClass(in ObjectMeta meta, FactBuilder facts, List<Relation> relations)
    {
        var driver = meta.Root.Text("provisioner");
        facts.Add(KubeFacts.Driver, driver);
        AddPool(meta, driver, meta.Root.Text("parameters", "pool"), relations);
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

    /// <summary>Ceph's drivers name the pool; other drivers mean something else by that word.</summary>
    private static void AddPool(in ObjectMeta meta, string driver, string pool, List<Relation> relations)
    {
        if (driver.EndsWith(CephDrivers, StringComparison.Ordinal))
        {
            AddStore(meta, EntityKinds.CephPool, pool, relations);
        }
    }

    private static void AddStore(in ObjectMeta meta, string kind, string name, List<Relation> relations)
    {
        if (name.Length > 0)
        {
            relations.Add(new Relation(RelationKind.StoredOn, meta.Entity, meta.ClusterWide(kind, name)));
        }
    }
}
