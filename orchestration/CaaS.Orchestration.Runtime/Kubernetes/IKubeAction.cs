namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>How one kind of operation is done to Kubernetes.</summary>
internal interface IKubeAction
{
    /// <summary>Reads what is needed and makes the call.</summary>
    Task<KubePlan> PlanAsync(Operation operation, KubeCalls calls, CancellationToken cancellationToken);

    /// <summary>Looks for the effect.</summary>
    Task<EffectReport> ObserveAsync(Operation operation, KubeCalls calls, CancellationToken cancellationToken);

    /// <summary>Makes the call that puts things back; refuses in its checks when they are not as the operation left
    /// them.</summary>
    Task<KubePlan> PlanUndoAsync(Operation operation, KubeCalls calls, CancellationToken cancellationToken);
}
