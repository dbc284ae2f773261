using CaaS.Signals;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Paths of the API server.</summary>
internal static class KubePaths
{
    public const string Nodes = "/api/v1/nodes";

    public static string Node(string name) => Nodes + "/" + Uri.EscapeDataString(name);

    public static string Pod(EntityRef pod) =>
        $"/api/v1/namespaces/{Uri.EscapeDataString(pod.Namespace)}/pods/{Uri.EscapeDataString(pod.Name)}";

    /// <summary>Path of a workload, or of a replica set.</summary>
    public static string Workload(string @namespace, string kind, string name) =>
        $"/apis/apps/v1/namespaces/{Uri.EscapeDataString(@namespace)}/{kind.ToLowerInvariant()}s/{Uri.EscapeDataString(name)}";

    public static string Workload(EntityRef entity) => Workload(entity.Namespace, entity.Kind, entity.Name);

    public static string ReplicaSets(string @namespace, string selector) =>
        $"/apis/apps/v1/namespaces/{Uri.EscapeDataString(@namespace)}/replicasets"
        + (selector.Length == 0 ? "" : "?labelSelector=" + Uri.EscapeDataString(selector));
}
