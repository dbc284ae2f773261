using CaaS.Ingest.Kubernetes;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>What all informers of a cluster share.</summary>
/// <param name="Http">Authenticated client with the server's address as base.</param>
/// <param name="Mapper">Reads objects.</param>
/// <param name="Options">Settings.</param>
/// <param name="Time">Clock.</param>
/// <param name="Metrics">Counters.</param>
/// <param name="Logger">Log.</param>
internal sealed record InformerContext(
    HttpClient Http,
    KubeObjectMapper Mapper,
    KubernetesSourceOptions Options,
    TimeProvider Time,
    KubernetesSourceMetrics Metrics,
    ILogger Logger)
{
    /// <summary>The bounds the options set.</summary>
    public InformerLimits Limits => new()
    {
        PageSize = Options.PageSize,
        MaxObjectCount = Options.MaxObjectsPerType,
        ResyncInterval = Options.ResyncInterval,
        MinListInterval = Options.MinListInterval,
        BackoffFirst = Options.BackoffFirst,
        BackoffMax = Options.BackoffMax,
        RefusedBackoff = Options.RefusedBackoff,
    };
}
