namespace CaaS.Analytics.LogAnomalies;

/// <summary>What is done with one kind of log anomaly.</summary>
public enum LogAnomalyMode
{
    /// <summary>Nothing is computed.</summary>
    Off,

    /// <summary>It is found and counted, and not told: to learn how often it would come.</summary>
    Shadow,

    /// <summary>It is told.</summary>
    On,
}
