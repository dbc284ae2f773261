namespace CaaS.Orchestration.Runtime.Store;

/// <summary>One revision of one operation, kept for ever: the audit trail.</summary>
internal sealed class RevisionRow
{
    public required string Id { get; set; }

    public required int Revision { get; set; }

    public required long ChangedAtMs { get; set; }

    /// <summary>Whether its record is on the topic: what a crash left out is published at the next start.</summary>
    public required bool IsPublished { get; set; }

    public required string Json { get; set; }
}
