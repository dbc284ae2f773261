using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Which pods and services have which IP address, and what names and addresses may lead elsewhere than
/// before.</summary>
/// <remarks>The answers do not depend on the order in which things were added.</remarks>
internal sealed class AddressBook
{
    /// <summary>One pod of each address; others that say they have it too, as old and new ones may, are few.</summary>
    private readonly Dictionary<string, PodView> _pods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<PodView>> _others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<EntityRef>> _services = new(StringComparer.Ordinal);

    /// <summary>Names and addresses whose callee has to be found anew; whoever does it clears them.</summary>
    public HashSet<string> Moved { get; } = new(StringComparer.Ordinal);

    public void Add(PodView pod)
    {
        if (pod.Ip.Length > 0 && !_pods.TryAdd(pod.Ip, pod))
        {
            Add(_others, pod.Ip, pod);
        }
        else if (pod.Ip.Length > 0)
        {
            Moved.Add(pod.Ip);
        }
    }

    public void Remove(PodView pod)
    {
        if (!_pods.TryGetValue(pod.Ip, out var first) || first != pod)
        {
            Remove(_others, pod.Ip, pod);
            return;
        }

        Moved.Add(pod.Ip);
        if (_others.TryGetValue(pod.Ip, out var others))
        {
            _pods[pod.Ip] = others[0];
            Remove(_others, pod.Ip, others[0]);
        }
        else
        {
            _pods.Remove(pod.Ip);
        }
    }

    public void Add(EntityRef service, string clusterIp) => Add(_services, clusterIp, service);

    public void Remove(EntityRef service, string clusterIp) => Remove(_services, clusterIp, service);

    /// <summary>The workload of the pod at an address: of one that is there rather than of one that was, and of the one
    /// that got it last; null when there is none.</summary>
    public EntityRef? PodAt(string address) =>
        _pods.TryGetValue(address, out var one)
            ? (_others.TryGetValue(address, out var others) ? others.Add(one) : [one]).OrderBy(pod => pod.IsGone).ThenByDescending(pod => pod.State.FirstSeen)
                .ThenBy(pod => pod.State.Entity, EntityOrder.Instance).First().Owner
            : null;

    /// <summary>The service with a cluster address, the first in order of several; null when there is none.</summary>
    public EntityRef? ServiceAt(string address) =>
        _services.TryGetValue(address, out var services) ? services.Order(EntityOrder.Instance).First() : null;

    private void Add<T>(Dictionary<string, ImmutableArray<T>> map, string address, T item)
    {
        if (address.Length > 0)
        {
            map[address] = map.TryGetValue(address, out var known) ? known.Add(item) : [item];
            Moved.Add(address);
        }
    }

    private void Remove<T>(Dictionary<string, ImmutableArray<T>> map, string address, T item)
    {
        if (map.TryGetValue(address, out var known))
        {
            Moved.Add(address);
            if (known.Remove(item) is { Length: > 0 } left)
            {
                map[address] = left;
            }
            else
            {
                map.Remove(address);
            }
        }
    }
}
