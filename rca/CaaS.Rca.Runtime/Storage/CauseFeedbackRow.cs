namespace CaaS.Rca.Runtime.Storage;

/// <summary>The last word on the cause of an incident as a row.</summary>
public sealed class CauseFeedbackRow
{
    /// <summary>Incident id.</summary>
    public required string IncidentId { get; init; }

    /// <summary>Scope, <c>tenant/cluster</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>When it was said, Unix milliseconds UTC.</summary>
    public long AtMs { get; set; }

    /// <summary>The word, JSON of <c>SignalsJson</c>.</summary>
    public required string Json { get; set; }
}
