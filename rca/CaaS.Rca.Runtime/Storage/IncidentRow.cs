namespace CaaS.Rca.Runtime.Storage;

/// <summary>One incident as a row: what is asked for as columns, the noun as JSON.</summary>
public sealed class IncidentRow
{
    /// <summary>Incident id.</summary>
    public required string Id { get; init; }

    /// <summary>Scope, <c>tenant/cluster</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Status, as its number.</summary>
    public int Status { get; set; }

    /// <summary>Revision.</summary>
    public int Revision { get; set; }

    /// <summary>Unix milliseconds UTC.</summary>
    public long OpenedAtMs { get; init; }

    /// <summary>Unix milliseconds UTC.</summary>
    public long ChangedAtMs { get; set; }

    /// <summary>The incident, JSON of <c>SignalsJson</c>.</summary>
    public required string Json { get; set; }
}
