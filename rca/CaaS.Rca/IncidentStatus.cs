namespace CaaS.Rca;

/// <summary>Life of an incident, owned by this stage.</summary>
public enum IncidentStatus
{
    /// <summary>Symptoms are present.</summary>
    Open = 0,

    /// <summary>Symptoms are back in band, but a cause remains.</summary>
    Mitigated = 1,

    /// <summary>Symptoms have been back in band for the settle time and no cause remains.</summary>
    Resolved = 2,

    /// <summary>Found to be part of another incident.</summary>
    Merged = 3,
}
