using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Sources.Prometheus;

/// <summary>Settings of the scraping of applications; section <c>Ingest:Prometheus</c>.</summary>
public sealed class PrometheusOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Prometheus";

    /// <summary>Metrics that describe the inside of a runtime or library and that no detector reads.</summary>
    public static readonly IReadOnlyList<string> DefaultDropMetrics =
    [
        "*_created", "target_info", "otel_scope_info", "promhttp_*", "scrape_*", "prometheus_net_*",
        "go_*", "python_*", "nodejs_version_info", "jvm_buffer_*", "jvm_classes_*", "process_virtual_memory_*",
        "process_max_fds", "dotnet_jit_*", "dotnet_assembly_*", "dotnet_timer_*", "dotnet_monitor_*",
        "dotnet_gc_heap_*", "dotnet_gc_last_collection_*", "dotnet_process_cpu_count", "dotnet_build_info",
        "kestrel_connection_duration_*", "kestrel_tls_*", "kestrel_upgraded_*", "http_client_open_connections",
        "http_client_connection_duration_*", "http_client_request_time_in_queue_*", "dns_lookup_*",
        "aspnetcore_*", "signalr_*", "microsoft_aspnetcore_*", "system_runtime_*", "system_net_*",
    ];

    /// <summary>Labels that say the same on every series; the series they part are summed.</summary>
    public static readonly IReadOnlyList<string> DefaultDropLabels =
    [
        "otel_scope_name", "otel_scope_version", "otel_scope_schema_url", "network_protocol_name",
        "network_protocol_version", "url_scheme", "server_port",
    ];

    /// <summary>Switches the source off.</summary>
    public bool Disabled { get; set; }

    /// <summary>Time between two scrapes of a target; detection within 60 s needs a few of them.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ScrapeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time of one scrape; never longer than the interval.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ScrapeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A target that never answered is not called down before this: programs take a while to start.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StartupGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most targets; at 10 s a process decodes several thousand.</summary>
    [Range(1, 100_000)]
    public int MaxTargets { get; set; } = 2_000;

    /// <summary>Patterns of the only metrics to keep; empty keeps all that are not dropped.</summary>
    public IList<string> KeepMetrics { get; set; } = [];

    /// <summary>Patterns of further metrics to drop.</summary>
    public IList<string> DropMetrics { get; set; } = [];

    /// <summary>Names of further labels to drop.</summary>
    public IList<string> DropLabels { get; set; } = [];

    /// <summary>False leaves the built-in drop lists out.</summary>
    public bool UseDefaultDropLists { get; set; } = true;

    /// <summary>Targets outside the cluster.</summary>
    public IList<StaticTargetOptions> Targets { get; set; } = [];
}
