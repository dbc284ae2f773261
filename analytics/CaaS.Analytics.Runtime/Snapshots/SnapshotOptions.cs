using System.ComponentModel.DataAnnotations;

namespace CaaS.Analytics.Runtime.Snapshots;

/// <summary>Settings of the snapshots of detector state; section <c>Analytics:Snapshots</c>.</summary>
public sealed class SnapshotOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Analytics:Snapshots";

    /// <summary>Time of the log between two snapshots: what is stepped again after a crash at most. Five minutes are
    /// stepped in a second.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of a snapshot before compression; a larger one is neither written nor read. A watched series
    /// takes about a kilobyte, so the default is enough for twenty times the default series.</summary>
    [Range(1024 * 1024, 1024 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 512 * 1024 * 1024;
}
