using System.ComponentModel.DataAnnotations;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>How the executor reaches its cluster; section <c>Orchestration:Kubernetes</c>.</summary>
public sealed class KubernetesOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Orchestration:Kubernetes";

    /// <summary>Kubeconfig file; empty: that of <c>Ingest:Kubernetes:Kubeconfig</c>, then the pod's own service
    /// account.</summary>
    public string Kubeconfig { get; set; } = "";

    /// <summary>Folder of another service account than the pod's own, with <c>token</c> and <c>ca.crt</c> as a pod
    /// mounts them, so that the account that watches need not be the one that acts; empty for none. Used inside a
    /// cluster.</summary>
    public string ServiceAccount { get; set; } = "";

    /// <summary>Context of the kubeconfig; empty for its current one.</summary>
    public string Context { get; set; } = "";

    /// <summary>Longest wait for one call, seconds: an API server that takes longer is not well, and the outcome is
    /// then read back.</summary>
    [Range(1, 60)]
    public int CallTimeoutSeconds { get; set; } = 10;

    /// <summary>Most bytes of one answer: a list of thousands of nodes stays below.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int AnswerBytesMax { get; set; } = 64 * 1024 * 1024;
}
