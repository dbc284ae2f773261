using System.Collections.Immutable;
using Akka.Actor;

namespace CaaS.Orchestration.Runtime;

/// <summary>Runs effects as tasks and pipes what came of them to the actor; a failure is an answer too.</summary>
internal sealed class OperationsEffects(
    IExecutor executor, OperationsOptions options, OrchestrationMeters meters, TimeProvider time)
{
    /// <summary>Starts the effects of a step that is durable.</summary>
    public void Begin(OperationsStep step, IActorRef actor, CancellationToken life)
    {
        foreach (var effect in step.Effects)
        {
            Begin(effect, actor, life);
        }
    }

    private void Begin(OperationEffect effect, IActorRef actor, CancellationToken life)
    {
        switch (effect)
        {
            case OperationEffect.RunChecks run:
                RunAsync("check", options.ChecksTimeout, c => executor.CheckAsync(run.Operation, c), life)
                    .PipeTo<CheckReport>(actor,
                        success: report => new OperationsInput.CheckReported(report),
                        failure: e => new OperationsInput.CheckReported(Failed(run.Operation, e)));
                break;
            case OperationEffect.Execute run:
                RunAsync("execute", options.ExecuteTimeout, c => executor.ExecuteAsync(run.Operation, c), CancellationToken.None)
                    .PipeTo<CallReport>(actor,
                        success: r => new OperationsInput.ExecutionReported(run.Operation.Id, r.Outcome, r.Why),
                        failure: e => new OperationsInput.ExecutionReported(
                            run.Operation.Id, CallOutcome.Unknown, e.Message));
                break;
            case OperationEffect.Observe run:
                RunAsync("observe", options.ObserveTimeout, c => executor.ObserveAsync(run.Operation, c), life)
                    .PipeTo<EffectReport>(actor,
                        success: r => new OperationsInput.EffectReported(run.Operation.Id, r.Effect, r.Text),
                        failure: e => new OperationsInput.EffectReported(
                            run.Operation.Id, EffectState.Unknown, e.Message));
                break;
            case OperationEffect.Undo run:
                RunAsync("undo", options.ExecuteTimeout, c => executor.UndoAsync(run.Operation, c), CancellationToken.None)
                    .PipeTo<CallReport>(actor,
                        success: r => new OperationsInput.UndoReported(run.Operation.Id, r.Outcome, r.Why),
                        failure: e => new OperationsInput.UndoReported(
                            run.Operation.Id, CallOutcome.Unknown, e.Message));
                break;
            default:
                break;
        }
    }

    /// <summary>Runs with a time limit. A call that changes something is not ended with the actor: its end is unknown
    /// then.</summary>
    private async Task<T> RunAsync<T>(
        string sort, TimeSpan limit, Func<CancellationToken, Task<T>> runAsync, CancellationToken life)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, life);
        try
        {
            var result = await runAsync(either.Token).ConfigureAwait(false);
            meters.Call(sort, result is CallReport call ? call.Outcome.ToString() : "answered");
            return result;
        }
        catch
        {
            meters.Call(sort, "failed");
            throw;
        }
    }

    private CheckReport Failed(Operation operation, Exception e) => new(
        operation.Id, operation.Revision, time.GetUtcNow(),
        [new OperationCheck("cluster", false, "The checks failed: " + e.Message)], "",
        ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty,
        TargetFacts.Missing);
}
