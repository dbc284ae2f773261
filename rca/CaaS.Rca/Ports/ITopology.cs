using CaaS.Signals;

namespace CaaS.Rca.Ports;

/// <summary>The live graph, for pages and programs.</summary>
public interface ITopology
{
    /// <summary>The graph of a scope as it is now.</summary>
    /// <param name="scope">Scope.</param>
    /// <returns>An immutable snapshot; empty for an unknown scope.</returns>
    Topology.GraphSnapshot Now(Scope scope);
}
