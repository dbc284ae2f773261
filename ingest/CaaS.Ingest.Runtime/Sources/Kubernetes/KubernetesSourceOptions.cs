using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Settings of the Kubernetes source; section <c>Ingest:Kubernetes</c>.</summary>
public sealed class KubernetesSourceOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Kubernetes";

    /// <summary>Path of a kubeconfig file. Empty: the cluster this process runs in, or no cluster when it runs in
    /// none.</summary>
    public string Kubeconfig { get; set; } = "";

    /// <summary>Context of that file; empty for its current one.</summary>
    public string Context { get; set; } = "";

    /// <summary>Switches the source off even where a cluster is reachable.</summary>
    public bool Disabled { get; set; }

    /// <summary>Objects asked for in one page of a list: 500 pods are about 2 MB of JSON, which keeps the API
    /// server's memory flat.</summary>
    [Range(1, 5000)]
    public int PageSize { get; set; } = 500;

    /// <summary>How often every type is listed whole and compared, so that nothing missed stays missed.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ResyncInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Least time between two lists of one type, except the first and one after 410: a list of a large
    /// cluster costs the API server seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MinListInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server keeps one watch open; it ends it then and the watch goes on from where it
    /// was.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan WatchTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A watch silent for longer is taken for stalled and opened anew: API servers send a bookmark about
    /// every minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WatchIdleTimeout { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>Longest wait for the answer to one request, a page of a list included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>First wait after a failure; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan BackoffFirst { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between attempts: what an API server's restart takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:30:00")]
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait after the server said that this type may not be read (403) or does not exist (404).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RefusedBackoff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Most objects kept of one type: twice the 150,000 pods Kubernetes itself supports. More are refused
    /// and counted.</summary>
    [Range(100, 10_000_000)]
    public int MaxObjectsPerType { get; set; } = 300_000;

    /// <summary>Largest single object or watch line taken, bytes: etcd's own limit is 1.5 MiB, JSON is about twice
    /// that.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int MaxObjectBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Largest page of a list taken, bytes; a larger one is asked for again with half as many
    /// objects.</summary>
    [Range(1024 * 1024, 1024 * 1024 * 1024)]
    public int MaxPageBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Events remembered to tell growth of a count from a new event: Kubernetes keeps events for an
    /// hour.</summary>
    [Range(100, 10_000_000)]
    public int MaxEvents { get; set; } = 100_000;

    /// <summary>Events of the first list that happened longer ago are remembered but not sent on: they are not
    /// news.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan EventLookBack { get; set; } = TimeSpan.FromMinutes(1);
}
