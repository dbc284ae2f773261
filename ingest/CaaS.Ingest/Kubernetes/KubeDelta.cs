namespace CaaS.Ingest.Kubernetes;

/// <summary>One step in the life of one object, as an informer saw it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Before">State known before; null for <see cref="KubeDeltaKind.Added"/>, and for
/// <see cref="KubeDeltaKind.Listed"/> unless it is known from before a restart.</param>
/// <param name="After">State now; the last known one for <see cref="KubeDeltaKind.Deleted"/>.</param>
/// <param name="IsLate">True when a list found it: it happened while nobody watched, some time before.</param>
public readonly record struct KubeDelta(KubeDeltaKind Kind, KubeItem? Before, KubeItem After, bool IsLate = false);
