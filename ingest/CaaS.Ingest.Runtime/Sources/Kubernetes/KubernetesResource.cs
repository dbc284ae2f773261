using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>One type of object watched.</summary>
/// <param name="Name">Name in messages and metrics.</param>
/// <param name="Phase">Types are first listed phase by phase, so that owners are known before what they own.</param>
/// <param name="Versions">Where it may be served, best first.</param>
internal sealed record KubernetesResource(string Name, int Phase, params ServedVersion[] Versions)
{
    /// <summary>Phase whose end means that pods and their owners are known.</summary>
    public const int PodPhase = 1;

    /// <summary>Every type watched.</summary>
    public static readonly IReadOnlyList<KubernetesResource> All =
    [
        Core(EntityKinds.Node, 0, "nodes"),
        Core(EntityKinds.Namespace, 0, "namespaces"),
        Of(EntityKinds.Deployment, 0, "apps/v1", "deployments"),
        Of(EntityKinds.StatefulSet, 0, "apps/v1", "statefulsets"),
        Of(EntityKinds.DaemonSet, 0, "apps/v1", "daemonsets"),
        Of(EntityKinds.ReplicaSet, 0, "apps/v1", "replicasets"),
        Of(EntityKinds.Job, 0, "batch/v1", "jobs"),
        Core(EntityKinds.Service, 0, "services"),
        Core(EntityKinds.ConfigMap, 2, "configmaps"),
        Core(EntityKinds.Secret, 2, "secrets"),
        Core(EntityKinds.PersistentVolume, 0, "persistentvolumes"),
        Core(EntityKinds.PersistentVolumeClaim, 0, "persistentvolumeclaims"),
        Core(EntityKinds.Pod, PodPhase, "pods"),
        new(
            EntityKinds.Endpoints,
            2,
            new ServedVersion(KubeObjectMapper.EndpointSliceKind, "discovery.k8s.io/v1", "endpointslices"),
            new ServedVersion(EntityKinds.Endpoints, "v1", "endpoints")),
        new(
            EntityKinds.HorizontalPodAutoscaler,
            2,
            Autoscaler("v2"),
            Autoscaler("v2beta2"),
            Autoscaler("v1")),
        Of(EntityKinds.NetworkPolicy, 2, "networking.k8s.io/v1", "networkpolicies"),
        Of(EntityKinds.Ingress, 2, "networking.k8s.io/v1", "ingresses"),
        Of(EntityKinds.StorageClass, 0, "storage.k8s.io/v1", "storageclasses"),
        Of(EntityKinds.IPPool, 2, "crd.projectcalico.org/v1", "ippools"),
        Of(EntityKinds.GlobalNetworkPolicy, 2, "crd.projectcalico.org/v1", "globalnetworkpolicies"),
        Core(KubeObjectMapper.EventKind, 2, "events"),
    ];

    private static KubernetesResource Core(string kind, int phase, string plural) => Of(kind, phase, "v1", plural);

    private static KubernetesResource Of(string kind, int phase, string groupVersion, string plural) =>
        new(kind, phase, new ServedVersion(kind, groupVersion, plural));

    private static ServedVersion Autoscaler(string version) =>
        new(EntityKinds.HorizontalPodAutoscaler, "autoscaling/" + version, "horizontalpodautoscalers");
}
