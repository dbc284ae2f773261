namespace CaaS.Signals;

/// <summary>Keys of <see cref="KubeObject.Facts"/>. Numbers are invariant decimal text, truths are
/// <c>true</c>/<c>false</c>.</summary>
public static class KubeFacts
{
    /// <summary>Pod phase: Pending, Running, Succeeded, Failed, Unknown.</summary>
    public const string Phase = "phase";

    /// <summary>Pod or node condition Ready: <c>true</c>, <c>false</c> or <c>unknown</c>.</summary>
    public const string Ready = "ready";

    /// <summary>Reason given with a node's or pod's Ready condition when it is not true.</summary>
    public const string ReadyReason = "readyReason";

    /// <summary>RFC 3339 instant at which the Ready condition last changed.</summary>
    public const string ReadySince = "readySince";

    /// <summary>Sum of the containers' restarts of a pod.</summary>
    public const string Restarts = "restarts";

    /// <summary>Reason a container of the pod waits, such as <c>CrashLoopBackOff</c>.</summary>
    public const string WaitingReason = "waitingReason";

    /// <summary>Reason the last container of the pod ended, such as <c>OOMKilled</c> or <c>Error</c>.</summary>
    public const string LastTerminationReason = "lastTerminationReason";

    /// <summary>RFC 3339 instant of that end.</summary>
    public const string LastTerminationTime = "lastTerminationTime";

    /// <summary>Exit code of that end.</summary>
    public const string LastExitCode = "lastExitCode";

    /// <summary>Why the pod cannot be scheduled, or why it was evicted.</summary>
    public const string Reason = "reason";

    /// <summary>Pod address.</summary>
    public const string PodIp = "podIp";

    /// <summary>Name of the node a pod is bound to.</summary>
    public const string NodeName = "nodeName";

    /// <summary>RFC 3339 instant of the pod's start.</summary>
    public const string StartedAt = "startedAt";

    /// <summary>RFC 3339 instant of the object's creation.</summary>
    public const string CreatedAt = "createdAt";

    /// <summary><c>true</c> while the object is being deleted.</summary>
    public const string Terminating = "terminating";

    /// <summary>Images of the pod template or pod, sorted, comma-separated <c>container=image</c>.</summary>
    public const string Images = "images";

    /// <summary>Wanted replicas.</summary>
    public const string Replicas = "replicas";

    /// <summary>Ready replicas.</summary>
    public const string ReadyReplicas = "readyReplicas";

    /// <summary>Updated replicas of a rollout.</summary>
    public const string UpdatedReplicas = "updatedReplicas";

    /// <summary>Rollout revision (<c>deployment.kubernetes.io/revision</c>).</summary>
    public const string Revision = "revision";

    /// <summary>Hash of the pod template without labels and annotations of the rollout machinery.</summary>
    public const string TemplateHash = "templateHash";

    /// <summary>Config maps and secrets the pod template refers to, sorted, comma-separated <c>Kind/name</c>.</summary>
    public const string ConfigRefs = "configRefs";

    /// <summary>Environment of the pod template's containers: secret-free names and values, sorted,
    /// <c>container.NAME=value</c> joined by newlines; values of secret references are left out.</summary>
    public const string Environment = "environment";

    /// <summary>Hash of a config map's or secret's content, or of a network policy's specification. A secret's is keyed
    /// with a key of the data folder, so that it can be compared but not guessed from.</summary>
    public const string ContentHash = "contentHash";

    /// <summary>Memory limit, bytes, summed over a pod's containers; absent when one has none.</summary>
    public const string MemoryLimitBytes = "memoryLimitBytes";

    /// <summary>CPU limit, cores, summed over a pod's containers; absent when one has none.</summary>
    public const string CpuLimitCores = "cpuLimitCores";

    /// <summary>CPU request, cores, summed over a pod's containers.</summary>
    public const string CpuRequestCores = "cpuRequestCores";

    /// <summary>Hosts an ingress routes, sorted, comma-separated.</summary>
    public const string Hosts = "hosts";

    /// <summary>Driver of a storage class, or of a volume.</summary>
    public const string Driver = "driver";

    /// <summary>Addresses of an IP pool, such as <c>10.0.0.0/16</c>.</summary>
    public const string Cidr = "cidr";

    /// <summary>Service cluster address.</summary>
    public const string ClusterIp = "clusterIp";

    /// <summary>How a service is reached, such as <c>ClusterIP</c>, <c>NodePort</c> or <c>LoadBalancer</c>.</summary>
    public const string ServiceType = "serviceType";

    /// <summary>Service selector, sorted, <c>name=value</c> joined by commas.</summary>
    public const string Selector = "selector";

    /// <summary>Which pods a network policy governs, of its namespace or of all, as a selector of Calico:
    /// <c>app == 'cart' &amp;&amp; !has(debug)</c>.</summary>
    public const string PodSelector = "podSelector";

    /// <summary>Addresses of an endpoints object that are ready, sorted, comma-separated.</summary>
    public const string ReadyAddresses = "readyAddresses";

    /// <summary><c>true</c> on a cordoned node.</summary>
    public const string Unschedulable = "unschedulable";

    /// <summary>Node conditions other than Ready that are true, comma-separated.</summary>
    public const string Pressure = "pressure";

    /// <summary>Allocatable cores of a node.</summary>
    public const string AllocatableCpuCores = "allocatableCpuCores";

    /// <summary>Allocatable memory of a node, bytes.</summary>
    public const string AllocatableMemoryBytes = "allocatableMemoryBytes";

    /// <summary>Least replicas of an autoscaler.</summary>
    public const string MinReplicas = "minReplicas";

    /// <summary>Most replicas of an autoscaler.</summary>
    public const string MaxReplicas = "maxReplicas";

    /// <summary>Capacity of a volume or claim, bytes.</summary>
    public const string CapacityBytes = "capacityBytes";

    /// <summary>Field manager that last wrote what people write (the spec, or a config map's data), as far as the
    /// object tells.</summary>
    public const string ChangedBy = "changedBy";

    /// <summary>RFC 3339 instant of that write, whole seconds.</summary>
    public const string ChangedAt = "changedAt";
}
