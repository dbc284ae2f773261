using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CaaS.Orchestration.Runtime.Kubernetes;
using CaaS.Signals;
using k8s;
using Xunit;

namespace CaaS.Orchestration.Tests.Kubernetes;

/// <summary>The executor against a real API server; needs CAAS_LIVE=1 and KUBECONFIG.</summary>
public class LiveExecutorTests
{
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private static readonly EntityRef Target = new(Scope.Default, "default", "Deployment", "orc-live");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_server_takes_every_operation_and_shows_its_effect()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CAAS_LIVE") == "1", "Needs CAAS_LIVE=1 and a cluster.");
        var file = Environment.GetEnvironmentVariable("KUBECONFIG")!;
        using var client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(file));
        var calls = new KubeCalls(client.HttpClient, client.BaseUri, client.Credentials, new KubernetesOptions());
        var executor = new KubernetesExecutor(calls, Scope.Default, TimeProvider.System);
        await calls.SendAsync(new KubeCall(HttpMethod.Delete, $"{Deployments}/orc-live", KubeCall.Json, null), Cancel);
        await UntilAsync(async () => (await calls.GetAsync($"{Deployments}/orc-live", Cancel)).IsNotFound);
        Assert.Equal("", (await calls.SendAsync(new KubeCall(HttpMethod.Post, Deployments, KubeCall.Json, Deployment("one")), Cancel)).Why);
        await UntilAsync(async () => Rollout.IsObserved((await calls.GetAsync($"{Deployments}/orc-live", Cancel)).Body));
        var release = new JsonObject { ["spec"] = Deployment("two")["spec"]!.DeepClone() };
        await calls.SendAsync(new KubeCall(HttpMethod.Patch, $"{Deployments}/orc-live", KubeCall.MergePatch, release), Cancel);
        await UntilAsync(async () => (await calls.GetAsync($"{Deployments}/orc-live", Cancel)).Body
            .Annotation("deployment.kubernetes.io/revision") == "2");

        var rollback = await DoAsync(executor, Make("aaaaaaaaaaa1", OperationKind.Rollback, Target));
        Assert.Equal("1", rollback.Parameters["toRevision"]);
        Assert.Contains("+          value: one", rollback.Diff, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Accepted, (await executor.UndoAsync(rollback, Cancel)).Outcome);
        await UntilAsync(async () => Rollout.Judge(
            (await calls.GetAsync($"{Deployments}/orc-live", Cancel)).Body, "Deployment").Effect == EffectState.Reached);
        await DoAsync(executor, Make("aaaaaaaaaaa2", OperationKind.Restart, Target));
        await DoAsync(executor, Make("aaaaaaaaaaa3", OperationKind.Scale, Target, ("replicas", "2")));

        var pods = await calls.GetAsync("/api/v1/namespaces/default/pods?labelSelector=app%3Dorc-live", Cancel);
        var pod = pods.Body.Items("items").First(p => p.At("metadata").Text("deletionTimestamp").Length == 0).Name();
        await DoAsync(executor, Make("aaaaaaaaaaa4", OperationKind.DeletePod, new EntityRef(Scope.Default, "default", "Pod", pod)));

        var node = (await calls.GetAsync(KubePaths.Nodes, Cancel)).Body.Items("items").First().Name();
        var entity = new EntityRef(Scope.Default, EntityRef.NoNamespace, "Node", node);
        await DoAsync(executor, Make("aaaaaaaaaaa5", OperationKind.Cordon, entity));
        await DoAsync(executor, Make("aaaaaaaaaaa6", OperationKind.Uncordon, entity));
        await calls.SendAsync(new KubeCall(HttpMethod.Delete, $"{Deployments}/orc-live", KubeCall.Json, null), Cancel);
    }

    private static async Task<Operation> DoAsync(KubernetesExecutor executor, Operation operation)
    {
        var report = await executor.CheckAsync(operation, Cancel);
        Assert.All(report.Checks, check => Assert.True(check.Ok, check.Text));
        TestContext.Current.TestOutputHelper?.WriteLine(report.Diff);
        operation = operation with { Before = report.Before, Diff = report.Diff, Parameters = operation.Parameters.SetItems(report.Parameters) };
        var before = await executor.ObserveAsync(operation, Cancel);
        Assert.Equal(EffectState.Absent, before.Effect);

        var call = await executor.ExecuteAsync(operation, Cancel);
        Assert.True(call.Outcome == CallOutcome.Accepted, call.Why);
        await UntilAsync(async () => (await executor.ObserveAsync(operation, Cancel)).Effect == EffectState.Reached);
        return operation;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSoAsync)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isSoAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, timeout.Token);
        }
    }

    private static Operation Make(
        string id, OperationKind kind, EntityRef target, params (string Name, string Value)[] parameters) => new(
        id, Scope.Default, "", "", kind, target,
        parameters.ToImmutableSortedDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal), "",
        OperationStatus.Checking, 1, Bench.T0, Bench.T0.AddHours(1), [], "", "",
        ImmutableSortedDictionary<string, string>.Empty, null, []);

    private static JsonObject Deployment(string release) => JsonNode.Parse("""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"orc-live"},
         "spec":{"replicas":1,"selector":{"matchLabels":{"app":"orc-live"}},
          "template":{"metadata":{"labels":{"app":"orc-live"}},
           "spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"c","image":"IMAGE","imagePullPolicy":"Never",
            "env":[{"name":"RELEASE","value":"RELEASE_NAME"}]}]}}}}
        """.Replace("RELEASE_NAME", release, StringComparison.Ordinal).Replace("IMAGE", Environment.GetEnvironmentVariable("CAAS_LIVE_IMAGE") ?? "testbed.local/pause:1", StringComparison.Ordinal))!.AsObject();
}
