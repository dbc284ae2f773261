namespace CaaS.Orchestration.Runtime;

/// <summary>Looks at a cloud and does operations to it. Decides nothing.</summary>
/// <remarks>Thread-safe. No method throws for what a cloud may answer; cancellation alone is thrown.</remarks>
public interface IExecutor
{
    /// <summary>Reads the preconditions and tries the operation without doing it.</summary>
    /// <param name="operation">Operation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the cloud said, for the operation's revision.</returns>
    Task<CheckReport> CheckAsync(Operation operation, CancellationToken cancellationToken);

    /// <summary>Sends the operation's call, once.</summary>
    /// <param name="operation">Operation, as it was checked.</param>
    /// <param name="cancellationToken">Ends the wait; the call may still take effect.</param>
    /// <returns>What is known of the call.</returns>
    Task<CallReport> ExecuteAsync(Operation operation, CancellationToken cancellationToken);

    /// <summary>Reads back what became of the operation.</summary>
    /// <param name="operation">Operation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is seen.</returns>
    Task<EffectReport> ObserveAsync(Operation operation, CancellationToken cancellationToken);

    /// <summary>Puts back what the operation changed, if it is still as the operation left it.</summary>
    /// <param name="operation">Operation.</param>
    /// <param name="cancellationToken">Ends the wait; the call may still take effect.</param>
    /// <returns>What is known of the call.</returns>
    Task<CallReport> UndoAsync(Operation operation, CancellationToken cancellationToken);
}
