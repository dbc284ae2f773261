using CaaS.Ingest.Kubernetes;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>What an informer saw; it goes on only when the report was taken.</summary>
/// <param name="Resource">Its type.</param>
/// <param name="Deltas">Deltas in the order seen; may be empty.</param>
/// <param name="IsSettled">True once its first list is complete, or was given up for now: nobody need wait for
/// it.</param>
internal sealed record InformerReport(KubernetesResource Resource, IReadOnlyList<KubeDelta> Deltas, bool IsSettled);
