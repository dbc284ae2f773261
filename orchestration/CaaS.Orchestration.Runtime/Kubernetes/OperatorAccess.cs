namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Rights of the account that operations are done with.</summary>
/// <param name="review">Asks the cluster; null where there is none to act on.</param>
public sealed class OperatorAccess(AccessReview? review)
{
    /// <summary>Asks for what the operations need.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is missing; null where there is no cluster to act on.</returns>
    public async Task<AccessReport?> ReviewAsync(CancellationToken cancellationToken) => review is null
        ? null
        : await review.ReviewAsync(ClusterRight.ToOperate, cancellationToken).ConfigureAwait(false);
}
