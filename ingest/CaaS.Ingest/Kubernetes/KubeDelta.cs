namespace CaaS.Ingest.Kubernetes;

/// <summary>One step in the life of one object, as an informer saw it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Before">State known before; null for <see cref="KubeDeltaKind.Listed"/> and
/// <see cref="KubeDeltaKind.Added"/>.</param>
/// <param name="After">State now; the last known one for <see cref="KubeDeltaKind.Deleted"/>.</param>
public readonly record struct KubeDelta(KubeDeltaKind Kind, KubeItem? Before, KubeItem After);
