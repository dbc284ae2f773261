using System.Globalization;
using System.Text.Json.Nodes;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Puts a deployment's pod template back to that of an earlier replica set, as <c>kubectl rollout undo</c>
/// does.</summary>
/// <remarks>
/// Departure: a template that was rolled back from is remembered in an annotation and never chosen by itself again,
/// so that two rollbacks in a row do not bring the bad release back.
/// </remarks>
internal sealed class RollbackAction : IKubeAction
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private const string LeftAnnotation = "caas.io/left-templates";
    private const string HashLabel = "pod-template-hash";

    /// <summary>Left templates remembered: kubectl keeps ten revisions by default.</summary>
    private const int LeftCountMax = 10;

    public async Task<KubePlan> PlanAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var path = KubePaths.Workload(operation.Target);
        var answer = await calls.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return KubePlan.No("target-exists", answer.Why);
        }

        var deployment = answer.Body;
        var (sets, why) = await ReplicaSetsAsync(operation, deployment, calls, cancellationToken).ConfigureAwait(false);
        if (why.Length > 0)
        {
            return KubePlan.No("revisions", why);
        }

        var revision = deployment.Annotation(RevisionAnnotation);
        var current = sets.FirstOrDefault(set => set.Annotation(RevisionAnnotation) == revision);
        var left = deployment.Annotation(LeftAnnotation).Split(',', StringSplitOptions.RemoveEmptyEntries);
        var isOneOfOurs = deployment.Annotation(KubeJson.OperationAnnotation) == operation.Id;
        var target = Choose(operation, sets, RevisionOf(deployment), left);
        var facts = new TargetFacts
        {
            WantedReplicas = Rollout.Wanted(deployment, operation.Target.Kind),
            ReadyReplicas = Rollout.Ready(deployment, operation.Target.Kind),
        };
        var before = KubePlan.Map(
            ("uid", deployment.Uid()), ("generation", deployment.Generation()), ("revision", revision),
            ("templateHash", current.Label(HashLabel)), ("toTemplateHash", target.Label(HashLabel)));
        return new KubePlan
        {
            Checks =
            [
                new OperationCheck("target-exists", true, $"{operation.Target} is there."),
                KubePlan.Check("not-paused", !deployment.Truth("spec", "paused"),
                    "The deployment is not paused.", "The deployment is paused; resume it first."),
                KubePlan.Check("controller-current", Rollout.IsObserved(deployment) && current is not null,
                    $"Revision {revision} is in force.", "The deployment's controller has not caught up yet."),
                KubePlan.Check("earlier-revision", target is not null,
                    $"Revision {target.Annotation(RevisionAnnotation)} can be put back.", WhyNoTarget(operation)),
            ],
            Facts = facts,
            Before = before,
            Parameters = target is null
                ? KubePlan.Map()
                : KubePlan.Map(("toRevision", target.Annotation(RevisionAnnotation))),
            Current = deployment,
            IsDone = isOneOfOurs,
            Call = target is null || current is null
                ? null
                : Patch(path, deployment, target, operation.Id, [.. left, current.Label(HashLabel)]),
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

        var deployment = answer.Body;
        if (deployment.Annotation(KubeJson.OperationAnnotation) != operation.Id)
        {
            return operation.Before.GetValueOrDefault("generation") == deployment.Generation()
                ? new EffectReport(EffectState.Absent, "The pod template is unchanged.")
                : new EffectReport(EffectState.Replaced, "The deployment was changed by somebody else.");
        }

        if (!Rollout.IsObserved(deployment))
        {
            return new EffectReport(EffectState.Progressing, "The deployment's controller has not caught up yet.");
        }

        var (sets, why) = await ReplicaSetsAsync(operation, deployment, calls, cancellationToken).ConfigureAwait(false);
        if (why.Length > 0)
        {
            return new EffectReport(EffectState.Unknown, why);
        }

        var revision = deployment.Annotation(RevisionAnnotation);
        var current = sets.FirstOrDefault(set => set.Annotation(RevisionAnnotation) == revision);
        return current.Label(HashLabel) == operation.Before.GetValueOrDefault("toTemplateHash", "?")
            ? Rollout.Judge(deployment, operation.Target.Kind)
            : new EffectReport(EffectState.Replaced, $"Revision {revision} is another release.");
    }

    public async Task<KubePlan> PlanUndoAsync(
        Operation operation, KubeCalls calls, CancellationToken cancellationToken)
    {
        var path = KubePaths.Workload(operation.Target);
        var answer = await calls.GetAsync(path, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return KubePlan.No("target-exists", answer.Why);
        }

        var deployment = answer.Body;
        var (sets, why) = await ReplicaSetsAsync(operation, deployment, calls, cancellationToken).ConfigureAwait(false);
        var hash = operation.Before.GetValueOrDefault("templateHash", "?");
        var target = sets.FirstOrDefault(set => set.Label(HashLabel) == hash);
        var mark = deployment.Annotation(KubeJson.OperationAnnotation);
        var left = deployment.Annotation(LeftAnnotation).Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new KubePlan
        {
            Checks =
            [
                KubePlan.Check("revisions", why.Length == 0, "The revisions were read.", why),
                KubePlan.Check("as-left", mark == operation.Id || mark == UndoMark(operation),
                    "The deployment is as the operation left it.", "The deployment was changed by somebody else."),
                KubePlan.Check("earlier-revision", target is not null,
                    "The replica set from before is there.", "The replica set from before is gone."),
            ],
            Current = deployment,
            IsDone = mark == UndoMark(operation),
            Call = target is null
                ? null
                : Patch(path, deployment, target, UndoMark(operation), [.. left.Where(item => item != hash)]),
        };
    }

    private static string UndoMark(Operation operation) => operation.Id + "-undo";

    private static string WhyNoTarget(Operation operation) =>
        operation.Parameters.TryGetValue("toRevision", out var wanted)
            ? $"Revision {wanted} is not there, or is the one in force."
            : "There is no earlier revision that was not rolled back from before.";

    private static int RevisionOf(JsonNode? node) =>
        int.TryParse(node.Annotation(RevisionAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>The replica set asked for, or the newest one before the current that nobody rolled back from.</summary>
    private static JsonNode? Choose(Operation operation, JsonNode[] sets, int current, string[] left)
    {
        var earlier = sets.Where(set => RevisionOf(set) > 0 && RevisionOf(set) < current);
        return operation.Parameters.TryGetValue("toRevision", out var wanted)
            ? earlier.FirstOrDefault(set => set.Annotation(RevisionAnnotation) == wanted)
            : earlier.Where(set => !left.Contains(set.Label(HashLabel))).MaxBy(RevisionOf);
    }

    private static async Task<(JsonNode[] Sets, string Why)> ReplicaSetsAsync(
        Operation operation, JsonNode deployment, KubeCalls calls, CancellationToken cancellationToken)
    {
        var labels = deployment.At("spec", "selector", "matchLabels") as JsonObject ?? [];
        var selector = string.Join(',', labels.Select(label => $"{label.Key}={label.Value}"));
        var answer = await calls
            .GetAsync(KubePaths.ReplicaSets(operation.Target.Namespace, selector), cancellationToken)
            .ConfigureAwait(false);
        return answer.IsOk
            ? ([.. answer.Body.Items("items").Where(set => set.Controller().Text("uid") == deployment.Uid())], "")
            : ([], answer.Why);
    }

    private static KubeCall Patch(
        string path, JsonNode deployment, JsonNode target, string mark, IReadOnlyList<string> left)
    {
        var template = target.At("spec", "template")!.DeepClone();
        (template.At("metadata", "labels") as JsonObject)?.Remove(HashLabel);
        var body = new JsonArray(
            Op("replace", "/metadata/uid", deployment.Uid()),
            Op("replace", "/metadata/resourceVersion", deployment.ResourceVersion()));
        if (deployment.At("metadata", "annotations") is null)
        {
            body.Add(Op("add", "/metadata/annotations", new JsonObject()));
        }

        body.Add(Op("add", "/metadata/annotations/caas.io~1operation", mark));
        body.Add(Op("add", "/metadata/annotations/caas.io~1left-templates",
            string.Join(',', left.Distinct().TakeLast(LeftCountMax))));
        body.Add(Op("replace", "/spec/template", template));
        return new KubeCall(HttpMethod.Patch, path, KubeCall.JsonPatch, body);
    }

    private static JsonObject Op(string op, string path, JsonNode value) =>
        new() { ["op"] = op, ["path"] = path, ["value"] = value };
}
