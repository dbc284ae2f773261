using System.Collections.Immutable;
using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>The part every object has: who it is and who controls it.</summary>
internal readonly struct ObjectMeta
{
    private ObjectMeta(JsonElement root, Scope scope, string kind)
    {
        Root = root;
        Meta = root.At("metadata");
        Scope = scope;
        Name = Meta.Text("name");
        Namespace = Meta.Text("namespace") is { Length: > 0 } given ? given : EntityRef.NoNamespace;
        Uid = Meta.Text("uid");
        ResourceVersion = Meta.Text("resourceVersion");
        Entity = new EntityRef(scope, Namespace, kind, Name);
    }

    public JsonElement Root { get; }

    public JsonElement Meta { get; }

    public Scope Scope { get; }

    public string Name { get; }

    public string Namespace { get; }

    public string Uid { get; }

    public string ResourceVersion { get; }

    public EntityRef Entity { get; }

    /// <summary>Tells objects of one type apart.</summary>
    public string Key => Namespace + "/" + Name;

    public static bool TryRead(JsonElement root, Scope scope, string kind, out ObjectMeta meta)
    {
        meta = new ObjectMeta(root, scope, kind);
        return meta.Name.Length > 0 && meta.Uid.Length > 0;
    }

    /// <summary>The controlling owner, or undefined.</summary>
    public JsonElement Controller() =>
        Meta.Items("ownerReferences").FirstOrDefault(reference => reference.IsTrue("controller"));

    /// <summary>The controlling owner as an entity; false when nothing controls the object.</summary>
    public bool TryController(out EntityRef controller)
    {
        var reference = Controller();
        var kind = reference.Text("kind");
        var name = reference.Text("name");
        var home = kind == EntityKinds.Node ? EntityRef.NoNamespace : Namespace;
        controller = new EntityRef(Scope, home, kind, name);
        return kind.Length > 0 && name.Length > 0;
    }

    public EntityRef Sibling(string kind, string name) => new(Scope, Namespace, kind, name);

    public EntityRef ClusterWide(string kind, string name) => new(Scope, EntityRef.NoNamespace, kind, name);

    public ImmutableArray<Label> Labels() =>
        [.. Meta.TextMap("labels").Select(pair => new Label(pair.Key, pair.Value))];

    /// <summary>Field manager and time of the newest write to one of the parts people write; empty and null when
    /// not told.</summary>
    public (string Manager, DateTimeOffset? Time) LastWrite(params ReadOnlySpan<string> fields)
    {
        var manager = "";
        var newest = DateTimeOffset.MinValue;
        foreach (var entry in Meta.Items("managedFields"))
        {
            var written = entry.At("fieldsV1");
            var time = entry.Instant("time") ?? DateTimeOffset.MinValue;
            foreach (var field in fields)
            {
                if (time >= newest && written.At(field).ValueKind == JsonValueKind.Object)
                {
                    newest = time;
                    manager = entry.Text("manager");
                }
            }
        }

        return (manager, newest > DateTimeOffset.MinValue ? newest : null);
    }
}
