using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>What sources need to know of a node.</summary>
/// <param name="Entity">The node, <c>-/Node/name</c>.</param>
/// <param name="Addresses">Its addresses (InternalIP, ExternalIP) in the order given.</param>
/// <param name="IsReady">True while its Ready condition is true.</param>
/// <param name="Labels">Its labels.</param>
public sealed record NodeRecord(
    EntityRef Entity,
    ImmutableArray<string> Addresses,
    bool IsReady,
    ImmutableDictionary<string, string> Labels)
{
    /// <summary>Name of the node.</summary>
    public string Name => Entity.Name;
}
