using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Ingest.Kubernetes;

/// <summary>What sources need to know of a service.</summary>
/// <param name="Entity">The service, <c>namespace/Service/name</c>.</param>
/// <param name="ClusterIps">Its cluster addresses; empty for a headless service.</param>
/// <param name="Selector">Labels of the pods it selects; empty for a service without selector.</param>
public sealed record ServiceRecord(
    EntityRef Entity,
    ImmutableArray<string> ClusterIps,
    ImmutableSortedDictionary<string, string> Selector)
{
    /// <summary>Namespace of the service.</summary>
    public string Namespace => Entity.Namespace;

    /// <summary>Name of the service.</summary>
    public string Name => Entity.Name;
}
