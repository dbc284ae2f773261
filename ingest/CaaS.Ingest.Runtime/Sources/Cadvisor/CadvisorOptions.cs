using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Sources.Cadvisor;

/// <summary>Settings of the scraping of the kubelets' container metrics; section <c>Ingest:Cadvisor</c>.</summary>
public sealed class CadvisorOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Cadvisor";

    /// <summary>Metrics detectors read; cAdvisor exposes some eighty per container.</summary>
    public static readonly IReadOnlyList<string> DefaultKeepMetrics =
    [
        "container_cpu_usage_seconds_total", "container_cpu_cfs_periods_total",
        "container_cpu_cfs_throttled_periods_total", "container_cpu_cfs_throttled_seconds_total",
        "container_memory_working_set_bytes", "container_memory_rss", "container_oom_events_total",
        "container_spec_memory_limit_bytes", "container_spec_cpu_quota", "container_spec_cpu_period",
        "container_fs_usage_bytes", "container_fs_limit_bytes", "container_processes", "container_start_time_seconds",
        "container_network_receive_bytes_total", "container_network_transmit_bytes_total",
        "container_network_receive_errors_total", "container_network_transmit_errors_total",
        "container_network_receive_packets_dropped_total", "container_network_transmit_packets_dropped_total",
        "container_pressure_*_seconds_total", "machine_cpu_cores", "machine_memory_bytes",
    ];

    /// <summary>Switches the source off.</summary>
    public bool Disabled { get; set; }

    /// <summary>Time between two scrapes of a node; kubelets measure anew every 10 to 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ScrapeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time of one scrape; a node of 110 pods answers with some 3 MB.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ScrapeTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>A node that never answered is not called down before this.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StartupGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most nodes; Kubernetes itself supports 5,000.</summary>
    [Range(1, 10_000)]
    public int MaxNodes { get; set; } = 5_000;

    /// <summary>Patterns of further metrics to keep.</summary>
    public IList<string> KeepMetrics { get; set; } = [];

    /// <summary>Patterns of metrics to drop.</summary>
    public IList<string> DropMetrics { get; set; } = [];

    /// <summary>Labels to drop besides those that only repeat the container's identity.</summary>
    public IList<string> DropLabels { get; set; } = [];
}
