namespace CaaS.Client.Wire;

/// <summary>Life of an incident.</summary>
public enum IncidentStatus
{
    /// <summary>Symptoms are present.</summary>
    Open = 0,

    /// <summary>Symptoms are back in band, but a cause remains.</summary>
    Mitigated = 1,

    /// <summary>Symptoms stayed in band and no cause remains.</summary>
    Resolved = 2,

    /// <summary>Found to be part of another incident.</summary>
    Merged = 3,
}
