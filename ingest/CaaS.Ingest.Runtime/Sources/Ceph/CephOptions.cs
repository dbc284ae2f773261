using System.ComponentModel.DataAnnotations;

namespace CaaS.Ingest.Runtime.Sources.Ceph;

/// <summary>Settings of the Ceph source; section <c>Ingest:Ceph</c>. It is off until an address is given.</summary>
public sealed class CephOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Ceph";

    /// <summary>Metrics of the manager that tell how the cluster, its OSDs and pools serve; the other nine tenths are
    /// the insides of its databases.</summary>
    public static readonly IReadOnlyList<string> DefaultKeepMetrics =
    [
        "ceph_health_status", "ceph_healthcheck_slow_ops", "ceph_cluster_total_*", "ceph_num_objects_*",
        "ceph_mon_quorum_status", "ceph_mon_num_elections",
        "ceph_osd_up", "ceph_osd_in", "ceph_osd_numpg", "ceph_osd_stat_bytes*", "ceph_osd_apply_latency_ms",
        "ceph_osd_commit_latency_ms", "ceph_osd_op_r", "ceph_osd_op_w", "ceph_osd_op_r_out_bytes", "ceph_osd_op_w_in_bytes",
        "ceph_osd_op_r_latency_*", "ceph_osd_op_w_latency_*", "ceph_osd_op_wip", "ceph_osd_recovery_*",
        "ceph_pg_total", "ceph_pg_active", "ceph_pg_clean", "ceph_pg_degraded", "ceph_pg_undersized", "ceph_pg_peering",
        "ceph_pg_inconsistent", "ceph_pg_incomplete", "ceph_pg_down", "ceph_pg_stale", "ceph_pg_unknown",
        "ceph_pool_stored", "ceph_pool_max_avail", "ceph_pool_percent_used", "ceph_pool_objects", "ceph_pool_quota_bytes",
        "ceph_pool_rd", "ceph_pool_rd_bytes", "ceph_pool_wr", "ceph_pool_wr_bytes", "ceph_pool_recovering_*",
        "ceph_rgw_req", "ceph_rgw_failed_req",
    ];

    /// <summary>Name the cluster has on the graph.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")]
    public string Name { get; set; } = "ceph";

    /// <summary>Addresses of the managers' dashboards, such as <c>https://ceph-1:8443/</c>; the first that is active is
    /// read.</summary>
    [MaxLength(16)]
    public IList<string> Dashboards { get; set; } = [];

    /// <summary>Addresses of the managers' Prometheus module, such as <c>http://ceph-1:9283/metrics</c>; one that
    /// stands by has none to tell.</summary>
    [MaxLength(16)]
    public IList<string> Metrics { get; set; } = [];

    /// <summary>Account of the dashboard; the role <c>read-only</c> is enough.</summary>
    public string User { get; set; } = "";

    /// <summary>File with its password, read at each login, so that a new one needs no restart.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>PEM file of what to trust besides the machine's authorities: authorities, or a dashboard's own
    /// certificate, which is then taken under any name.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>Time between two readings of the dashboard; Ceph's own page asks every five seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time of one request; the manager answers late while it recovers.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait between attempts while the dashboard does not answer; it doubles from the interval
    /// on.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Largest answer taken, bytes: some 6 KB an OSD.</summary>
    [Range(1024 * 1024, 1024 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Time between two scrapes of a manager; it computes its metrics anew every 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ScrapeInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time of one scrape; never longer than the interval.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ScrapeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most series of one manager: 2,000 OSDs and 200 pools.</summary>
    [Range(1, 1_000_000)]
    public int MaxSeries { get; set; } = 50_000;

    /// <summary>Patterns of further metrics to keep.</summary>
    public IList<string> KeepMetrics { get; set; } = [];

    /// <summary>Patterns of metrics to drop.</summary>
    public IList<string> DropMetrics { get; set; } = [];
}
