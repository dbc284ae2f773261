using System.Collections.Immutable;
using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads pods.</summary>
internal static class PodMapping
{
    /// <summary>Annotations kept per pod, and the longest value: enough for scrape hints, not for whole
    /// configurations.</summary>
    private const int MaxAnnotationCount = 64;
    private const int MaxAnnotationLength = 1024;

    private static readonly string[] OrdinaryWaits = ["", "ContainerCreating", "PodInitializing"];

    public static void AddTo(in ObjectMeta meta, FactBuilder facts, List<Relation> relations)
    {
        var spec = meta.Root.At("spec");
        var status = meta.Root.At("status");
        var ready = Condition(status, "Ready");
        var isReady = ready.Text("status");
        facts
            .Add(KubeFacts.Phase, status.Text("phase"))
            .Add(KubeFacts.Ready, isReady.ToLowerInvariant())
            .Add(KubeFacts.ReadyReason, isReady == "True" ? "" : ready.Text("reason"))
            .Add(KubeFacts.ReadySince, ready.Instant("lastTransitionTime"))
            .Add(KubeFacts.Reason, Reason(status))
            .Add(KubeFacts.PodIp, status.Text("podIP"))
            .Add(KubeFacts.NodeName, spec.Text("nodeName"))
            .Add(KubeFacts.StartedAt, status.Instant("startTime"))
            .AddContainerFacts(spec);
        AddContainerStates(Statuses(status), facts);

        if (spec.Text("nodeName") is { Length: > 0 } node)
        {
            relations.Add(new Relation(RelationKind.RunsOn, meta.Entity, meta.ClusterWide(EntityKinds.Node, node)));
        }

        foreach (var claim in PodTemplate.Claims(spec))
        {
            var to = meta.Sibling(EntityKinds.PersistentVolumeClaim, claim);
            relations.Add(new Relation(RelationKind.Mounts, meta.Entity, to));
        }

        // What a workload's pods read is stated once, by its template.
        if (!meta.TryController(out _))
        {
            WorkloadMapping.AddConfigMounts(meta, spec, relations);
        }
    }

    public static PodRecord Record(in ObjectMeta meta)
    {
        var spec = meta.Root.At("spec");
        var status = meta.Root.At("status");
        var controller = meta.Controller();
        return new PodRecord(
            meta.Entity,
            meta.Uid,
            meta.Entity,
            status.Text("podIP"),
            spec.Text("nodeName"),
            status.Text("phase"),
            spec.IsTrue("hostNetwork"),
            meta.Meta.Instant("deletionTimestamp") is not null,
            Containers(spec, status),
            meta.Meta.TextMap("labels").ToImmutableDictionary(StringComparer.Ordinal),
            Annotations(meta),
            controller.Text("kind"),
            controller.Text("name"));
    }

    private static JsonElement Condition(JsonElement status, string type) =>
        status.Items("conditions").FirstOrDefault(condition => condition.Text("type") == type);

    private static string Reason(JsonElement status)
    {
        var scheduled = Condition(status, "PodScheduled");
        return status.Text("reason") is { Length: > 0 } reason
            ? reason
            : scheduled.Text("status") == "False" ? scheduled.Text("reason") : "";
    }

    private static IEnumerable<JsonElement> Statuses(JsonElement status) => status.Items("initContainerStatuses")
        .Concat(status.Items("containerStatuses"))
        .OrderBy(container => container.Text("name"), StringComparer.Ordinal);

    private static void AddContainerStates(IEnumerable<JsonElement> statuses, FactBuilder facts)
    {
        var restarts = 0;
        var waiting = "";
        JsonElement lastEnd = default;
        foreach (var container in statuses)
        {
            restarts += container.Count(0, "restartCount");
            var reason = container.Text("state", "waiting", "reason");
            waiting = OrdinaryWaits.Contains(waiting) && reason.Length > 0 ? reason : waiting;
            lastEnd = Later(lastEnd, container.At("lastState", "terminated"));
            lastEnd = Later(lastEnd, container.At("state", "terminated"));
        }

        facts.Add(KubeFacts.Restarts, restarts).Add(KubeFacts.WaitingReason, waiting);
        if (lastEnd.ValueKind == JsonValueKind.Object)
        {
            facts
                .Add(KubeFacts.LastTerminationReason, lastEnd.Text("reason"))
                .Add(KubeFacts.LastTerminationTime, lastEnd.Instant("finishedAt"))
                .Add(KubeFacts.LastExitCode, lastEnd.Scalar("exitCode"));
        }
    }

    /// <summary>Of two ends the later; of two at the same time the graver, so that a sidecar's orderly end hides
    /// nothing.</summary>
    private static JsonElement Later(JsonElement known, JsonElement other)
    {
        if (other.ValueKind != JsonValueKind.Object || known.ValueKind != JsonValueKind.Object)
        {
            return other.ValueKind == JsonValueKind.Object ? other : known;
        }

        var order = (known.Instant("finishedAt") ?? DateTimeOffset.MinValue)
            .CompareTo(other.Instant("finishedAt") ?? DateTimeOffset.MinValue);
        order = order != 0 ? order : known.Count(0, "exitCode").CompareTo(other.Count(0, "exitCode"));
        return order >= 0 ? known : other;
    }

    private static ImmutableArray<ContainerRecord> Containers(JsonElement spec, JsonElement status)
    {
        var running = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var container in status.Items("containerStatuses"))
        {
            running[container.Text("name")] = container;
        }

        var containers = ImmutableArray.CreateBuilder<ContainerRecord>();
        foreach (var container in spec.Items("containers"))
        {
            var state = running.GetValueOrDefault(container.Text("name"));
            var id = state.Text("containerID");
            var schemeEnd = id.IndexOf("://", StringComparison.Ordinal);
            containers.Add(new ContainerRecord(
                container.Text("name"),
                container.Text("image"),
                schemeEnd < 0 ? id : id[(schemeEnd + 3)..],
                state.Count(0, "restartCount")));
        }

        return containers.ToImmutable();
    }

    private static ImmutableDictionary<string, string> Annotations(in ObjectMeta meta) => meta.Meta
        .TextMap("annotations")
        .Where(pair => !pair.Key.StartsWith("kubectl.kubernetes.io/", StringComparison.Ordinal))
        .Where(pair => pair.Value.Length <= MaxAnnotationLength)
        .Take(MaxAnnotationCount)
        .ToImmutableDictionary(StringComparer.Ordinal);
}
