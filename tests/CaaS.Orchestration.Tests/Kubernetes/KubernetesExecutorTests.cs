using System.Collections.Immutable;
using CaaS.Signals;
using Xunit;

namespace CaaS.Orchestration.Tests.Kubernetes;

public class KubernetesExecutorTests
{
    private const string CartPath = "/apis/apps/v1/namespaces/shop/deployments/cart";
    private const string SetsPath = "/apis/apps/v1/namespaces/shop/replicasets";

    private const string Cart = """
        {"metadata":{"name":"cart","namespace":"shop","uid":"u1","resourceVersion":"77","generation":5,
          "annotations":{"deployment.kubernetes.io/revision":"4"}},
         "spec":{"replicas":2,"selector":{"matchLabels":{"app":"cart"}},
          "template":{"metadata":{"labels":{"app":"cart"}},"spec":{"containers":[{"name":"c","image":"cart:2",
            "env":[{"name":"DB_PASSWORD","value":"hunter2"}]}]}}},
         "status":{"observedGeneration":5,"replicas":3,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":1}}
        """;

    private const string CartAfter = """
        {"metadata":{"name":"cart","namespace":"shop","uid":"u1","resourceVersion":"78","generation":6,
          "annotations":{"deployment.kubernetes.io/revision":"4","caas.io/operation":"0123456789ab"}},
         "spec":{"replicas":2,"selector":{"matchLabels":{"app":"cart"}},
          "template":{"metadata":{"labels":{"app":"cart"}},"spec":{"containers":[{"name":"c","image":"cart:1",
            "env":[{"name":"DB_PASSWORD","value":"hunter1"}]}]}}}}
        """;

    private const string Sets = """
        {"items":[
          {"metadata":{"name":"cart-b","labels":{"pod-template-hash":"bbb"},"annotations":{"deployment.kubernetes.io/revision":"4"},
             "ownerReferences":[{"controller":true,"uid":"u1"}]},
           "spec":{"template":{"metadata":{"labels":{"app":"cart","pod-template-hash":"bbb"}},"spec":{"containers":[{"name":"c","image":"cart:2"}]}}}},
          {"metadata":{"name":"other","labels":{"pod-template-hash":"zzz"},"annotations":{"deployment.kubernetes.io/revision":"3"},
             "ownerReferences":[{"controller":true,"uid":"u9"}]},"spec":{}},
          {"metadata":{"name":"cart-x","labels":{"pod-template-hash":"xxx"},"annotations":{"deployment.kubernetes.io/revision":"2"},
             "ownerReferences":[{"controller":true,"uid":"u1"}]},
           "spec":{"template":{"metadata":{"labels":{"app":"cart","pod-template-hash":"xxx"}},"spec":{"containers":[{"name":"c","image":"cart:0"}]}}}},
          {"metadata":{"name":"cart-a","labels":{"pod-template-hash":"aaa"},"annotations":{"deployment.kubernetes.io/revision":"3"},
             "ownerReferences":[{"controller":true,"uid":"u1"}]},
           "spec":{"template":{"metadata":{"labels":{"app":"cart","pod-template-hash":"aaa"}},"spec":{"containers":[{"name":"c","image":"cart:1"}]}}}}]}
        """;

    private const string RollbackPatch =
        """application/json-patch+json [{"op":"replace","path":"/metadata/uid","value":"u1"},{"op":"replace","path":"/metadata/resourceVersion","value":"77"},{"op":"add","path":"/metadata/annotations/caas.io~1operation","value":"0123456789ab"},{"op":"add","path":"/metadata/annotations/caas.io~1left-templates","value":"bbb"},{"op":"replace","path":"/spec/template","value":{"metadata":{"labels":{"app":"cart"}},"spec":{"containers":[{"name":"c","image":"cart:1"}]}}}]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rollback_is_tried_first_shown_as_a_diff_and_sent_with_what_was_read()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.On("GET " + CartPath, Cart).On("GET " + SetsPath, Sets).On("PATCH " + CartPath, CartAfter);
        var operation = Make(OperationKind.Rollback, Bench.Cart);

        var report = await server.Executor().CheckAsync(operation, Cancel);
        var checkedOperation = operation with { Before = report.Before, Parameters = report.Parameters };
        var call = await server.Executor().ExecuteAsync(checkedOperation, Cancel);

        Assert.All(report.Checks, check => Assert.True(check.Ok, check.Text));
        Assert.Equal(
            """
            --- shop/Deployment/cart (now)
            +++ shop/Deployment/cart (after)
            @@ -1,4 +1,6 @@
             metadata:
            +  annotations:
            +    caas.io/operation: "0123456789ab"
               name: cart
               namespace: shop
             spec:
            @@ -14,6 +16,6 @@
                   containers:
                   - env:
                     - name: DB_PASSWORD
            -          value: "*** (#f613)"
            -        image: cart:2
            +          value: "*** (#0baf)"
            +        image: cart:1
                     name: c

            """, report.Diff);
        Assert.Equal("generation=5, revision=4, templateHash=bbb, toTemplateHash=aaa, uid=u1",
            string.Join(", ", report.Before.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("3", report.Parameters["toRevision"]);
        Assert.Equal(new TargetFacts { WantedReplicas = 2, ReadyReplicas = 1 }, report.Facts);
        Assert.Equal(CallOutcome.Accepted, call.Outcome);
        Assert.Equal(
            [
                $"GET {CartPath}",
                $"GET {SetsPath}?labelSelector=app%3Dcart",
                $"PATCH {CartPath}?dryRun=All&fieldManager=caas {RollbackPatch}",
                $"GET {CartPath}",
                $"GET {SetsPath}?labelSelector=app%3Dcart",
                $"PATCH {CartPath}?fieldManager=caas {RollbackPatch}",
            ],
            server.Requests);
    }

    [Fact]
    public async Task Rollback_never_returns_by_itself_to_what_was_rolled_back_from()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.On("GET " + SetsPath, Sets).On("GET " + CartPath, Cart.Replace(
            "\"annotations\":{", "\"annotations\":{\"caas.io/left-templates\":\"xxx,aaa\",", StringComparison.Ordinal));

        var report = await server.Executor().CheckAsync(Make(OperationKind.Rollback, Bench.Cart), Cancel);

        Assert.Equal("There is no earlier revision that was not rolled back from before.",
            Assert.Single(report.Checks, check => !check.Ok).Text);
        Assert.DoesNotContain(server.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_conflict_is_read_again_and_tried_again_and_nothing_else_is()
    {
        await using var server = await ScriptedServer.StartAsync();
        var operation = Make(OperationKind.Restart, Bench.Cart) with { Before = Before(("uid", "u1"), ("generation", "5")) };

        server.On("GET " + CartPath, Cart).On("PATCH " + CartPath, (409, """{"message":"modified"}"""), (200, CartAfter));
        Assert.Equal(CallOutcome.Accepted, (await server.Executor().ExecuteAsync(operation, Cancel)).Outcome);
        Assert.Equal(4, server.Requests.Count);

        server.Requests.Clear();
        server.On("PATCH " + CartPath, (500, """{"message":"etcd timeout"}"""));
        var lost = await server.Executor().ExecuteAsync(operation, Cancel);
        Assert.Equal((CallOutcome.Unknown, "The API server answered 500: etcd timeout"), (lost.Outcome, lost.Why));
        Assert.Equal(2, server.Requests.Count);

        server.On("PATCH " + CartPath, (403, """{"message":"forbidden"}"""));
        Assert.Equal(CallOutcome.Refused, (await server.Executor().ExecuteAsync(operation, Cancel)).Outcome);
    }

    [Fact]
    public async Task A_target_that_changed_since_the_check_is_left_alone()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.On("GET " + CartPath, Cart);
        var operation = Make(OperationKind.Restart, Bench.Cart) with { Before = Before(("uid", "u0"), ("generation", "5")) };

        var call = await server.Executor().ExecuteAsync(operation, Cancel);

        Assert.Equal(CallOutcome.Refused, call.Outcome);
        Assert.Equal("The target changed since it was checked (uid was u0, is u1).", call.Why);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Restart_marks_the_template_with_the_operation_so_that_it_acts_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.On("GET " + CartPath, Cart).On("PATCH " + CartPath, CartAfter);
        var operation = Make(OperationKind.Restart, Bench.Cart) with { Before = Before(("uid", "u1"), ("generation", "5")) };

        await server.Executor().ExecuteAsync(operation, Cancel);
        server.On("GET " + CartPath, Cart.Replace(
            "\"template\":{\"metadata\":{", "\"template\":{\"metadata\":{\"annotations\":{\"caas.io/restarted-by\":\"0123456789ab\"},",
            StringComparison.Ordinal));
        var again = await server.Executor().ExecuteAsync(operation, Cancel);
        var effect = await server.Executor().ObserveAsync(operation, Cancel);

        Assert.Equal(
            $"PATCH {CartPath}?fieldManager=caas application/merge-patch+json " +
            """{"metadata":{"uid":"u1","resourceVersion":"77","annotations":{"caas.io/operation":"0123456789ab"}},"spec":{"template":{"metadata":{"annotations":{"caas.io/restarted-by":"0123456789ab"}}}}}""",
            server.Requests[1]);
        Assert.Equal("It was done already.", again.Why);
        Assert.Equal((EffectState.Progressing, "1 of 2 replicas are new, 1 available."), (effect.Effect, effect.Text));
        Assert.Single(server.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scale_goes_through_the_subresource()
    {
        await using var server = await ScriptedServer.StartAsync();
        const string scale = """{"metadata":{"name":"cart","uid":"u1","resourceVersion":"77"},"spec":{"replicas":2}}""";
        server.On("GET " + CartPath, Cart).On($"GET {CartPath}/scale", scale)
            .On($"PATCH {CartPath}/scale", scale.Replace("2}", "3}", StringComparison.Ordinal));
        var operation = Make(OperationKind.Scale, Bench.Cart) with { Parameters = Before(("replicas", "3")) };

        var report = await server.Executor().CheckAsync(operation, Cancel);

        Assert.Equal(
            $$$"""PATCH {{{CartPath}}}/scale?dryRun=All&fieldManager=caas application/merge-patch+json {"metadata":{"uid":"u1","resourceVersion":"77"},"spec":{"replicas":3}}""",
            server.Requests[^1]);
        Assert.Contains("-  replicas: 2\n+  replicas: 3\n", report.Diff, StringComparison.Ordinal);
        Assert.Equal("2", report.Before["replicas"]);
    }

    [Fact]
    public async Task Cordon_reads_the_other_nodes_and_is_undone_only_as_it_was_left()
    {
        await using var server = await ScriptedServer.StartAsync();
        const string node2 = """{"metadata":{"name":"node2","uid":"n2","resourceVersion":"9"},"spec":{},"status":{"conditions":[{"type":"Ready","status":"Unknown"}]}}""";
        const string others = """{"metadata":{"name":"node1"},"spec":{},"status":{"conditions":[{"type":"Ready","status":"True"}]}},{"metadata":{"name":"node3"},"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}]}}""";
        server.On("GET /api/v1/nodes", $$"""{"items":[{{others}},{{node2}}]}""").On("GET /api/v1/nodes/node2", node2)
            .On("PATCH /api/v1/nodes/node2", node2.Replace("\"spec\":{}", "\"spec\":{\"unschedulable\":true}", StringComparison.Ordinal));
        var operation = Make(OperationKind.Cordon, Bench.NodeTwo);

        var report = await server.Executor().CheckAsync(operation, Cancel);
        var undo = await server.Executor().UndoAsync(operation, Cancel);

        Assert.Equal(new TargetFacts { IsReady = false, OtherReadyNodes = 1, OtherCordonedNodes = 1 }, report.Facts);
        Assert.Equal(
            """PATCH /api/v1/nodes/node2?dryRun=All&fieldManager=caas application/merge-patch+json {"metadata":{"uid":"n2","resourceVersion":"9","annotations":{"caas.io/operation":"0123456789ab"}},"spec":{"unschedulable":true}}""",
            server.Requests[1]);
        Assert.Equal((CallOutcome.Refused, "The node was changed by somebody else."), (undo.Outcome, undo.Why));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public async Task A_pod_is_evicted_by_the_version_the_server_speaks_and_a_budget_is_honoured(string version)
    {
        await using var server = await ScriptedServer.StartAsync();
        var pod = new EntityRef(Scope.Default, "shop", "Pod", "cart-1");
        server.On("GET /api/v1", $$"""{"resources":[{"name":"pods"},{"name":"pods/eviction","group":"policy","version":"{{version}}"}]}""")
            .On("GET /api/v1/namespaces/shop/pods/cart-1", """
                {"metadata":{"name":"cart-1","uid":"p1","ownerReferences":[{"controller":true,"kind":"ReplicaSet","name":"cart-a","uid":"r1"}]},
                 "spec":{"nodeName":"node1"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}
                """)
            .On($"GET {SetsPath}/cart-a", """{"metadata":{"uid":"r1"},"status":{"readyReplicas":2}}""")
            .On("POST /api/v1/namespaces/shop/pods/cart-1/eviction", (201, "{}"), (429, """{"message":"budget"}"""));
        var operation = Make(OperationKind.DeletePod, pod);

        var report = await server.Executor().CheckAsync(operation, Cancel);
        var call = await server.Executor().ExecuteAsync(operation with { Before = report.Before }, Cancel);

        Assert.Equal(new TargetFacts { IsReady = true, HasController = true, ReadyReplicas = 2 }, report.Facts);
        Assert.Equal(
            $$$"""POST /api/v1/namespaces/shop/pods/cart-1/eviction?dryRun=All&fieldManager=caas application/json {"apiVersion":"policy/{{{version}}}","kind":"Eviction","metadata":{"name":"cart-1","namespace":"shop"},"deleteOptions":{"preconditions":{"uid":"p1"},"dryRun":["All"]}}""",
            server.Requests[3]);
        Assert.Equal((CallOutcome.Refused, "The API server answered 429: budget"), (call.Outcome, call.Why));
        Assert.DoesNotContain("dryRun", server.Requests[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_authorises_nothing_and_took_nothing()
    {
        await using var server = await ScriptedServer.StartAsync();
        var executor = server.Executor("http://127.0.0.1:1");
        var operation = Make(OperationKind.Restart, Bench.Cart);

        var report = await executor.CheckAsync(operation, Cancel);
        var call = await executor.ExecuteAsync(operation, Cancel);
        var effect = await executor.ObserveAsync(operation, Cancel);

        Assert.False(Assert.Single(report.Checks).Ok);
        Assert.Equal(TargetFacts.Missing, report.Facts);
        Assert.Equal(CallOutcome.Refused, call.Outcome);
        Assert.Equal(EffectState.Unknown, effect.Effect);
    }

    [Fact]
    public async Task Another_cluster_is_never_acted_on()
    {
        await using var server = await ScriptedServer.StartAsync();
        var elsewhere = new EntityRef(new Scope("default", "other"), "shop", "Deployment", "cart");

        var report = await server.Executor().CheckAsync(Make(OperationKind.Restart, elsewhere), Cancel);

        Assert.False(Assert.Single(report.Checks).Ok);
        Assert.Empty(server.Requests);
    }

    private static Operation Make(OperationKind kind, EntityRef target) => new(
        "0123456789ab", Scope.Default, "", "", kind, target, ImmutableSortedDictionary<string, string>.Empty, "",
        OperationStatus.Checking, 1, Bench.T0, Bench.T0.AddHours(1), [], "", "",
        ImmutableSortedDictionary<string, string>.Empty, null, []);

    private static ImmutableSortedDictionary<string, string> Before(params (string Name, string Value)[] pairs) =>
        pairs.ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
}
