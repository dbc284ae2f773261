using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Deletes a pod through eviction, so that the server holds its disruption budgets.</summary>
internal sealed class DeletePodAction : IKubeAction
{
    public async Task<KubePlan> PlanAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var path = KubePaths.Pod(operation.Target);
        var answer = await calls.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return KubePlan.No("target-exists", answer.Why);
        }

        var pod = answer.Body;
        var version = await EvictionVersionAsync(calls, cancellationToken).ConfigureAwait(false);
        var controller = pod.Controller();
        var isGoing = pod.At("metadata").Text("deletionTimestamp").Length > 0;
        return new KubePlan
        {
            Checks =
            [
                new OperationCheck("target-exists", true, $"{operation.Target} is there."),
                KubePlan.Check("not-done-yet", !isGoing, "The pod is not being deleted.", "The pod is being deleted already."),
                KubePlan.Check("eviction", version.Length > 0,
                    $"The server evicts by {version}.", "The server offers no eviction, or could not be asked."),
            ],
            Facts = new TargetFacts
            {
                IsReady = pod.Condition("Ready") ?? false,
                HasController = controller is not null,
                ReadyReplicas = await OwnerReadyAsync(operation, controller, calls, cancellationToken).ConfigureAwait(false),
            },
            Before = KubePlan.Map(("uid", pod.Uid()), ("node", pod.At("spec").Text("nodeName"))),
            Current = pod,
            Summary = $"--- {operation.Target}\n+++ (deleted)\n@@ -1,2 +0,0 @@\n-uid: {pod.Uid()}\n"
                + $"-node: {pod.At("spec").Text("nodeName")}\n",
            Call = version.Length == 0
                ? null
                : new KubeCall(HttpMethod.Post, path + "/eviction", KubeCall.Json, new JsonObject
                {
                    ["apiVersion"] = version,
                    ["kind"] = "Eviction",
                    ["metadata"] = new JsonObject
                    {
                        ["name"] = operation.Target.Name,
                        ["namespace"] = operation.Target.Namespace,
                    },
                    ["deleteOptions"] = new JsonObject
                    {
                        ["preconditions"] = new JsonObject { ["uid"] = pod.Uid() },
                    },
                }),
        };
    }

    public async Task<EffectReport> ObserveAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(KubePaths.Pod(operation.Target), cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk && !answer.IsNotFound)
        {
            return new EffectReport(EffectState.Unknown, answer.Why);
        }

        if (answer.IsNotFound || answer.Body.Uid() != operation.Before.GetValueOrDefault("uid"))
        {
            return new EffectReport(EffectState.Reached, "The pod is gone.");
        }

        return answer.Body.At("metadata").Text("deletionTimestamp").Length > 0
            ? new EffectReport(EffectState.Progressing, "The pod is being deleted.")
            : new EffectReport(EffectState.Absent, "The pod is still there.");
    }

    public Task<KubePlan> PlanUndoAsync(Operation operation, KubeCalls calls, CancellationToken cancellationToken) =>
        Task.FromResult(KubePlan.No("undo", "A deleted pod cannot be brought back."));

    /// <summary>Asks the server which version its eviction speaks: policy/v1 since 1.22, policy/v1beta1
    /// before.</summary>
    private static async Task<string> EvictionVersionAsync(KubeCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync("/api/v1", cancellationToken).ConfigureAwait(false);
        var found = answer.Body.Items("resources").FirstOrDefault(r => r.Text("name") == "pods/eviction");
        return answer.IsOk && found is not null && found.Text("version").Length > 0
            ? $"{found.Text("group", "policy")}/{found.Text("version")}"
            : "";
    }

    private static async Task<int?> OwnerReadyAsync(
        Operation operation, JsonNode? controller, KubeCalls calls, CancellationToken cancellationToken)
    {
        var kind = controller.Text("kind");
        if (kind is not ("ReplicaSet" or "StatefulSet" or "DaemonSet"))
        {
            return null;
        }

        var path = KubePaths.Workload(operation.Target.Namespace, kind, controller.Text("name"));
        var answer = await calls.GetAsync(path, cancellationToken).ConfigureAwait(false);
        return answer.IsOk && answer.Body.Uid() == controller.Text("uid") ? Rollout.Ready(answer.Body, kind) : null;
    }
}
