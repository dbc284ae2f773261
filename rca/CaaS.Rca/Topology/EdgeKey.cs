using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>One typed edge between two entities of an <see cref="EntityTable"/>.</summary>
internal readonly record struct EdgeKey(RelationKind Kind, int From, int To);
