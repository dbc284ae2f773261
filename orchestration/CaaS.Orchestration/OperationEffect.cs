namespace CaaS.Orchestration;

/// <summary>What the engine wants done, after every change of the same step is durable. The set is closed.</summary>
public abstract record OperationEffect
{
    private OperationEffect()
    {
    }

    /// <summary>Read preconditions and try the operation as a server-side dry run; answer with a check report of this
    /// revision.</summary>
    /// <param name="Operation">Operation.</param>
    public sealed record RunChecks(Operation Operation) : OperationEffect;

    /// <summary>Send the call. Asked for at most once in the life of an operation, restarts included.</summary>
    /// <param name="Operation">Operation, durable as executing.</param>
    public sealed record Execute(Operation Operation) : OperationEffect;

    /// <summary>Read back what became of it.</summary>
    /// <param name="Operation">Operation.</param>
    public sealed record Observe(Operation Operation) : OperationEffect;

    /// <summary>Put back what the operation changed, if it is still as the operation left it.</summary>
    /// <param name="Operation">Operation.</param>
    public sealed record Undo(Operation Operation) : OperationEffect;

    /// <summary>Keep the kill switch durably; done together with the changes, before any other effect.</summary>
    /// <param name="Engaged">New state.</param>
    /// <param name="Actor">Who.</param>
    public sealed record SetKillSwitch(bool Engaged, string Actor) : OperationEffect;

    /// <summary>Keep a policy's mode durably; done together with the changes, before any other effect.</summary>
    /// <param name="Policy">Policy name.</param>
    /// <param name="Mode">New mode.</param>
    /// <param name="Actor">Who.</param>
    public sealed record SetPolicyMode(string Policy, PolicyMode Mode, string Actor) : OperationEffect;
}
