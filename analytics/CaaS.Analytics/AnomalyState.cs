namespace CaaS.Analytics;

/// <summary>Whether an anomaly begins, goes on or ends.</summary>
public enum AnomalyState
{
    /// <summary>First report.</summary>
    Raised = 0,

    /// <summary>Still abnormal, and notably stronger than last reported.</summary>
    Updated = 1,

    /// <summary>Back in its band.</summary>
    Cleared = 2,
}
