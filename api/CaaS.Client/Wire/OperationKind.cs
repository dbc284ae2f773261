namespace CaaS.Client.Wire;

/// <summary>What the platform can do to a cloud.</summary>
public enum OperationKind
{
    /// <summary>Restart a workload's pods by a rolling replacement.</summary>
    Restart = 0,

    /// <summary>Put a workload's pod template back to an earlier revision.</summary>
    Rollback = 1,

    /// <summary>Change a workload's replica count.</summary>
    Scale = 2,

    /// <summary>Keep new pods off a node.</summary>
    Cordon = 3,

    /// <summary>Let new pods onto a node again.</summary>
    Uncordon = 4,

    /// <summary>Delete one pod.</summary>
    DeletePod = 5,
}
