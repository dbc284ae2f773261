using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads events of core/v1 and of events.k8s.io/v1.</summary>
internal static class EventMapping
{
    /// <summary>Kubernetes itself cuts messages at 1 KiB; what comes longer comes from somebody else.</summary>
    private const int MaxMessageLength = 1024;

    public static EventSighting Map(in ObjectMeta meta, DateTimeOffset now)
    {
        var root = meta.Root;
        var regarding = root.At("involvedObject") is { ValueKind: JsonValueKind.Object } involved
            ? involved
            : root.At("regarding");
        var message = root.Text("message") is { Length: > 0 } text ? text : root.Text("note");
        var time = root.Instant("series", "lastObservedTime")
            ?? root.Instant("lastTimestamp")
            ?? root.Instant("deprecatedLastTimestamp")
            ?? root.Instant("eventTime")
            ?? root.Instant("firstTimestamp")
            ?? meta.Meta.Instant("creationTimestamp")
            ?? now;
        var count = Math.Max(
            Math.Max(root.Count(0, "count"), root.Count(0, "deprecatedCount")), root.Count(0, "series", "count"));
        return new EventSighting(
            time,
            meta.Uid,
            Regarding(meta, regarding),
            root.Text("reason"),
            message.Length <= MaxMessageLength ? message : message[..MaxMessageLength],
            root.Text("type") == "Warning",
            Math.Max(1, count));
    }

    private static EntityRef Regarding(in ObjectMeta meta, JsonElement regarding)
    {
        var kind = regarding.Text("kind") is { Length: > 0 } given ? given : "Unknown";
        var name = regarding.Text("name") is { Length: > 0 } named ? named : "unknown";
        var home = regarding.Text("namespace") is { Length: > 0 } space ? space : EntityRef.NoNamespace;
        return new EntityRef(meta.Scope, home, kind, name);
    }
}
