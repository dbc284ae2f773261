using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Who owns what in one cluster, at one time: answers for sources that see only a pod's name or an
/// address.</summary>
/// <remarks>
/// Immutable and so thread-safe; each change makes a new index that shares what did not change, O(log n). A deleted pod
/// still resolves by name among the last <see cref="MaxFarewellCount"/> deleted ones, because its last logs, metrics
/// and events arrive after it is gone; its address no longer resolves, for another pod may have it.
/// </remarks>
public sealed class OwnerIndex
{
    /// <summary>Deleted pods still resolved by name: about what a large rollout replaces in a minute.</summary>
    public const int MaxFarewellCount = 1024;

    private const string PodTemplateHashLabel = "pod-template-hash";
    private const int MaxOwnerDepth = 4;

    private static readonly string[] PodControllerKinds =
        [EntityKinds.ReplicaSet, EntityKinds.StatefulSet, EntityKinds.DaemonSet, EntityKinds.Job];

    // Written only between Clone and the publication of the clone.
    private ImmutableDictionary<EntityRef, PodRecord> _pods = ImmutableDictionary<EntityRef, PodRecord>.Empty;
    private ImmutableDictionary<string, PodRecord> _podsByIp = ImmutableDictionary<string, PodRecord>.Empty;
    private ImmutableDictionary<string, NodeRecord> _nodes = ImmutableDictionary<string, NodeRecord>.Empty;
    private ImmutableDictionary<string, NodeRecord> _nodesByIp = ImmutableDictionary<string, NodeRecord>.Empty;
    private ImmutableDictionary<EntityRef, ServiceRecord> _services =
        ImmutableDictionary<EntityRef, ServiceRecord>.Empty;

    private ImmutableDictionary<string, ServiceRecord> _servicesByIp = ImmutableDictionary<string, ServiceRecord>.Empty;
    private ImmutableDictionary<EntityRef, EntityRef> _controllers = ImmutableDictionary<EntityRef, EntityRef>.Empty;
    private ImmutableDictionary<EntityRef, ImmutableHashSet<EntityRef>> _podsByController =
        ImmutableDictionary<EntityRef, ImmutableHashSet<EntityRef>>.Empty;

    private ImmutableDictionary<EntityRef, EntityRef> _farewells = ImmutableDictionary<EntityRef, EntityRef>.Empty;
    private ImmutableQueue<EntityRef> _farewellOrder = [];

    /// <summary>Makes an index that knows nothing.</summary>
    /// <param name="scope">Scope of every entity in it.</param>
    public OwnerIndex(Scope scope) => Scope = scope;

    /// <summary>Scope of every entity in the index.</summary>
    public Scope Scope { get; }

    /// <summary>All living pods, in no order.</summary>
    public IEnumerable<PodRecord> Pods => _pods.Values;

    /// <summary>All nodes, in no order.</summary>
    public IEnumerable<NodeRecord> Nodes => _nodes.Values;

    /// <summary>All services, in no order.</summary>
    public IEnumerable<ServiceRecord> Services => _services.Values;

    /// <summary>Number of living pods.</summary>
    public int PodCount => _pods.Count;

    /// <summary>Finds a living pod by name.</summary>
    /// <param name="podNamespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="pod">The pod, or null when the answer is false.</param>
    /// <returns>False when no such pod lives.</returns>
    public bool TryGetPod(string podNamespace, string name, [NotNullWhen(true)] out PodRecord? pod) =>
        _pods.TryGetValue(Entity(podNamespace, EntityKinds.Pod, name), out pod);

    /// <summary>Finds the living pod that has an address of its own; pods on the host's network have none.</summary>
    /// <param name="ip">Address as Kubernetes writes it.</param>
    /// <param name="pod">The pod, or null when the answer is false.</param>
    /// <returns>False when no running pod has the address.</returns>
    public bool TryGetPodByIp(string ip, [NotNullWhen(true)] out PodRecord? pod) => _podsByIp.TryGetValue(ip, out pod);

    /// <summary>Finds a node by name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">The node, or null when the answer is false.</param>
    /// <returns>False when there is no such node.</returns>
    public bool TryGetNode(string name, [NotNullWhen(true)] out NodeRecord? node) => _nodes.TryGetValue(name, out node);

    /// <summary>Finds a service by name.</summary>
    /// <param name="serviceNamespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="service">The service, or null when the answer is false.</param>
    /// <returns>False when there is no such service.</returns>
    public bool TryGetService(string serviceNamespace, string name, [NotNullWhen(true)] out ServiceRecord? service) =>
        _services.TryGetValue(Entity(serviceNamespace, EntityKinds.Service, name), out service);

    /// <summary>Finds a service by one of its cluster addresses.</summary>
    /// <param name="clusterIp">Address as Kubernetes writes it.</param>
    /// <param name="service">The service, or null when the answer is false.</param>
    /// <returns>False when no service has the address.</returns>
    public bool TryGetServiceByIp(string clusterIp, [NotNullWhen(true)] out ServiceRecord? service) =>
        _servicesByIp.TryGetValue(clusterIp, out service);

    /// <summary>Names who answers for a pod's signals.</summary>
    /// <param name="podNamespace">Namespace of the pod.</param>
    /// <param name="name">Name of the pod.</param>
    /// <param name="owner">Owning workload; the pod itself when nothing owns it; default when the answer is
    /// false.</param>
    /// <returns>False when the pod neither lives nor is among the lately deleted.</returns>
    public bool TryGetOwner(string podNamespace, string name, out EntityRef owner)
    {
        var pod = Entity(podNamespace, EntityKinds.Pod, name);
        if (_pods.TryGetValue(pod, out var record))
        {
            owner = record.Owner;
            return true;
        }

        return _farewells.TryGetValue(pod, out owner);
    }

    /// <summary>Names who answers for all pods of one direct controller, by its name alone: what pods' generated names
    /// begin with.</summary>
    /// <param name="podNamespace">Namespace of the pods.</param>
    /// <param name="controllerName">Name of a replica set, stateful set, daemon set or job.</param>
    /// <param name="owner">Owning workload; default when the answer is false.</param>
    /// <returns>False when no such controller is known.</returns>
    public bool TryGetOwnerOfAll(string podNamespace, string controllerName, out EntityRef owner)
    {
        foreach (var kind in PodControllerKinds)
        {
            var controller = Entity(podNamespace, kind, controllerName);
            if (_podsByController.TryGetValue(controller, out var pods))
            {
                owner = _pods[pods.First()].Owner;
                return true;
            }

            if (_controllers.ContainsKey(controller))
            {
                owner = FollowControllers(controller);
                return true;
            }
        }

        owner = default;
        return false;
    }

    /// <summary>Names who answers for an entity: follows pods, replica sets and jobs up to what people
    /// deployed.</summary>
    /// <param name="entity">Any entity.</param>
    /// <returns>Its owning workload, or the entity itself when it has none or is unknown.</returns>
    public EntityRef OwnerOf(EntityRef entity)
    {
        if (entity.Kind == EntityKinds.Pod)
        {
            return TryGetOwner(entity.Namespace, entity.Name, out var owner) ? owner : entity;
        }

        return FollowControllers(entity);
    }

    /// <summary>Names who has an address: a pod's owning workload, else a service, else a node.</summary>
    /// <param name="ip">Address as Kubernetes writes it.</param>
    /// <param name="entity">Who has it; default when the answer is false.</param>
    /// <returns>False when nobody in the cluster has it.</returns>
    public bool TryGetEntityByIp(string ip, out EntityRef entity)
    {
        if (_podsByIp.TryGetValue(ip, out var pod))
        {
            entity = pod.Owner;
            return true;
        }

        if (_servicesByIp.TryGetValue(ip, out var service))
        {
            entity = service.Entity;
            return true;
        }

        var found = _nodesByIp.TryGetValue(ip, out var node);
        entity = found ? node!.Entity : default;
        return found;
    }

    /// <summary>Adds or replaces a pod; its owner is resolved anew.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The new index.</returns>
    public OwnerIndex WithPod(PodRecord pod)
    {
        var next = Clone();
        next.RemovePod(pod.Entity);
        next.AddPod(pod);
        return next;
    }

    /// <summary>Removes a pod; its name keeps resolving for a while.</summary>
    /// <param name="pod">The pod's entity.</param>
    /// <returns>The new index.</returns>
    public OwnerIndex WithoutPod(EntityRef pod)
    {
        if (!_pods.TryGetValue(pod, out var record))
        {
            return this;
        }

        var next = Clone();
        next.RemovePod(pod);
        if (!next._farewells.ContainsKey(pod))
        {
            next._farewellOrder = next._farewellOrder.Enqueue(pod);
        }

        next._farewells = next._farewells.SetItem(pod, record.Owner);
        if (next._farewells.Count > MaxFarewellCount)
        {
            next._farewellOrder = next._farewellOrder.Dequeue(out var oldest);
            next._farewells = next._farewells.Remove(oldest);
        }

        return next;
    }

    /// <summary>Adds or replaces a node.</summary>
    /// <param name="node">The node.</param>
    /// <returns>The new index.</returns>
    public OwnerIndex WithNode(NodeRecord node)
    {
        var next = WithoutNode(node.Name).Clone();
        next._nodes = next._nodes.SetItem(node.Name, node);
        foreach (var address in node.Addresses)
        {
            next._nodesByIp = next._nodesByIp.SetItem(address, node);
        }

        return next;
    }

    /// <summary>Removes a node.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The new index.</returns>
    public OwnerIndex WithoutNode(string name)
    {
        if (!_nodes.TryGetValue(name, out var node))
        {
            return this;
        }

        var next = Clone();
        next._nodes = next._nodes.Remove(name);
        foreach (var address in node.Addresses)
        {
            if (next._nodesByIp.TryGetValue(address, out var holder) && holder.Name == name)
            {
                next._nodesByIp = next._nodesByIp.Remove(address);
            }
        }

        return next;
    }

    /// <summary>Adds or replaces a service.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The new index.</returns>
    public OwnerIndex WithService(ServiceRecord service)
    {
        var next = WithoutService(service.Entity).Clone();
        next._services = next._services.SetItem(service.Entity, service);
        foreach (var address in service.ClusterIps)
        {
            next._servicesByIp = next._servicesByIp.SetItem(address, service);
        }

        return next;
    }

    /// <summary>Removes a service.</summary>
    /// <param name="service">Its entity.</param>
    /// <returns>The new index.</returns>
    public OwnerIndex WithoutService(EntityRef service)
    {
        if (!_services.TryGetValue(service, out var record))
        {
            return this;
        }

        var next = Clone();
        next._services = next._services.Remove(service);
        foreach (var address in record.ClusterIps)
        {
            if (next._servicesByIp.TryGetValue(address, out var holder) && holder.Entity == service)
            {
                next._servicesByIp = next._servicesByIp.Remove(address);
            }
        }

        return next;
    }

    /// <summary>Learns who controls a replica set or job; pods seen before it are resolved anew.</summary>
    /// <param name="controlled">The replica set or job.</param>
    /// <param name="controller">Its controller.</param>
    /// <returns>The new index.</returns>
    public OwnerIndex WithController(EntityRef controlled, EntityRef controller)
    {
        if (_controllers.TryGetValue(controlled, out var known) && known == controller)
        {
            return this;
        }

        var next = Clone();
        next._controllers = next._controllers.SetItem(controlled, controller);
        if (next._podsByController.TryGetValue(controlled, out var pods))
        {
            foreach (var pod in pods)
            {
                var record = next._pods[pod];
                next.RemovePod(pod);
                next.AddPod(record);
            }
        }

        return next;
    }

    /// <summary>Forgets a replica set or job that is gone; pods it left keep the owner they had.</summary>
    /// <param name="controlled">The replica set or job.</param>
    /// <returns>The new index.</returns>
    public OwnerIndex WithoutController(EntityRef controlled)
    {
        if (!_controllers.ContainsKey(controlled))
        {
            return this;
        }

        var next = Clone();
        next._controllers = next._controllers.Remove(controlled);
        return next;
    }

    private OwnerIndex Clone() => (OwnerIndex)MemberwiseClone();

    private void AddPod(PodRecord pod)
    {
        var resolved = pod with { Owner = ResolveOwner(pod) };
        _pods = _pods.SetItem(pod.Entity, resolved);
        if (HoldsItsAddress(pod))
        {
            _podsByIp = _podsByIp.SetItem(pod.Ip, resolved);
        }

        if (pod.ControllerKind.Length > 0)
        {
            var controller = Entity(pod.Namespace, pod.ControllerKind, pod.ControllerName);
            var siblings = _podsByController.TryGetValue(controller, out var known) ? known : [];
            _podsByController = _podsByController.SetItem(controller, siblings.Add(pod.Entity));
        }
    }

    private void RemovePod(EntityRef pod)
    {
        if (!_pods.TryGetValue(pod, out var record))
        {
            return;
        }

        _pods = _pods.Remove(pod);
        if (_podsByIp.TryGetValue(record.Ip, out var holder) && holder.Entity == pod)
        {
            _podsByIp = _podsByIp.Remove(record.Ip);
        }

        var controller = Entity(record.Namespace, record.ControllerKind, record.ControllerName);
        if (_podsByController.TryGetValue(controller, out var siblings))
        {
            siblings = siblings.Remove(pod);
            _podsByController = siblings.IsEmpty
                ? _podsByController.Remove(controller)
                : _podsByController.SetItem(controller, siblings);
        }
    }

    private EntityRef ResolveOwner(PodRecord pod)
    {
        // A static pod is controlled by its node, which does not answer for what the pod does.
        if (pod.ControllerKind.Length == 0 || pod.ControllerKind == EntityKinds.Node)
        {
            return pod.Entity;
        }

        var controller = Entity(pod.Namespace, pod.ControllerKind, pod.ControllerName);
        var owner = FollowControllers(controller);
        return owner == controller && TryGuessDeployment(pod, out var deployment) ? deployment : owner;
    }

    private EntityRef FollowControllers(EntityRef entity)
    {
        for (var depth = 0; depth < MaxOwnerDepth && _controllers.TryGetValue(entity, out var above); depth++)
        {
            entity = above;
        }

        return entity;
    }

    /// <summary>A deployment names its replica set after itself and the template hash it also writes on the pods, so
    /// the owner is known even when the pod is seen before its replica set.</summary>
    private bool TryGuessDeployment(PodRecord pod, out EntityRef deployment)
    {
        deployment = default;
        if (pod.ControllerKind != EntityKinds.ReplicaSet
            || !pod.Labels.TryGetValue(PodTemplateHashLabel, out var hash)
            || hash.Length == 0
            || !pod.ControllerName.EndsWith("-" + hash, StringComparison.Ordinal)
            || pod.ControllerName.Length <= hash.Length + 1)
        {
            return false;
        }

        var name = pod.ControllerName[..^(hash.Length + 1)];
        deployment = Entity(pod.Namespace, EntityKinds.Deployment, name);
        return true;
    }

    private static bool HoldsItsAddress(PodRecord pod) =>
        pod.Ip.Length > 0 && !pod.IsHostNetwork && pod.Phase is not ("Succeeded" or "Failed");

    private EntityRef Entity(string entityNamespace, string kind, string name) =>
        new(Scope, entityNamespace, kind, name);
}
