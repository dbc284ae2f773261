namespace CaaS.Orchestration.Runtime.Store;

/// <summary>Newest revision of one operation: columns to ask by, and the noun.</summary>
internal sealed class OperationRow
{
    public required string Id { get; set; }

    public required int Revision { get; set; }

    public required string IncidentId { get; set; }

    public required bool IsLive { get; set; }

    public required long ProposedAtMs { get; set; }

    public required string Json { get; set; }
}
