using CaaS.Ingest.Kubernetes;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>What an informer saw; it goes on only when the report was taken.</summary>
/// <param name="Resource">Its type.</param>
/// <param name="Deltas">Deltas in the order seen; may be empty.</param>
/// <param name="Progress">How far its first list is.</param>
internal sealed record InformerReport(
    KubernetesResource Resource, IReadOnlyList<KubeDelta> Deltas, InformerProgress Progress)
{
    /// <summary>True once the first list is complete, or was given up for now: other types need not wait for
    /// it.</summary>
    public bool IsSettled => Progress != InformerProgress.Listing;

    /// <summary>True once the first list is complete, or is not allowed: the source need not wait for it.</summary>
    public bool IsDone => Progress is InformerProgress.Synced or InformerProgress.Refused;
}
