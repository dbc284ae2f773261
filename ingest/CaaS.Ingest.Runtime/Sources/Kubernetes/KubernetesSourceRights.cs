using CaaS.Signals;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>What the account that watches the cluster must be allowed to do.</summary>
public static class KubernetesSourceRights
{
    /// <summary>List and watch of every type watched, and what cAdvisor is read through. Secrets are left out: who
    /// gives no right to them only does not see their changes.</summary>
    public static readonly IReadOnlyList<(string Group, string Resource, string Verb)> All =
    [
        .. KubernetesResource.All.Where(type => type.Name != EntityKinds.Secret).SelectMany(type => Of(type.Versions[0])),
        ("", "nodes/proxy", "get"),
    ];

    private static (string Group, string Resource, string Verb)[] Of(ServedVersion type)
    {
        var cut = type.GroupVersion.IndexOf('/', StringComparison.Ordinal);
        var group = cut < 0 ? "" : type.GroupVersion[..cut];
        return [(group, type.Plural, "list"), (group, type.Plural, "watch")];
    }
}
