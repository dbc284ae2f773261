namespace CaaS.Client.Wire;

/// <summary>What changed.</summary>
public enum FeedKind
{
    /// <summary>An alert.</summary>
    Alert = 0,

    /// <summary>An incident.</summary>
    Incident = 1,

    /// <summary>An operation.</summary>
    Operation = 2,

    /// <summary>A notification.</summary>
    Notification = 3,
}
