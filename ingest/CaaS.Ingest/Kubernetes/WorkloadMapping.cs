using System.Text.Json;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads deployments, replica sets, stateful sets, daemon sets, jobs and autoscalers.</summary>
internal static class WorkloadMapping
{
    private const string DeploymentRevision = "deployment.kubernetes.io/revision";
    private const string DaemonSetRevision = "deprecated.daemonset.template.generation";

    public static void AddTo(
        string kind, in ObjectMeta meta, ContentHasher hasher, FactBuilder facts, List<Relation> relations)
    {
        var template = meta.Root.At("spec", "template");
        var podSpec = template.At("spec");
        AddCounts(kind, meta, facts);
        facts
            .Add(KubeFacts.Revision, Revision(kind, meta))
            .Add(KubeFacts.Reason, Trouble(meta.Root.At("status")))
            .Add(KubeFacts.TemplateHash, PodTemplate.Hash(template))
            .AddContainerFacts(podSpec);
        if (kind == EntityKinds.ReplicaSet)
        {
            // Its deployment states the rest.
            return;
        }

        facts
            .Add(KubeFacts.ConfigRefs, string.Join(',', PodTemplate.ConfigRefs(podSpec)))
            .Add(KubeFacts.Environment, PodTemplate.Environment(podSpec, hasher))
            .AddLastWrite(meta, "f:spec");
        AddConfigMounts(meta, podSpec, relations);
        foreach (var image in podSpec.Items("containers").Select(container => container.Text("image")).Where(name => name.Length > 0))
        {
            relations.Add(new Relation(RelationKind.ReleasedBy, meta.Entity, meta.ClusterWide(EntityKinds.Image, image)));
        }

        foreach (var claim in PodTemplate.Claims(podSpec))
        {
            var to = meta.Sibling(EntityKinds.PersistentVolumeClaim, claim);
            relations.Add(new Relation(RelationKind.Mounts, meta.Entity, to));
        }
    }

    public static void AddAutoscaler(in ObjectMeta meta, FactBuilder facts, List<Relation> relations)
    {
        var spec = meta.Root.At("spec");
        var status = meta.Root.At("status");
        facts
            .Add(KubeFacts.MinReplicas, spec.Count(1, "minReplicas"))
            .Add(KubeFacts.MaxReplicas, spec.Scalar("maxReplicas"))
            .Add(KubeFacts.Replicas, status.Scalar("desiredReplicas"))
            .Add(KubeFacts.Reason, Trouble(status))
            .AddLastWrite(meta, "f:spec");
        var target = spec.At("scaleTargetRef");
        if (target.Text("kind") is { Length: > 0 } kind && target.Text("name") is { Length: > 0 } name)
        {
            relations.Add(new Relation(RelationKind.Scales, meta.Entity, meta.Sibling(kind, name)));
        }
    }

    /// <summary>States which config maps and secrets an entity reads.</summary>
    public static void AddConfigMounts(in ObjectMeta meta, JsonElement podSpec, List<Relation> relations)
    {
        foreach (var reference in PodTemplate.ConfigRefs(podSpec))
        {
            var slash = reference.IndexOf('/', StringComparison.Ordinal);
            var to = meta.Sibling(reference[..slash], reference[(slash + 1)..]);
            relations.Add(new Relation(RelationKind.Mounts, meta.Entity, to));
        }
    }

    private static void AddCounts(string kind, in ObjectMeta meta, FactBuilder facts)
    {
        var spec = meta.Root.At("spec");
        var status = meta.Root.At("status");
        switch (kind)
        {
            case EntityKinds.DaemonSet:
                facts
                    .Add(KubeFacts.Replicas, status.Count(0, "desiredNumberScheduled"))
                    .Add(KubeFacts.ReadyReplicas, status.Count(0, "numberReady"))
                    .Add(KubeFacts.UpdatedReplicas, status.Count(0, "updatedNumberScheduled"));
                break;
            case EntityKinds.Job:
                var ended = status.Items("conditions").FirstOrDefault(
                    condition => condition.Text("type") is "Complete" or "Failed"
                        && condition.Text("status") == "True");
                facts
                    .Add(KubeFacts.Replicas, spec.Count(1, "parallelism"))
                    .Add(KubeFacts.ReadyReplicas, status.Count(status.Count(0, "active"), "ready"))
                    .Add(KubeFacts.Phase, ended.Text("type"));
                break;
            default:
                facts
                    .Add(KubeFacts.Replicas, spec.Count(1, "replicas"))
                    .Add(KubeFacts.ReadyReplicas, status.Count(0, "readyReplicas"));
                if (kind != EntityKinds.ReplicaSet)
                {
                    facts.Add(KubeFacts.UpdatedReplicas, status.Count(0, "updatedReplicas"));
                }

                break;
        }
    }

    private static string Revision(string kind, in ObjectMeta meta) => kind switch
    {
        EntityKinds.Deployment or EntityKinds.ReplicaSet => meta.Meta.Text("annotations", DeploymentRevision),
        EntityKinds.DaemonSet => meta.Meta.Text("annotations", DaemonSetRevision),
        EntityKinds.StatefulSet => meta.Root.Text("status", "updateRevision"),
        _ => "",
    };

    /// <summary>Reason of the first condition that tells of trouble, such as
    /// <c>ProgressDeadlineExceeded</c>.</summary>
    private static string Trouble(JsonElement status) => status.Items("conditions")
        .Where(condition => (condition.Text("type"), condition.Text("status")) is
            ("Progressing", "False") or ("ReplicaFailure", "True") or ("Failed", "True")
            or ("AbleToScale", "False") or ("ScalingActive", "False") or ("ScalingLimited", "True"))
        .Select(condition => condition.Text("reason"))
        .FirstOrDefault("");
}
