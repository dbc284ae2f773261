namespace CaaS.Orchestration.Ports;

/// <summary>The policies in force.</summary>
public interface IPolicyStore
{
    /// <summary>All policies, by name.</summary>
    /// <returns>An immutable snapshot.</returns>
    IReadOnlyList<Policy> All();
}
