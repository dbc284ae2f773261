namespace CaaS.Client.Wire;

/// <summary>Why somebody was told.</summary>
public enum NotificationReason
{
    /// <summary>The incident was opened.</summary>
    Opened = 0,

    /// <summary>Its severity or first-ranked cause changed.</summary>
    Changed = 1,

    /// <summary>An operation waits for approval or was carried out.</summary>
    Operation = 2,

    /// <summary>It is over.</summary>
    Resolved = 3,
}
