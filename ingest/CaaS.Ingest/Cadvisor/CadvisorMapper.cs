using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Signals;

namespace CaaS.Ingest.Cadvisor;

/// <summary>Names the series of a kubelet's cAdvisor: containers measure their pod's workload, the root group the
/// node.</summary>
/// <remarks>
/// Rows of pause containers and pod groups repeat what their containers say and are dropped, except network traffic,
/// which only the pod has. Rows of interfaces and devices of one pod are summed.
/// </remarks>
public sealed class CadvisorMapper : ISeriesMapper
{
    private const string NetworkPrefix = "container_network_";

    private static readonly string[] VirtualInterfaces =
        ["lo", "cali", "veth", "cni", "flannel", "docker", "tunl", "dummy", "kube-ipvs", "vxlan", "sit", "ip6tnl", "br-"];

    private readonly EntityRef _node;
    private readonly Func<OwnerIndex> _owners;
    private readonly MetricFilter _filter;

    /// <summary>Makes the mapper of one node.</summary>
    /// <param name="scope">Scope of the cluster.</param>
    /// <param name="node">Node name.</param>
    /// <param name="owners">Gives the latest knowledge of who owns which pod.</param>
    /// <param name="filter">What to keep.</param>
    public CadvisorMapper(Scope scope, string node, Func<OwnerIndex> owners, MetricFilter filter)
    {
        _node = new EntityRef(scope, EntityRef.NoNamespace, EntityKinds.Node, node);
        _owners = owners;
        _filter = filter;
    }

    /// <inheritdoc/>
    public SeriesMapping Map(string metric, List<Label> labels, MetricKind kind)
    {
        var id = ValueOf(labels, "id");
        var pod = ValueOf(labels, "pod");
        var container = ValueOf(labels, "container");
        var isNetwork = metric.StartsWith(NetworkPrefix, StringComparison.Ordinal);
        var isNode = id == "/" || metric.StartsWith("machine_", StringComparison.Ordinal);
        var isPodItself = container is "" or "POD";
        if (!_filter.Keeps(metric)
            || (!isNode && (pod.Length == 0 || isPodItself != isNetwork))
            || (isNetwork && IsVirtual(ValueOf(labels, "interface"))))
        {
            return SeriesMapping.Drop(DropReason.Filtered);
        }

        var kept = labels.Where(IsKept).ToList();
        if (isNode)
        {
            return SeriesMapping.Keep(new SeriesKey(_node, metric, kept, kind));
        }

        var @namespace = ValueOf(labels, "namespace");
        if (!_owners().TryGetOwner(@namespace, pod, out var owner))
        {
            return SeriesMapping.NotYet;
        }

        kept.Add(new Label(SeriesKey.PodLabel, pod));
        if (!isPodItself)
        {
            kept.Add(new Label("container", container));
        }

        // The pod of a controller not seen yet is named again until its workload is known.
        var isFinal = EntityKinds.IsWorkload(owner.Kind);
        return new SeriesMapping(new SeriesKey(owner, metric, kept, kind), default, isFinal);
    }

    private static string ValueOf(List<Label> labels, string name)
    {
        foreach (var label in labels)
        {
            if (label.Name == name)
            {
                return label.Value;
            }
        }

        return "";
    }

    private static bool IsVirtual(string networkInterface) =>
        networkInterface.Length == 0
        || Array.Exists(VirtualInterfaces, prefix => networkInterface.StartsWith(prefix, StringComparison.Ordinal));

    private bool IsKept(Label label) =>
        label.Name is not ("id" or "name" or "image" or "pod" or "container" or "namespace"
            or "interface" or "device" or "cpu" or "boot_id" or "machine_id" or "system_uuid")
        && _filter.Keeps(label);
}
