namespace CaaS.Log;

/// <summary>The topics of the platform. A scope has one partition, so its records have one order and replay as they
/// ran.</summary>
public static class Topics
{
    /// <summary>Signal batches and ticks.</summary>
    public static readonly Topic Signals = new("signals", 1);

    /// <summary>Anomaly records, derived from signals.</summary>
    public static readonly Topic Anomalies = new("anomalies", 1);

    /// <summary>Incident records, derived from signals and anomalies.</summary>
    public static readonly Topic Incidents = new("incidents", 1);

    /// <summary>Operation records, derived from incidents, commands and execution reports.</summary>
    public static readonly Topic Operations = new("operations", 1);

    /// <summary>Alert and notification records.</summary>
    public static readonly Topic Notifications = new("notifications", 1);

    /// <summary>What people asked.</summary>
    public static readonly Topic Commands = new("commands", 1);

    /// <summary>What became of what people asked.</summary>
    public static readonly Topic Outcomes = new("outcomes", 1);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Topic> All =
        [Signals, Anomalies, Incidents, Operations, Notifications, Commands, Outcomes];
}
