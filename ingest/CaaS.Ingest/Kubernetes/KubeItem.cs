using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>What one object read from the API server means to the platform.</summary>
/// <param name="Key">Tells objects of one type apart: <c>namespace/name</c>.</param>
/// <param name="Uid">UID; another one under the same key is another object.</param>
/// <param name="ResourceVersion">Opaque version, for equality and for resuming a watch.</param>
public sealed record KubeItem(string Key, string Uid, string ResourceVersion)
{
    /// <summary>State to send on; null for events.</summary>
    public KubeObject? State { get; init; }

    /// <summary>Set for pods.</summary>
    public PodRecord? Pod { get; init; }

    /// <summary>Set for nodes.</summary>
    public NodeRecord? Node { get; init; }

    /// <summary>Set for services.</summary>
    public ServiceRecord? Service { get; init; }

    /// <summary>Set for replica sets and jobs that something controls.</summary>
    public EntityRef? Controller { get; init; }

    /// <summary>Set for events.</summary>
    public EventSighting? Event { get; init; }

    /// <summary>Makes the item of an object that was told before a restart.</summary>
    /// <param name="state">The object; no endpoints, for those are told merged.</param>
    /// <returns>Its item, to compare with; what only the index needs is not known.</returns>
    public static KubeItem Recalled(KubeObject state) =>
        new($"{state.Entity.Namespace}/{state.Entity.Name}", state.Uid, state.ResourceVersion) { State = state };

    /// <summary>Tells whether two states of one object say the same, times and versions aside.</summary>
    /// <param name="one">One state.</param>
    /// <param name="other">The other.</param>
    /// <returns>True when labels, facts, relations and life are alike.</returns>
    public static bool SaysTheSame(KubeObject one, KubeObject other) =>
        one.Uid == other.Uid
        && one.IsDeleted == other.IsDeleted
        && one.Entity == other.Entity
        && SameFacts(one.Facts, other.Facts)
        && one.Labels.AsSpan().SequenceEqual(other.Labels.AsSpan())
        && one.Relations.AsSpan().SequenceEqual(other.Relations.AsSpan());

    private static bool SameFacts(
        ImmutableSortedDictionary<string, string> one, ImmutableSortedDictionary<string, string> other) =>
        ReferenceEquals(one, other) || (one.Count == other.Count && one.SequenceEqual(other));
}
