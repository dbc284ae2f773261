using CaaS.Ingest.Ports;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Tells what the first lists of the cluster still wait for.</summary>
/// <remarks>Thread-safe: the cluster's actor writes, the API reads. Ready while the source is off.</remarks>
internal sealed class KubernetesReadiness : ISourceReadiness
{
    private volatile string _awaited = "";

    /// <inheritdoc/>
    public string Awaited => _awaited;

    /// <summary>The source starts: what it told before is being recalled.</summary>
    public void Recalling() => Await("what was known before is being recalled");

    /// <summary>Nothing is known of the cluster yet.</summary>
    /// <param name="isRefused">True once the server did not answer.</param>
    public void Discovering(bool isRefused) =>
        Await(isRefused ? "the API server does not answer" : "the API server is being asked what it serves");

    /// <summary>Lists are being taken in.</summary>
    /// <param name="types">Types whose first list is not in the log; empty when all are.</param>
    public void Listing(IReadOnlyCollection<string> types)
    {
        if (types.Count == 0)
        {
            _awaited = "";
        }
        else
        {
            Await($"the first list of {string.Join(' ', types.Order(StringComparer.Ordinal))} is not in the log");
        }
    }

    private void Await(string why) => _awaited = $"kubernetes ({why})";
}
