using CaaS.Api.Platform;
using CaaS.Client.Wire;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Orchestration.Runtime.Kubernetes;
using Microsoft.Extensions.Options;

namespace CaaS.Host.Checks;

/// <summary>Looks whether the account that watches the cluster may read what the sources need.</summary>
internal sealed class RightsToWatch(KubernetesConnection cluster, IOptions<KubernetesOptions> options) : IDoctorCheck
{
    private static readonly ClusterRight[] Rights =
        [.. KubernetesSourceRights.All.Select(right => new ClusterRight(right.Group, right.Resource, right.Verb, "watch"))];

    /// <inheritdoc/>
    public async Task<DoctorCheck> LookAsync(CancellationToken cancellationToken)
    {
        var report = cluster.IsConfigured
            ? await AccessReview.Over(cluster.Http, new Uri(cluster.Address), options.Value)
                .ReviewAsync(Rights, cancellationToken)
            : null;
        return RightsWords.Of("rights-to-watch", "caas-watch", Rights.Length, report);
    }
}
