namespace CaaS.Orchestration;

/// <summary>Life of an operation. Every change is durable in the ledger before its effect is sent.</summary>
public enum OperationStatus
{
    /// <summary>Being checked: preconditions and the server-side dry run.</summary>
    Checking = 0,

    /// <summary>Waits for a person.</summary>
    Proposed = 1,

    /// <summary>Noted only: the policy observes or suggests.</summary>
    Noted = 2,

    /// <summary>Refused by a rail, a precondition or the dry run.</summary>
    Blocked = 3,

    /// <summary>Refused by a person.</summary>
    Rejected = 4,

    /// <summary>Nobody decided in time.</summary>
    Expired = 5,

    /// <summary>Allowed; the call may be under way. After a restart the cluster is read back, never blindly called
    /// again.</summary>
    Executing = 6,

    /// <summary>The call was accepted; the effect is being watched.</summary>
    Verifying = 7,

    /// <summary>The effect was seen and the symptoms are gone.</summary>
    Succeeded = 8,

    /// <summary>The call failed, or the symptoms stayed until the verification's deadline.</summary>
    Failed = 9,

    /// <summary>The verification failed and the operation was undone.</summary>
    RolledBack = 10,
}
