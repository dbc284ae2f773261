using System.Text.Json.Nodes;
using CaaS.Signals;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>How far a workload's rollout is, as <c>kubectl rollout status</c> judges it.</summary>
internal static class Rollout
{
    /// <summary>Wanted replicas; null when they cannot be read.</summary>
    public static int? Wanted(JsonNode workload, string kind) => kind == EntityKinds.DaemonSet
        ? workload.Number("status", "desiredNumberScheduled")
        : workload.Number("spec", "replicas");

    /// <summary>Ready replicas; a status without the number means none.</summary>
    public static int? Ready(JsonNode workload, string kind) => workload.At("status") is null
        ? null
        : workload.Number("status", kind == EntityKinds.DaemonSet ? "numberReady" : "readyReplicas") ?? 0;

    /// <summary>Whether the controller has seen the newest specification.</summary>
    public static bool IsObserved(JsonNode workload) =>
        workload.Number("status", "observedGeneration") >= workload.Number("metadata", "generation");

    /// <summary>Judges a rollout whose change is known to be there.</summary>
    public static EffectReport Judge(JsonNode workload, string kind)
    {
        if (Wanted(workload, kind) is not { } wanted)
        {
            return new EffectReport(EffectState.Unknown, "The workload's replicas could not be read.");
        }

        var isDaemon = kind == EntityKinds.DaemonSet;
        var updated = workload.Number("status", isDaemon ? "updatedNumberScheduled" : "updatedReplicas") ?? 0;
        var all = isDaemon ? updated : workload.Number("status", "replicas") ?? 0;
        var available = isDaemon
            ? workload.Number("status", "numberAvailable") ?? 0
            : workload.Number("status", "availableReplicas") ?? workload.Number("status", "readyReplicas") ?? 0;
        var isComplete = IsObserved(workload) && updated >= wanted && all <= wanted && available >= wanted;
        return new EffectReport(
            isComplete ? EffectState.Reached : EffectState.Progressing,
            $"{updated} of {wanted} replicas are new, {available} available.");
    }
}
