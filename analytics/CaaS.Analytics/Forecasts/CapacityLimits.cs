using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Analytics.Forecasts;

/// <summary>Which metric says when another is full.</summary>
public static class CapacityLimits
{
    private const string TypeLabel = "type";

    private static readonly ImmutableArray<(string Usage, string Limit)> Pairs =
    [
        ("kubelet_volume_stats_used_bytes", "kubelet_volume_stats_capacity_bytes"),
        ("kubelet_volume_stats_inodes_used", "kubelet_volume_stats_inodes"),
        ("container_memory_working_set_bytes", "container_spec_memory_limit_bytes"),
        ("container_memory_usage_bytes", "container_spec_memory_limit_bytes"),
        ("container_memory_rss", "container_spec_memory_limit_bytes"),
        ("container_fs_usage_bytes", "container_fs_limit_bytes"),
        ("kube_resourcequota", "kube_resourcequota"),
        ("hikaricp_connections_active", "hikaricp_connections_max"),
        ("db_client_connections_usage", "db_client_connections_max"),
        ("go_sql_in_use_connections", "go_sql_max_open_connections"),
    ];

    /// <summary>Metric whose value is the limit of another.</summary>
    /// <param name="usage">Metric that grows.</param>
    /// <returns>Its name, or null when none is known.</returns>
    public static string? MetricOf(string usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        foreach (var (used, limit) in Pairs)
        {
            if (used == usage)
            {
                return limit;
            }
        }

        return null;
    }

    /// <summary>The limit a share has by its nature.</summary>
    /// <param name="metric">Metric.</param>
    /// <returns>1 for a share of a limit or of a node; null for anything else.</returns>
    public static double? NaturalOf(string metric) =>
        metric is Derived.DerivedNames.MemoryLimitRatio or Derived.DerivedNames.MemoryGrowthRatio
            or Derived.DerivedNames.NodeCpuRatio ? 1 : null;

    /// <summary>Whether a series is the limit of another: of the same thing, with equal labels where both have
    /// one.</summary>
    /// <param name="usage">Series that grows.</param>
    /// <param name="limit">Series of the limit's metric.</param>
    /// <returns>True when it is.</returns>
    public static bool IsOf(SeriesKey usage, SeriesKey limit)
    {
        ArgumentNullException.ThrowIfNull(usage);
        ArgumentNullException.ThrowIfNull(limit);
        var isQuota = usage.Metric == limit.Metric;
        return usage.Entity == limit.Entity
            && (!isQuota || (usage.LabelOrNull(TypeLabel) == "used" && limit.LabelOrNull(TypeLabel) == "hard"))
            && limit.Labels.All(label => label.Name == TypeLabel || (usage.LabelOrNull(label.Name) ?? label.Value) == label.Value);
    }
}
