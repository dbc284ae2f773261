using System.Collections.Immutable;
using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads nodes. Heartbeats leave no trace in the facts, so they cause no traffic.</summary>
internal static class NodeMapping
{
    public static void AddTo(in ObjectMeta meta, FactBuilder facts)
    {
        var status = meta.Root.At("status");
        var ready = Ready(status);
        var isReady = ready.Text("status");
        var pressures = status.Items("conditions")
            .Where(condition => condition.Text("type") != "Ready" && condition.Text("status") == "True")
            .Select(condition => condition.Text("type"));
        facts
            .Add(KubeFacts.Ready, isReady.ToLowerInvariant())
            .Add(KubeFacts.ReadyReason, isReady == "True" ? "" : ready.Text("reason"))
            .Add(KubeFacts.ReadySince, ready.Instant("lastTransitionTime"))
            .Add(KubeFacts.Unschedulable, meta.Root.IsTrue("spec", "unschedulable"))
            .Add(KubeFacts.Pressure, PodTemplate.Join(pressures))
            .Add(KubeFacts.AllocatableCpuCores, Quantity(status, "cpu"))
            .Add(KubeFacts.AllocatableMemoryBytes, Quantity(status, "memory"))
            .AddLastWrite(meta, "f:spec");
    }

    public static NodeRecord Record(in ObjectMeta meta)
    {
        var status = meta.Root.At("status");
        var addresses = status.Items("addresses")
            .Where(address => address.Text("type") is "InternalIP" or "ExternalIP")
            .Select(address => address.Text("address"))
            .Where(address => address.Length > 0);
        return new NodeRecord(
            meta.Entity,
            [.. addresses],
            Ready(status).Text("status") == "True",
            meta.Meta.TextMap("labels").ToImmutableDictionary(StringComparer.Ordinal));
    }

    private static JsonElement Ready(JsonElement status) =>
        status.Items("conditions").FirstOrDefault(condition => condition.Text("type") == "Ready");

    private static double? Quantity(JsonElement status, string resource) =>
        KubeQuantity.TryParse(status.Scalar("allocatable", resource), out var value) ? value : null;
}
