namespace CaaS.Client.Wire;

/// <summary>Where people stand with an incident.</summary>
public enum AlertStatus
{
    /// <summary>Nobody has said anything.</summary>
    Open = 0,

    /// <summary>Somebody owns it.</summary>
    Acknowledged = 1,

    /// <summary>Over: the incident resolved, or somebody closed it.</summary>
    Resolved = 2,
}
