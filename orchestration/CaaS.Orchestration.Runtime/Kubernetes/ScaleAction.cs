using System.Globalization;
using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Changes a workload's replica count through its scale subresource.</summary>
internal sealed class ScaleAction : IKubeAction
{
    public Task<KubePlan> PlanAsync(Operation operation, KubeCalls calls, CancellationToken cancellationToken) =>
        PlanAsync(operation, operation.Parameters.GetValueOrDefault("replicas", ""), mustBe: null, calls, cancellationToken);

    public Task<KubePlan> PlanUndoAsync(Operation operation, KubeCalls calls, CancellationToken cancellationToken) =>
        PlanAsync(
            operation, operation.Before.GetValueOrDefault("replicas", ""),
            mustBe: operation.Parameters.GetValueOrDefault("replicas", "?"), calls, cancellationToken);

    public async Task<EffectReport> ObserveAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(KubePaths.Workload(operation.Target), cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return new EffectReport(answer.IsNotFound ? EffectState.Replaced : EffectState.Unknown, answer.Why);
        }

        var count = answer.Body.Number("spec", "replicas")?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (count == operation.Parameters.GetValueOrDefault("replicas", "?"))
        {
            return Rollout.Judge(answer.Body, operation.Target.Kind);
        }

        return count == operation.Before.GetValueOrDefault("replicas", "?")
            ? new EffectReport(EffectState.Absent, $"The workload still wants {count} replicas.")
            : new EffectReport(EffectState.Replaced, $"The workload wants {count} replicas now.");
    }

    private static async Task<KubePlan> PlanAsync(
        Operation operation, string wanted, string? mustBe, KubeCalls calls, CancellationToken cancellationToken)
    {
        var path = KubePaths.Workload(operation.Target);
        var workload = await calls.GetAsync(path, cancellationToken).ConfigureAwait(false);
        var scale = await calls.GetAsync(path + "/scale", cancellationToken).ConfigureAwait(false);
        if (!workload.IsOk || !scale.IsOk)
        {
            return KubePlan.No("target-exists", workload.IsOk ? scale.Why : workload.Why);
        }

        var count = scale.Body.Number("spec", "replicas")?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas))
        {
            return KubePlan.No("replicas-given", "No number of replicas is given.");
        }

        return new KubePlan
        {
            Checks =
            [
                new OperationCheck("target-exists", true, $"{operation.Target} is there."),
                KubePlan.Check("as-left", mustBe is null || count == mustBe || count == wanted,
                    $"The workload wants {count} replicas.", $"Somebody else scaled it to {count}."),
            ],
            Facts = new TargetFacts
            {
                WantedReplicas = scale.Body.Number("spec", "replicas"),
                ReadyReplicas = Rollout.Ready(workload.Body, operation.Target.Kind),
            },
            Before = KubePlan.Map(
                ("uid", workload.Body.Uid()), ("generation", workload.Body.Generation()), ("replicas", count)),
            Current = scale.Body,
            IsDone = mustBe is not null && count == wanted,
            Call = new KubeCall(HttpMethod.Patch, path + "/scale", KubeCall.MergePatch, new JsonObject
            {
                ["metadata"] = scale.Body.Guarded(operationMark: null),
                ["spec"] = new JsonObject { ["replicas"] = replicas },
            }),
        };
    }
}
