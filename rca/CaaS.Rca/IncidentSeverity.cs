namespace CaaS.Rca;

/// <summary>How much an incident hurts users.</summary>
public enum IncidentSeverity
{
    /// <summary>No user is known to feel it.</summary>
    Warning = 0,

    /// <summary>Users of an entry service are hurt, or it cannot be known that none are.</summary>
    High = 1,

    /// <summary>An entry service is hurt badly.</summary>
    Critical = 2,
}
