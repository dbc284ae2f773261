using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Analytics.Derived;

/// <summary>Which raw series feed which derived one, and how the derived ones are called.</summary>
/// <remarks>Names of other stages' rules: changing one is a change of contract.</remarks>
public static class DerivedNames
{
    /// <summary>CPU of a workload, cores, summed over pods and containers; also of a node where its total is
    /// measured.</summary>
    public const string CpuCores = "container_cpu_usage_cores";

    /// <summary>CPU of a workload's processes by their own count, cores.</summary>
    public const string ProcessCpuCores = "process_cpu_cores";

    /// <summary>Seconds a second the workload's containers were held back by their CPU limit.</summary>
    public const string ThrottledRatio = "container_cpu_throttled_ratio";

    /// <summary>Seconds a second the workload's containers waited for the CPU (pressure stall information).</summary>
    public const string WaitingRatio = "container_cpu_waiting_ratio";

    /// <summary>Greatest share of its memory limit a container of the workload uses.</summary>
    public const string MemoryLimitRatio = "container_memory_limit_ratio";

    /// <summary>The same share, told because it grows towards its limit.</summary>
    public const string MemoryGrowthRatio = "container_memory_growth_ratio";

    /// <summary>Most memory a container of the workload without a limit uses, bytes.</summary>
    public const string MemoryUseBytes = "container_memory_working_set_bytes";

    /// <summary>Share of a node's allocatable cores in use.</summary>
    public const string NodeCpuRatio = "node_cpu_utilisation_ratio";

    /// <summary>Cores of a machine that are not idle, by the host's own count.</summary>
    public const string HostCpuCores = "node_cpu_usage_cores";

    /// <summary>Label of the called peer on derived client series: the raw label <c>server_address</c>.</summary>
    public const string PeerLabel = "peer";

    /// <summary>Label of the called peer on raw client series.</summary>
    internal const string RawPeerLabel = "server_address";

    private const string BucketEnd = "_bucket";
    private const string DurationEnd = "_duration_seconds";

    private static readonly string[] IgnoredParts =
    [
        "container_spec_", "container_tasks_state", "container_start_time", "container_last_seen", "container_memory_",
        "container_fs_inodes", "container_blkio", "container_ulimits", "container_threads", "container_sockets",
        "container_processes", "container_file_descriptors", "container_cpu_load", "container_cpu_schedstat",
        "container_cpu_user", "container_cpu_system", "container_cpu_cfs_periods", "container_cpu_cfs_throttled_periods",
        "container_oom_events", "_start_time_seconds", "boot_time", "scrape_", "machine_", "cadvisor_version", "connection",
        "node_load5", "node_load15",
    ];

    private static readonly string[] IgnoredEnds = ["_created", "_info", "_sum", "_count", "_limit_bytes", "_quota", "_period"];

    private static readonly string[] Requests = ["request", "operation", "call", "query", "rpc"];

    /// <summary>Name of the 95th percentile derived from a duration histogram.</summary>
    /// <param name="stem">Histogram name without <c>_duration_seconds</c>.</param>
    /// <returns>The name, in seconds.</returns>
    public static string P95(string stem) => stem + "_duration_p95_seconds";

    /// <summary>Name of the request rate derived from a duration histogram.</summary>
    /// <param name="stem">Histogram name without <c>_duration_seconds</c>.</param>
    /// <returns>The name, in requests a second.</returns>
    public static string Rate(string stem) => stem + "_rate";

    /// <summary>Name of the error share derived from a duration histogram.</summary>
    /// <param name="stem">Histogram name without <c>_duration_seconds</c>.</param>
    /// <returns>The name, a ratio.</returns>
    public static string ErrorRatio(string stem) => stem + "_error_ratio";

    /// <summary>Raw metrics a derived one may come from: the other direction of the plan of a raw series.</summary>
    /// <param name="derived">Name of a derived metric.</param>
    /// <returns>Sets of raw metrics, the likeliest first; the first set that was measured is the one. Empty when no raw
    /// metric makes it: log rates and silences are not made of metrics.</returns>
    public static ImmutableArray<ImmutableArray<string>> RawOf(string derived)
    {
        ArgumentNullException.ThrowIfNull(derived);
        switch (derived)
        {
            case CpuCores or NodeCpuRatio:
                return [["container_cpu_usage_seconds_total"]];
            case ProcessCpuCores:
                return [["process_cpu_seconds_total"]];
            case ThrottledRatio:
                return [["container_cpu_cfs_throttled_seconds_total"]];
            case WaitingRatio:
                return [["container_pressure_cpu_waiting_seconds_total"]];
            case HostCpuCores:
                return [["node_cpu_seconds_total"]];
            case MemoryLimitRatio or MemoryGrowthRatio or MemoryUseBytes:
                return [["container_memory_working_set_bytes", "container_spec_memory_limit_bytes"]];
            default:
                break;
        }

        var bucket = DurationEnd + BucketEnd;
        return CutOrNull(derived, P95("")) is { } timed ? [[timed + bucket]]
            : CutOrNull(derived, ErrorRatio("")) is { } failed ? [[failed + bucket]]
            : CutOrNull(derived, Rate("")) is { } counted ? [[counted + bucket], [counted + "_total"], [counted]]
            : [];
    }

    /// <summary>Label of the raw series behind a label of a derived one.</summary>
    /// <param name="label">Label of a derived series.</param>
    /// <returns>The called peer by its raw name; every other label as it is.</returns>
    public static Label RawLabel(Label label)
    {
        return label.Name == PeerLabel ? label with { Name = RawPeerLabel } : label;
    }

    /// <summary>Decides what becomes of a raw series.</summary>
    /// <param name="key">Series.</param>
    /// <returns>The plan and the name of what it feeds (the stem for buckets, its own or its rate's name
    /// otherwise).</returns>
    internal static (SeriesPlan Plan, string Signal) PlanOf(SeriesKey key)
    {
        var metric = key.Metric;
        if (key.Kind == MetricKind.Bucket)
        {
            return Stem(metric) is { } stem ? (SeriesPlan.Bucket, stem) : (SeriesPlan.Ignored, metric);
        }

        if (key.LabelOrNull("container") is "POD" || (IsPodTotal(key) && !metric.Contains("network", StringComparison.Ordinal)))
        {
            return (SeriesPlan.Ignored, metric);
        }

        return metric switch
        {
            "container_cpu_usage_seconds_total" => (SeriesPlan.SummedCounter, CpuCores),
            "process_cpu_seconds_total" => (SeriesPlan.SummedCounter, ProcessCpuCores),
            "container_cpu_cfs_throttled_seconds_total" => (SeriesPlan.SummedCounter, ThrottledRatio),
            "container_pressure_cpu_waiting_seconds_total" => (SeriesPlan.SummedCounter, WaitingRatio),
            "node_cpu_seconds_total" => key.LabelOrNull("mode") is "idle" or "iowait"
                ? (SeriesPlan.Ignored, metric) : (SeriesPlan.SummedCounter, HostCpuCores),
            "container_memory_working_set_bytes" => (SeriesPlan.MemoryUse, MemoryLimitRatio),
            "container_spec_memory_limit_bytes" => (SeriesPlan.MemoryLimit, metric),
            _ => IsIgnored(metric) ? (SeriesPlan.Ignored, metric) : PlainPlan(key),
        };
    }

    /// <summary>A workload's series of the pod's whole control group would count its containers twice.</summary>
    private static bool IsPodTotal(SeriesKey key) =>
        key.Metric.StartsWith("container_", StringComparison.Ordinal)
        && key.Entity.Kind is not (EntityKinds.Node or EntityKinds.Host)
        && string.IsNullOrEmpty(key.LabelOrNull("container"));

    private static (SeriesPlan Plan, string Signal) PlainPlan(SeriesKey key)
    {
        if (key.Kind == MetricKind.Gauge)
        {
            return (SeriesPlan.Gauge, key.Metric);
        }

        var name = key.Metric.EndsWith("_total", StringComparison.Ordinal) ? key.Metric[..^6] : key.Metric;
        return (SeriesPlan.Counter, name + "_rate");
    }

    private static bool IsIgnored(string metric) =>
        (metric.StartsWith("node_memory_", StringComparison.Ordinal) && metric != "node_memory_MemAvailable_bytes") ||
        Array.Exists(IgnoredParts, part => metric.Contains(part, StringComparison.Ordinal))
        || Array.Exists(IgnoredEnds, end => metric.EndsWith(end, StringComparison.Ordinal));

    private static string? CutOrNull(string name, string end) =>
        name.Length > end.Length && name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : null;

    /// <summary>Only durations of requests are latency: how long a connection lived says nothing.</summary>
    private static string? Stem(string metric)
    {
        if (!metric.EndsWith(DurationEnd + BucketEnd, StringComparison.Ordinal))
        {
            return null;
        }

        var stem = metric[..^(DurationEnd.Length + BucketEnd.Length)];
        return Array.Exists(Requests, part => stem.Contains(part, StringComparison.Ordinal)) ? stem : null;
    }
}
