using System.ComponentModel.DataAnnotations;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Settings of the watch over log lines; section <c>Analytics:Logs</c>.</summary>
/// <remarks>
/// New templates and the rate of error lines are always told. The other four kinds begin in a shadow, because the
/// recordings of tests/incidents cannot measure them (board log-anomalies): of 7,201 lines 12 were written in the 42
/// minutes before the faults, so there was nothing to learn from, and that none was raised says nothing. Memory of a
/// workload is mostly its shapes of lines, some 2 KB each, which all workloads share.
/// </remarks>
public sealed class LogWatchOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = AnalyticsOptions.Section + ":Logs";

    /// <summary>One template written far more often than before, or no longer though it was regular.</summary>
    public LogAnomalyMode Rates { get; set; } = LogAnomalyMode.Shadow;

    /// <summary>A number in lines of one template far from those before.</summary>
    public LogAnomalyMode Parameters { get; set; } = LogAnomalyMode.Shadow;

    /// <summary>Requests whose lines come in another order, number or kind than those before.</summary>
    public LogAnomalyMode Sequences { get; set; } = LogAnomalyMode.Shadow;

    /// <summary>Another mix of templates than before.</summary>
    public LogAnomalyMode Counts { get; set; } = LogAnomalyMode.Shadow;

    /// <summary>Shapes of lines kept of all workloads together: the default is at most some 200 MB. Lines of new
    /// shapes are then counted and left.</summary>
    [Range(64, 10_000_000)]
    public int MaxShapes { get; set; } = 100_000;

    /// <summary>Characters of a line that are compared; the rest counts as one value.</summary>
    [Range(64, 100_000)]
    public int MaxLineLength { get; set; } = 1024;

    /// <summary>Templates of a workload whose rates are watched: the busiest, as only they have a rate.</summary>
    [Range(1, 1000)]
    public int RatesPerEntity { get; set; } = 16;

    /// <summary>Named numbers of a workload that are watched, about 1 KB each.</summary>
    [Range(1, 1000)]
    public int ParametersPerEntity { get; set; } = 32;

    /// <summary>Lines of a workload whose numbers are read in a slot: reading them takes some microseconds a
    /// line.</summary>
    [Range(1, 10_000)]
    public int ParameterLinesPerSlot { get; set; } = 32;

    /// <summary>Requests of a workload that are followed at a time; others pass unseen.</summary>
    [Range(1, 10_000)]
    public int SessionsPerEntity { get; set; } = 64;
}
