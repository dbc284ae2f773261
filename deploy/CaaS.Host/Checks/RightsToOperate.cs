using CaaS.Api.Platform;
using CaaS.Client.Wire;
using CaaS.Orchestration.Runtime.Kubernetes;

namespace CaaS.Host.Checks;

/// <summary>Looks whether the account that operates the cluster may do what the operations need.</summary>
internal sealed class RightsToOperate(OperatorAccess access) : IDoctorCheck
{
    /// <inheritdoc/>
    public async Task<DoctorCheck> LookAsync(CancellationToken cancellationToken) => RightsWords.Of(
        "rights-to-operate", "caas-operate", ClusterRight.ToOperate.Count, await access.ReviewAsync(cancellationToken));
}
