using System.Text.Json.Nodes;
using CaaS.Signals;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Does operations to one Kubernetes cluster.</summary>
/// <remarks>
/// Every change is tried with <c>dryRun=All</c> first, is sent with the UID and resource version that were read a
/// moment before, and marks what it changes with the operation's id, so that a read-back can tell whose change it was.
/// A conflict surely changed nothing and is therefore tried again; nothing else is.
/// </remarks>
internal sealed class KubernetesExecutor(KubeCalls calls, Scope scope, TimeProvider time) : IExecutor
{
    /// <summary>Attempts against conflicts: controllers write a busy object's status a few times a second.</summary>
    private const int AttemptCountMax = 5;

    private static readonly RestartAction Restart = new();
    private static readonly RollbackAction Rollback = new();
    private static readonly ScaleAction Scale = new();
    private static readonly CordonAction Cordon = new(isCordon: true);
    private static readonly CordonAction Uncordon = new(isCordon: false);
    private static readonly DeletePodAction DeletePod = new();

    public async Task<CheckReport> CheckAsync(Operation operation, CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var plan = operation.Target.Scope == scope
            ? await ActionOf(operation).PlanAsync(operation, calls, cancellationToken).ConfigureAwait(false)
            : KubePlan.No("cluster", $"This platform acts on {scope}, not on {operation.Target.Scope}.");
        var diff = "";
        if (plan.WhyNot.Length == 0 && plan.Call is not null)
        {
            var answer = await calls.SendAsync(Sent(plan.Call, isDryRun: true), cancellationToken).ConfigureAwait(false);
            plan = plan with
            {
                Checks = plan.Checks.Add(KubePlan.Check(
                    "dry-run", answer.IsOk, "The server would take the change.", answer.Why)),
            };
            diff = !answer.IsOk ? ""
                : plan.Summary.Length > 0 ? plan.Summary
                : KubeDiff.Of(operation.Target.ToString(), plan.Current, answer.Body);
        }

        return new CheckReport(
            operation.Id, operation.Revision, readAt, plan.Checks, diff, plan.Before, plan.Parameters, plan.Facts);
    }

    public async Task<CallReport> ExecuteAsync(Operation operation, CancellationToken cancellationToken)
    {
        var report = await SendAsync(
            () => ActionOf(operation).PlanAsync(operation, calls, cancellationToken),
            plan => WhyChanged(operation, plan), cancellationToken).ConfigureAwait(false);
        return report;
    }

    public Task<EffectReport> ObserveAsync(Operation operation, CancellationToken cancellationToken) =>
        ActionOf(operation).ObserveAsync(operation, calls, cancellationToken);

    public Task<CallReport> UndoAsync(Operation operation, CancellationToken cancellationToken) => SendAsync(
        () => ActionOf(operation).PlanUndoAsync(operation, calls, cancellationToken),
        plan => "", cancellationToken);

    private async Task<CallReport> SendAsync(
        Func<Task<KubePlan>> planAsync, Func<KubePlan, string> whyNot, CancellationToken cancellationToken)
    {
        var last = "";
        for (var attempt = 0; attempt < AttemptCountMax; attempt++)
        {
            var plan = await planAsync().ConfigureAwait(false);
            if (plan.IsDone)
            {
                return new CallReport(CallOutcome.Accepted, "It was done already.");
            }

            var why = plan.WhyNot.Length > 0 ? plan.WhyNot : whyNot(plan);
            if (why.Length > 0 || plan.Call is null)
            {
                return new CallReport(CallOutcome.Refused, why);
            }

            var answer = await calls.SendAsync(Sent(plan.Call, isDryRun: false), cancellationToken).ConfigureAwait(false);
            if (!answer.IsConflict)
            {
                return new CallReport(answer.Outcome, answer.Why);
            }

            last = answer.Why;
        }

        return new CallReport(CallOutcome.Refused, "The object changed all the time. " + last);
    }

    /// <summary>What was approved must be what is there: the same object, its wishes unchanged since the
    /// check.</summary>
    private static string WhyChanged(Operation operation, KubePlan plan)
    {
        foreach (var (name, value) in operation.Before)
        {
            if (plan.Before.GetValueOrDefault(name) != value)
            {
                return $"The target changed since it was checked ({name} was {value}, "
                    + $"is {plan.Before.GetValueOrDefault(name, "gone")}).";
            }
        }

        return operation.Before.ContainsKey("uid") ? "" : "What was checked is not known.";
    }

    /// <summary>Eviction repeats the dry run in its own options: the server refuses when the two differ.</summary>
    private static KubeCall Sent(KubeCall call, bool isDryRun)
    {
        var sent = call.Sent(isDryRun);
        if (isDryRun && sent.Body?.DeepClone() is JsonObject body && body["deleteOptions"] is JsonObject options)
        {
            options["dryRun"] = new JsonArray("All");
            return sent with { Body = body };
        }

        return sent;
    }

    private static IKubeAction ActionOf(Operation operation) => operation.Kind switch
    {
        OperationKind.Restart => Restart,
        OperationKind.Rollback => Rollback,
        OperationKind.Scale => Scale,
        OperationKind.Cordon => Cordon,
        OperationKind.Uncordon => Uncordon,
        OperationKind.DeletePod => DeletePod,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.Kind, "Unknown operation."),
    };
}
