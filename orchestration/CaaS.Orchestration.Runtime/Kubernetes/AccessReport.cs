namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>What an API server said about the rights of an account.</summary>
/// <param name="Missing">Rights it does not have, in the order they were asked for.</param>
/// <param name="Why">Why it could not be asked; empty when it was.</param>
public sealed record AccessReport(IReadOnlyList<ClusterRight> Missing, string Why)
{
    /// <summary>True when every right is there.</summary>
    public bool IsOk => Missing.Count == 0 && Why.Length == 0;
}
