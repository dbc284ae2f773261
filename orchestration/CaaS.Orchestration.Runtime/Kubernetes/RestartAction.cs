using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Restarts a workload by an annotation in its pod template, which holds the operation's id: sent twice, it
/// acts once.</summary>
internal sealed class RestartAction : IKubeAction
{
    private const string Mark = "caas.io/restarted-by";

    public async Task<KubePlan> PlanAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var path = KubePaths.Workload(operation.Target);
        var answer = await calls.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return KubePlan.No("target-exists", answer.Why);
        }

        var workload = answer.Body;
        var kind = operation.Target.Kind;
        var isPaused = workload.Truth("spec", "paused");
        return new KubePlan
        {
            Checks =
            [
                new OperationCheck("target-exists", true, $"{operation.Target} is there."),
                KubePlan.Check("not-paused", !isPaused, "The workload is not paused.", "The workload is paused."),
            ],
            Facts = new TargetFacts
            {
                WantedReplicas = Rollout.Wanted(workload, kind),
                ReadyReplicas = Rollout.Ready(workload, kind),
            },
            Before = KubePlan.Map(("uid", workload.Uid()), ("generation", workload.Generation())),
            Current = workload,
            IsDone = MarkOf(workload) == operation.Id,
            Call = new KubeCall(HttpMethod.Patch, path, KubeCall.MergePatch, new JsonObject
            {
                ["metadata"] = workload.Guarded(operation.Id),
                ["spec"] = new JsonObject
                {
                    ["template"] = new JsonObject
                    {
                        ["metadata"] = new JsonObject
                        {
                            ["annotations"] = new JsonObject { [Mark] = operation.Id },
                        },
                    },
                },
            }),
        };
    }

    public async Task<EffectReport> ObserveAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(KubePaths.Workload(operation.Target), cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return new EffectReport(answer.IsNotFound ? EffectState.Replaced : EffectState.Unknown, answer.Why);
        }

        if (MarkOf(answer.Body) == operation.Id)
        {
            return Rollout.Judge(answer.Body, operation.Target.Kind);
        }

        return operation.Before.GetValueOrDefault("generation") == answer.Body.Generation()
            ? new EffectReport(EffectState.Absent, "The pod template is unchanged.")
            : new EffectReport(EffectState.Replaced, "The workload was changed by somebody else.");
    }

    public Task<KubePlan> PlanUndoAsync(Operation operation, KubeCalls calls, CancellationToken cancellationToken) =>
        Task.FromResult(KubePlan.No("undo", "A restart cannot be undone."));

    private static string MarkOf(JsonNode workload) =>
        workload.At("spec", "template", "metadata", "annotations").Text(Mark);
}
