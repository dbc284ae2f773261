using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Calico;

/// <summary>Finds who the ends of flows are.</summary>
/// <remarks>
/// Pods become their workload. What is outside the cluster becomes the service it was called by, or else a group: a
/// network set, a domain, or all public or all private addresses, so that addresses never become entities one by one.
/// Remembers what it found; one for each body.
/// </remarks>
internal sealed class FlowPeers(OwnerIndex owners)
{
    /// <summary>All addresses of the Internet that nothing tells apart.</summary>
    public const string PublicNetwork = "public-network";

    /// <summary>All private addresses that nothing tells apart.</summary>
    public const string PrivateNetwork = "private-network";

    /// <summary>Longest name in Kubernetes, and longest domain.</summary>
    private const int MaxNameLength = 253;

    private const string AutomaticHostSuffix = "-auto-hep";

    private readonly Dictionary<FlowPeer, EntityRef> _found = [];

    public Scope Scope => owners.Scope;

    /// <summary>Finds one end.</summary>
    /// <returns>False when it is named by nothing, or by what cannot be a name.</returns>
    public bool TryFind(FlowPeer peer, out EntityRef entity)
    {
        if (_found.TryGetValue(peer, out entity))
        {
            return true;
        }

        entity = peer.Type switch
        {
            "wep" => Workload(peer),
            "hep" => Host(peer),
            "ns" => Outside(peer.Namespace, peer.Group),
            "net" => Network(peer),
            _ => default,
        };
        if (!IsName(entity.Name) || !IsName(entity.Namespace)
            || entity.Namespace.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        _found.Add(peer, entity);
        return true;
    }

    private static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && !text.AsSpan().ContainsAnyInRange('\0', ' ');

    private EntityRef Workload(FlowPeer peer)
    {
        // A pod without a generated name is its own group.
        if (owners.TryGetOwner(peer.Namespace, peer.Name.Length > 0 ? peer.Name : peer.Group, out var owner))
        {
            return owner;
        }

        var controller = peer.Group.EndsWith("-*", StringComparison.Ordinal) ? peer.Group[..^2] : "";
        if (controller.Length > 0 && owners.TryGetOwnerOfAll(peer.Namespace, controller, out owner))
        {
            return owner;
        }

        // A deployment names its replica sets after itself and the hash it also writes on the pods.
        var suffix = "-" + peer.TemplateHash;
        var isDeployed = suffix.Length > 1 && controller.Length > suffix.Length
            && controller.EndsWith(suffix, StringComparison.Ordinal);
        return isDeployed
            ? new EntityRef(Scope, peer.Namespace, EntityKinds.Deployment, controller[..^suffix.Length])
            : new EntityRef(Scope, peer.Namespace, EntityKinds.Pod, controller.Length > 0 ? controller : peer.Group);
    }

    private EntityRef Host(FlowPeer peer)
    {
        var name = peer.Group.EndsWith(AutomaticHostSuffix, StringComparison.Ordinal)
            ? peer.Group[..^AutomaticHostSuffix.Length]
            : peer.Group;
        return new EntityRef(Scope, EntityRef.NoNamespace, EntityKinds.Node, name);
    }

    private EntityRef Network(FlowPeer peer)
    {
        if (peer.Service.Length > 0)
        {
            return new EntityRef(Scope, peer.ServiceNamespace, EntityKinds.Service, peer.Service);
        }

        return peer.Ip.Length > 0 && owners.TryGetEntityByIp(peer.Ip, out var known) ? known
            : peer.Domain.Length > 0 ? Outside("", peer.Domain)
            : Outside("", peer.Group == "pub" ? PublicNetwork : PrivateNetwork);
    }

    private EntityRef Outside(string space, string name) =>
        new(Scope, space.Length > 0 ? space : EntityRef.NoNamespace, EntityKinds.External, name);
}
