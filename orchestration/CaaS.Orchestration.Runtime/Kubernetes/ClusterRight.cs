namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>One thing an account must be allowed to do.</summary>
/// <param name="Group">API group; empty for the core one.</param>
/// <param name="Resource">Plural name, with its subresource after a slash.</param>
/// <param name="Verb">Verb.</param>
/// <param name="Purpose">What it is needed for, such as <c>scale</c>.</param>
public sealed record ClusterRight(string Group, string Resource, string Verb, string Purpose)
{
    /// <summary>What the six operations and their read-backs send, and nothing more.</summary>
    public static readonly IReadOnlyList<ClusterRight> ToOperate =
    [
        new("", "nodes", "list", "cordon"),
        new("", "nodes", "get", "cordon, uncordon"),
        new("", "nodes", "patch", "cordon, uncordon"),
        new("", "pods", "get", "delete pod"),
        new("", "pods/eviction", "create", "delete pod"),
        new("apps", "replicasets", "get", "delete pod"),
        new("apps", "replicasets", "list", "rollback"),
        .. Workload("deployments", "restart, rollback"),
        .. Workload("statefulsets", "restart"),
        .. Workload("daemonsets", "restart"),
        .. Scale("deployments"),
        .. Scale("statefulsets"),
    ];

    /// <summary>As people and RBAC rules write it.</summary>
    /// <returns><c>patch deployments.apps</c>, say.</returns>
    public override string ToString() => Group.Length == 0 ? $"{Verb} {Resource}" : $"{Verb} {Resource}.{Group}";

    private static ClusterRight[] Workload(string resource, string purpose) =>
        [new("apps", resource, "get", purpose), new("apps", resource, "patch", purpose)];

    private static ClusterRight[] Scale(string resource) =>
    [
        new("apps", resource + "/scale", "get", "scale"),
        new("apps", resource + "/scale", "patch", "scale"),
    ];
}
