using CaaS.Analytics.Models;

namespace CaaS.Analytics.Ports;

/// <summary>Versions of the models that learn from people, for pages and programs.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IModelRegistry
{
    /// <summary>Versions, newest first; empty before the first is trained.</summary>
    IReadOnlyList<ModelVersion> Versions { get; }

    /// <summary>What is waited for or what went wrong, one sentence; empty when nothing is.</summary>
    string Notice { get; }
}
