using CaaS.Orchestration.Runtime.Kubernetes;
using Microsoft.Extensions.Hosting;

namespace CaaS.Orchestration.Runtime;

/// <summary>Makes what configuration can spoil before anything runs, so that a bad policy file or account stops the
/// start.</summary>
internal sealed class OrchestrationStart : IHostedService
{
    /// <summary>Makes them; throws what is wrong with them.</summary>
    /// <param name="cluster">Connection to the cluster.</param>
    /// <param name="policies">Policies of the files.</param>
    public OrchestrationStart(ClusterToActOn cluster, PolicyStore policies)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(policies);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
