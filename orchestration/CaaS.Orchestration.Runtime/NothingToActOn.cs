using System.Collections.Immutable;

namespace CaaS.Orchestration.Runtime;

/// <summary>Stands where no cloud can be acted on, and says so honestly: every check fails, every call is
/// refused.</summary>
/// <param name="why">The sentence people read.</param>
/// <param name="time">Clock.</param>
public sealed class NothingToActOn(string why, TimeProvider time) : IExecutor
{
    /// <summary>Said where no cluster is configured.</summary>
    public const string NoCluster = "No cluster is configured (Orchestration:Kubernetes:Kubeconfig).";

    /// <inheritdoc/>
    public Task<CheckReport> CheckAsync(Operation operation, CancellationToken cancellationToken) =>
        Task.FromResult(new CheckReport(
            operation.Id, operation.Revision, time.GetUtcNow(), [new OperationCheck("cluster", false, why)], "",
            ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty,
            TargetFacts.Missing));

    /// <inheritdoc/>
    public Task<CallReport> ExecuteAsync(Operation operation, CancellationToken cancellationToken) =>
        Task.FromResult(new CallReport(CallOutcome.Refused, why));

    /// <inheritdoc/>
    public Task<EffectReport> ObserveAsync(Operation operation, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(EffectState.Unknown, why));

    /// <inheritdoc/>
    public Task<CallReport> UndoAsync(Operation operation, CancellationToken cancellationToken) =>
        Task.FromResult(new CallReport(CallOutcome.Refused, why));
}
