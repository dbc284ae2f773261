namespace CaaS.Signals;

/// <summary>Kinds of <see cref="EntityRef"/> the platform itself gives meaning to; Kubernetes' own spelling.</summary>
public static class EntityKinds
{
    /// <summary>A whole cluster, under the name its scope gives it.</summary>
    public const string Cluster = "Cluster";

    /// <summary>A Kubernetes node.</summary>
    public const string Node = "Node";

    /// <summary>A Kubernetes namespace.</summary>
    public const string Namespace = "Namespace";

    /// <summary>A pod; used as an entity only where no workload owns it, and in topology.</summary>
    public const string Pod = "Pod";

    /// <summary>A container of a workload's pods, all copies as one: <c>cart proxy</c>.</summary>
    public const string Container = "Container";

    /// <summary>A deployment.</summary>
    public const string Deployment = "Deployment";

    /// <summary>A replica set.</summary>
    public const string ReplicaSet = "ReplicaSet";

    /// <summary>A stateful set.</summary>
    public const string StatefulSet = "StatefulSet";

    /// <summary>A daemon set.</summary>
    public const string DaemonSet = "DaemonSet";

    /// <summary>A job.</summary>
    public const string Job = "Job";

    /// <summary>A service.</summary>
    public const string Service = "Service";

    /// <summary>Endpoints or an endpoint slice, under the service's name.</summary>
    public const string Endpoints = "Endpoints";

    /// <summary>A config map (metadata and content hash only).</summary>
    public const string ConfigMap = "ConfigMap";

    /// <summary>A secret (metadata and content hash only).</summary>
    public const string Secret = "Secret";

    /// <summary>A persistent volume claim.</summary>
    public const string PersistentVolumeClaim = "PersistentVolumeClaim";

    /// <summary>A persistent volume.</summary>
    public const string PersistentVolume = "PersistentVolume";

    /// <summary>A class of storage that volumes are made of.</summary>
    public const string StorageClass = "StorageClass";

    /// <summary>An ingress: what requests from outside are routed by.</summary>
    public const string Ingress = "Ingress";

    /// <summary>A container image, named as pods name it.</summary>
    public const string Image = "Image";

    /// <summary>A Calico IP pool.</summary>
    public const string IPPool = "IPPool";

    /// <summary>A Calico network policy of the whole cluster.</summary>
    public const string GlobalNetworkPolicy = "GlobalNetworkPolicy";

    /// <summary>A horizontal pod autoscaler.</summary>
    public const string HorizontalPodAutoscaler = "HorizontalPodAutoscaler";

    /// <summary>A network policy.</summary>
    public const string NetworkPolicy = "NetworkPolicy";

    /// <summary>A Kubernetes network policy of the whole cluster.</summary>
    public const string ClusterNetworkPolicy = "ClusterNetworkPolicy";

    /// <summary>A Ceph cluster, under the name the settings give it.</summary>
    public const string CephCluster = "CephCluster";

    /// <summary>A machine that serves Ceph; often a Kubernetes node of the same name.</summary>
    public const string CephHost = "CephHost";

    /// <summary>An object storage daemon, one disk of a Ceph cluster: <c>osd.3</c>.</summary>
    public const string CephOsd = "CephOsd";

    /// <summary>A Ceph pool.</summary>
    public const string CephPool = "CephPool";

    /// <summary>A state placement groups are in, such as <c>active+undersized</c>; there while any is in it.</summary>
    public const string CephPgState = "CephPgState";

    /// <summary>An operation a workload serves, as its spans name it: <c>cart GET /items</c>.</summary>
    public const string Operation = "Operation";

    /// <summary>A machine watched without a cluster.</summary>
    public const string Host = "Host";

    /// <summary>A peer outside the cluster, known only from calls to it.</summary>
    public const string External = "External";

    /// <summary>True for kinds that decide which traffic passes.</summary>
    /// <param name="kind">Kind to test.</param>
    /// <returns>True for network policies of Kubernetes and Calico.</returns>
    public static bool IsNetworkPolicy(string kind) =>
        kind is NetworkPolicy or GlobalNetworkPolicy or ClusterNetworkPolicy;

    /// <summary>True for kinds that own pods and are what an operation acts on.</summary>
    /// <param name="kind">Kind to test.</param>
    /// <returns>True for deployments, stateful sets, daemon sets and jobs.</returns>
    public static bool IsWorkload(string kind) => kind is Deployment or StatefulSet or DaemonSet or Job;
}
