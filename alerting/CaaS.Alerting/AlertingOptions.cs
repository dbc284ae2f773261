using System.ComponentModel.DataAnnotations;

namespace CaaS.Alerting;

/// <summary>Settings of alerting; section <c>Alerting</c>.</summary>
public sealed class AlertingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Alerting";

    /// <summary>Least time between two notifications that an alert changed, so that a cause that wavers does not
    /// page; a graver severity is told at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ChangeInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest silence: one without end is forgotten and hides the next outage.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan SilenceMax { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Most silences at a time: each is compared with every alert that changes.</summary>
    [Range(1, 100_000)]
    public int SilenceCountMax { get; set; } = 1000;

    /// <summary>Resolved alerts kept in memory for late news and comments (about 2 KiB each); older ones are read
    /// from the store.</summary>
    [Range(0, 1_000_000)]
    public int ResolvedCountMax { get; set; } = 5000;

    /// <summary>Incidents remembered with what people said of them (about 0.5 KiB each): each that is opened is held
    /// against them.</summary>
    [Range(0, 100_000)]
    public int ExperienceCountMax { get; set; } = 2000;

    /// <summary>Most comments of an alert: it is one row of the store and one page.</summary>
    [Range(10, 10_000)]
    public int CommentCountMax { get; set; } = 500;

    /// <summary>Most notifications of one alert: past it something loops, and the channel would be muted.</summary>
    [Range(2, 10_000)]
    public int NotificationCountMax { get; set; } = 200;

    /// <summary>How far back the log is read for alerts when there is no committed offset.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "2.00:00:00")]
    public TimeSpan WarmUp { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Address people reach the pages at, for links in messages; empty leaves links out.</summary>
    public string ExternalUrl { get; set; } = "";

    /// <summary>How long a message that cannot be delivered is tried again before it is given up: later it is no
    /// news.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Longest wait between two tries, reached by doubling from a second.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromMinutes(2);
}
