using System.Collections.Immutable;

namespace CaaS.Signals;

/// <summary>State of one object of Kubernetes or Ceph, trimmed to what the platform reasons about.</summary>
/// <param name="Time">When this state was seen, UTC.</param>
/// <param name="Entity">The object.</param>
/// <param name="Uid">Its UID.</param>
/// <param name="ResourceVersion">Opaque version, for equality only.</param>
/// <param name="IsDeleted">True when the object is gone; facts and relations are then the last known.</param>
/// <param name="Labels">The object's labels.</param>
/// <param name="Facts">State by the keys of <see cref="KubeFacts"/> and <see cref="CephFacts"/>, sorted by key.</param>
/// <param name="Relations">Edges this object states; they replace all it stated before.</param>
public sealed record KubeObject(
    DateTimeOffset Time,
    EntityRef Entity,
    string Uid,
    string ResourceVersion,
    bool IsDeleted,
    ImmutableArray<Label> Labels,
    ImmutableSortedDictionary<string, string> Facts,
    ImmutableArray<Relation> Relations);
