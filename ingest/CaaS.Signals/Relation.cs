namespace CaaS.Signals;

/// <summary>One typed edge stated by an object.</summary>
/// <param name="Kind">Meaning of the edge.</param>
/// <param name="From">Start of the edge.</param>
/// <param name="To">End of the edge.</param>
public readonly record struct Relation(RelationKind Kind, EntityRef From, EntityRef To);
