using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Analytics;

/// <summary>Reads a signal's role, bad direction and unit from its name, raw or derived.</summary>
/// <remarks>Names follow Prometheus and OpenTelemetry conventions: the unit comes last, before <c>_total</c>. O(name
/// length), pure.</remarks>
public static class SignalRoles
{
    /// <summary>Signal of a silent target: seconds since its last point.</summary>
    public const string SilenceMetric = "silence";

    /// <summary>Signal of a workload's error lines: lines a second.</summary>
    public const string LogErrorMetric = "log_error_rate";

    /// <summary>Signal of an entity that is unusual by all of its series together: evidence, in decimal
    /// digits.</summary>
    public const string EntityMetric = "series_together";

    private static readonly (string Part, SignalRole Role)[] Parts =
    [
        ("error_ratio", SignalRole.Errors),
        ("throttled", SignalRole.CpuContention),
        ("cpu_waiting", SignalRole.CpuContention),
        ("pressure_cpu", SignalRole.CpuContention),
        ("restarts", SignalRole.Restarts),
        ("memory", SignalRole.Memory),
        ("working_set", SignalRole.Memory),
        ("heap", SignalRole.Memory),
        ("cpu", SignalRole.Cpu),
        ("node_load", SignalRole.Cpu),
        ("network", SignalRole.Network),
        ("_fs_", SignalRole.Disk),
        ("filesystem", SignalRole.Disk),
        ("disk", SignalRole.Disk),
        ("duration", SignalRole.Latency),
        ("latency", SignalRole.Latency),
        ("request_rate", SignalRole.Traffic),
        ("requests", SignalRole.Traffic),
        ("log_error", SignalRole.Log),
    ];

    /// <summary>Reads the meaning of a signal.</summary>
    /// <param name="metric">Metric or derived name, not empty.</param>
    /// <param name="labels">Its labels; today no rule needs them.</param>
    /// <returns>The meaning; <see cref="SignalRole.Other"/>, both ways, when no rule knows the name.</returns>
    public static SignalMeaning Of(string metric, ImmutableArray<Label> labels)
    {
        _ = labels;
        if (metric == SilenceMetric)
        {
            return new SignalMeaning(SignalRole.Availability, BadDirection.High, "s");
        }

        var role = RoleOf(metric);
        var isRoom = metric.Contains("avail", StringComparison.OrdinalIgnoreCase);
        return new SignalMeaning(role, isRoom ? BadDirection.Low : DirectionOf(role), UnitOf(metric, role));
    }

    private static SignalRole RoleOf(string metric)
    {
        if (metric is "up" || Kube(metric, "_ready") || Kube(metric, "_available"))
        {
            return SignalRole.Availability;
        }

        foreach (var (part, role) in Parts)
        {
            if (metric.Contains(part, StringComparison.Ordinal))
            {
                return role;
            }
        }

        return SignalRole.Other;
    }

    private static bool Kube(string metric, string end) =>
        metric.StartsWith("kube_", StringComparison.Ordinal) && metric.EndsWith(end, StringComparison.Ordinal);

    private static BadDirection DirectionOf(SignalRole role) => role switch
    {
        SignalRole.Latency or SignalRole.Errors or SignalRole.Cpu or SignalRole.CpuContention or SignalRole.Memory
            or SignalRole.Disk or SignalRole.Restarts or SignalRole.Log => BadDirection.High,
        SignalRole.Availability => BadDirection.Low,
        _ => BadDirection.Both,
    };

    private static string UnitOf(string metric, SignalRole role)
    {
        var isRate = metric.EndsWith("_rate", StringComparison.Ordinal);
        var name = isRate ? metric.AsSpan()[..^5] : metric.AsSpan();
        name = name.EndsWith("_total") ? name[..^6] : name;
        name = name.EndsWith("_bucket") ? name[..^7] : name;
        if (role == SignalRole.CpuContention || name.EndsWith("_ratio"))
        {
            return "ratio";
        }

        if (name.EndsWith("_cores") || (role == SignalRole.Cpu && name.EndsWith("_seconds")))
        {
            return "cores";
        }

        if (name.EndsWith("_bytes"))
        {
            return isRate || metric.EndsWith("_total", StringComparison.Ordinal) ? "bytes/s" : "bytes";
        }

        return name.EndsWith("_seconds") && !isRate ? "s" : isRate ? "1/s" : "";
    }
}
