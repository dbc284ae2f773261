namespace CaaS.Client.Wire;

/// <summary>How much an incident hurts users.</summary>
public enum IncidentSeverity
{
    /// <summary>No user-facing symptom.</summary>
    Warning = 0,

    /// <summary>Users of some service are hurt.</summary>
    High = 1,

    /// <summary>An entry service is hurt badly.</summary>
    Critical = 2,
}
