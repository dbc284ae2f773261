using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Keeps new pods off a node, or lets them on again.</summary>
/// <param name="isCordon">True to keep pods off.</param>
internal sealed class CordonAction(bool isCordon) : IKubeAction
{
    public async Task<KubePlan> PlanAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(KubePaths.Nodes, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return KubePlan.No("nodes-read", answer.Why);
        }

        var nodes = answer.Body.Items("items").ToArray();
        if (nodes.FirstOrDefault(node => node.Name() == operation.Target.Name) is not JsonObject target)
        {
            return KubePlan.No("target-exists", $"There is no node {operation.Target.Name}.");
        }

        var others = nodes.Where(node => node != target).ToArray();
        var isClosed = target.Truth("spec", "unschedulable");
        var isOurs = target.Annotation(KubeJson.OperationAnnotation) == operation.Id;
        return new KubePlan
        {
            Checks =
            [
                new OperationCheck("target-exists", true, $"Node {operation.Target.Name} is there."),
                KubePlan.Check("not-done-yet", isClosed != isCordon || isOurs,
                    isCordon ? "The node is open to new pods." : "The node is cordoned.",
                    isCordon ? "The node is cordoned already." : "The node is not cordoned."),
            ],
            Facts = new TargetFacts
            {
                IsReady = target.Condition("Ready"),
                OtherReadyNodes = others.Count(
                    node => node.Condition("Ready") == true && !node.Truth("spec", "unschedulable")),
                OtherCordonedNodes = others.Count(node => node.Truth("spec", "unschedulable")),
            },
            Before = KubePlan.Map(("uid", target.Uid()), ("unschedulable", isClosed ? "true" : "false")),
            Current = target,
            IsDone = isOurs && isClosed == isCordon,
            Call = Patch(operation, target, isCordon, operation.Id),
        };
    }

    public async Task<EffectReport> ObserveAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(KubePaths.Node(operation.Target.Name), cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return new EffectReport(answer.IsNotFound ? EffectState.Replaced : EffectState.Unknown, answer.Why);
        }

        var isClosed = answer.Body.Truth("spec", "unschedulable");
        var text = isClosed ? "The node takes no new pods." : "The node takes new pods.";
        if (isClosed == isCordon)
        {
            return new EffectReport(EffectState.Reached, text);
        }

        return new EffectReport(
            answer.Body.Annotation(KubeJson.OperationAnnotation) == operation.Id
                ? EffectState.Replaced
                : EffectState.Absent,
            text);
    }

    public async Task<KubePlan> PlanUndoAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var answer = await calls.GetAsync(KubePaths.Node(operation.Target.Name), cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return KubePlan.No("target-exists", answer.Why);
        }

        var mark = answer.Body.Annotation(KubeJson.OperationAnnotation);
        var undone = operation.Id + "-undo";
        return new KubePlan
        {
            Checks =
            [
                KubePlan.Check("as-left", mark == operation.Id || mark == undone,
                    "The node is as the operation left it.", "The node was changed by somebody else."),
            ],
            Current = answer.Body,
            IsDone = mark == undone,
            Call = Patch(operation, answer.Body, !isCordon, undone),
        };
    }

    private static KubeCall Patch(Operation operation, JsonNode node, bool close, string mark) => new(
        HttpMethod.Patch, KubePaths.Node(operation.Target.Name), KubeCall.MergePatch, new JsonObject
        {
            ["metadata"] = node.Guarded(mark),
            ["spec"] = new JsonObject { ["unschedulable"] = close },
        });
}
