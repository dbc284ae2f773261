namespace CaaS.Orchestration;

/// <summary>Numbers read from the cluster for the rails. Null means "could not be read", and a rail that needs it
/// then says no.</summary>
public sealed record TargetFacts
{
    /// <summary>Nothing could be read.</summary>
    public static readonly TargetFacts Missing = new();

    /// <summary>Replicas the workload wants.</summary>
    public int? WantedReplicas { get; init; }

    /// <summary>Replicas of the workload, or of the pod's owner, that are ready.</summary>
    public int? ReadyReplicas { get; init; }

    /// <summary>Whether the pod itself is ready.</summary>
    public bool? IsReady { get; init; }

    /// <summary>Whether something will make the pod anew.</summary>
    public bool? HasController { get; init; }

    /// <summary>Nodes other than the target that are ready and not cordoned.</summary>
    public int? OtherReadyNodes { get; init; }

    /// <summary>Nodes other than the target that are cordoned.</summary>
    public int? OtherCordonedNodes { get; init; }
}
