using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CaaS.Analytics.LogAnomalies;
using CaaS.Analytics.Objectives;
using CaaS.Analytics.Unusual;

namespace CaaS.Analytics;

/// <summary>Settings of the analytics stage; section <c>Analytics</c>.</summary>
public sealed class AnalyticsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Analytics";

    /// <summary>Raw series kept: about 200 bytes each, so the default is 10 MB. More are dropped and counted.</summary>
    [Range(16, 5_000_000)]
    public int MaxSeries { get; set; } = 50_000;

    /// <summary>Series with a detector: about 3 KB each with what the search for the unusual keeps, so the default is
    /// 60 MB. More are dropped and counted.</summary>
    [Range(16, 1_000_000)]
    public int MaxWatched { get; set; } = 20_000;

    /// <summary>Workloads whose log lines are mined; lines of more are counted and left.</summary>
    [Range(1, 100_000)]
    public int MaxLogEntities { get; set; } = 2_000;

    /// <summary>Log templates kept per workload; lines that fit none once it is full are counted as
    /// <c>other</c>.</summary>
    [Range(8, 10_000)]
    public int MaxTemplatesPerEntity { get; set; } = 256;

    /// <summary>What is watched of log lines.</summary>
    public LogWatchOptions Logs { get; set; } = new();

    /// <summary>Pods and nodes whose state is remembered.</summary>
    [Range(16, 1_000_000)]
    public int MaxObjects { get; set; } = 50_000;

    /// <summary>Length of a slot of derived series, seconds; best equal to the scrape interval.</summary>
    [Range(1, 60)]
    public int SlotSeconds { get; set; } = 5;

    /// <summary>Most slots that are put together until there are enough requests to judge: three make 15
    /// seconds.</summary>
    [Range(1, 20)]
    public int WindowSlots { get; set; } = 3;

    /// <summary>Fewest requests a quantile is computed from: below 20 a 95th percentile is the maximum.</summary>
    [Range(5, 10_000)]
    public int MinRequests { get; set; } = 20;

    /// <summary>Points a series must have been seen for before it may alarm.</summary>
    [Range(8, 10_000)]
    public int LearningPoints { get; set; } = 24;

    /// <summary>Time a series must have been seen for before it may alarm.</summary>
    public TimeSpan LearningTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Latency growth below this is never an anomaly: nobody notices it.</summary>
    public TimeSpan LatencyFloor { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Error share no service is blamed for: the null hypothesis is at least this share.</summary>
    [Range(0.0001, 0.5)]
    public double ErrorRatioFloor { get; set; } = 0.01;

    /// <summary>Shortest silence of a regular target that counts: three scrapes of five seconds.</summary>
    public TimeSpan SilenceAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A raised anomaly whose series is not measured any more is cleared after this.</summary>
    public TimeSpan AbsentAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A fault that lasts longer is slowly learned as the new normal.</summary>
    public TimeSpan AdaptAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A series without points for this long is forgotten and its place freed.</summary>
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>The search for what is unusual, whether it hurts or not.</summary>
    public UnusualOptions Ensemble { get; set; } = new();

    /// <summary>Values of <c>http_route</c> that no user calls: probes and scrapes are left out of latency and
    /// errors.</summary>
    public IReadOnlyList<string> IgnoredRoutes { get; set; } =
        ["/metrics", "/healthz", "/readyz", "/livez", "/health", "/ready", "/windows"];

    /// <summary>Service-level objectives whose error budgets are watched; none unless told.</summary>
    public IReadOnlyList<ObjectiveOptions> Slo { get; set; } = [];

    /// <summary>Error budgets watched, one a service and objective: about 2 KB each.</summary>
    [Range(1, 100_000)]
    public int MaxBudgets { get; set; } = 1_000;

    /// <summary>How much of the log the shell steps again at start, with its findings discarded, to learn.</summary>
    [JsonIgnore] // The shell's: no part of what a snapshot depends on.
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Bytes the shell reads from the log at once; bounds the time between two commits.</summary>
    [Range(4096, 64 * 1024 * 1024)]
    [JsonIgnore]
    public int ReadBytes { get; set; } = 1024 * 1024;
}
