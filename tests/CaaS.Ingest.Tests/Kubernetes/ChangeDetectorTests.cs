using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class ChangeDetectorTests
{
    [Theory]
    [InlineData("image", "Image shop/Deployment/cart: Deployment shop/cart: new image app [app=shop:1] -> [app=shop:2] r4 by ")]
    [InlineData("replicas", "Replicas shop/Deployment/cart: Deployment shop/cart was scaled from 2 to 5 [2] -> [5] r3 by ")]
    [InlineData("env", "Config shop/Deployment/cart: Deployment shop/cart: new environment app.MODE [app.MODE=fast] -> [app.MODE=slow] r4 by ")]
    [InlineData("env-added", "Config shop/Deployment/cart: Deployment shop/cart: new environment app.DEPTH [] -> [app.DEPTH=3] r4 by ")]
    [InlineData("config-ref", "Config shop/Deployment/cart: Deployment shop/cart: new reference ConfigMap/cart-a1, ConfigMap/cart-b2 [ConfigMap/cart-a1] -> [ConfigMap/cart-b2] r4 by ")]
    [InlineData("image+env", "Image shop/Deployment/cart: Deployment shop/cart: new image app; environment app.MODE [app=shop:1; app.MODE=fast] -> [app=shop:2; app.MODE=slow] r4 by ")]
    [InlineData("limit", "Template shop/Deployment/cart: Deployment shop/cart: new pod template [] -> [memoryLimitBytes=67108864] r4 by ")]
    [InlineData("status", "")]
    [InlineData("revision", "")]
    [InlineData("restart", "")]
    [InlineData("nothing", "")]
    public void An_updated_deployment_tells_what_was_changed(string edit, string expected)
    {
        var after = Kube.Deployment(version: 2);
        var container = Kube.Container(after);
        foreach (var part in edit.Split('+'))
        {
            Apply(part, after, container);
        }

        var changes = Step(KubeDeltaKind.Updated, EntityKinds.Deployment, Kube.Deployment(), after);

        Assert.Equal(expected, string.Join('\n', changes.Select(Kube.Show)));
    }

    [Fact]
    public void A_rollout_whose_number_came_with_it_tells_that_number()
    {
        var after = Kube.Deployment(version: 2, image: "shop:2");
        after["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"] = "9";

        var change = Assert.Single(Step(KubeDeltaKind.Updated, EntityKinds.Deployment, Kube.Deployment(), after));

        Assert.Equal("9", change.Revision);
    }

    [Theory]
    [InlineData(KubeDeltaKind.Listed, "")]
    [InlineData(KubeDeltaKind.Resynced, "")]
    [InlineData(KubeDeltaKind.Added, "Created shop/Deployment/cart: Deployment shop/cart was created [] -> [app=shop:1] r3 by ")]
    [InlineData(KubeDeltaKind.Deleted, "Deleted shop/Deployment/cart: Deployment shop/cart was deleted [app=shop:1] -> [] r3 by ")]
    public void Only_what_comes_and_goes_while_watching_is_a_change(KubeDeltaKind kind, string expected)
    {
        var changes = Step(kind, EntityKinds.Deployment, null, Kube.Deployment());

        Assert.Equal(expected, string.Join('\n', changes.Select(Kube.Show)));
    }

    [Theory]
    [InlineData(EntityKinds.ReplicaSet, "Deployment")]
    [InlineData(EntityKinds.Job, "CronJob")]
    public void What_a_controller_makes_of_its_owner_is_no_change(string kind, string ownerKind)
    {
        var owned = Kube.Deployment();
        owned["metadata"]!["ownerReferences"] = new JsonArray(
            new JsonObject { ["kind"] = ownerKind, ["name"] = "cart", ["controller"] = true });
        var updated = owned.DeepClone();
        updated["spec"]!["replicas"] = 0;
        Kube.Container(updated)["image"] = "shop:2";

        Assert.Empty(Step(KubeDeltaKind.Added, kind, null, owned));
        Assert.Empty(Step(KubeDeltaKind.Updated, kind, owned, updated));
        Assert.Empty(Step(KubeDeltaKind.Deleted, kind, owned, owned));
    }

    [Theory]
    [InlineData("True", false, "True", false, "")]
    [InlineData("True", false, "Unknown", false, "Node -/Node/n1: Node n1 is no longer ready [ready] -> [not ready (NodeStatusUnknown)] r by ")]
    [InlineData("False", false, "True", false, "Node -/Node/n1: Node n1 became ready [not ready (NodeStatusUnknown)] -> [ready] r by ")]
    [InlineData("False", false, "Unknown", false, "")]
    [InlineData("True", false, "True", true, "Node -/Node/n1: Node n1 was cordoned [schedulable] -> [unschedulable] r by ")]
    [InlineData("True", true, "True", false, "Node -/Node/n1: Node n1 was uncordoned [unschedulable] -> [schedulable] r by ")]
    public void Nodes_tell_readiness_and_cordon(
        string readyBefore, bool cordonedBefore, string readyAfter, bool cordonedAfter, string expected)
    {
        var changes = Step(
            KubeDeltaKind.Updated,
            EntityKinds.Node,
            Kube.Node("n1", 1, readyBefore, cordonedBefore),
            Kube.Node("n1", 2, readyAfter, cordonedAfter));

        Assert.Equal(expected, string.Join('\n', changes.Select(Kube.Show)));
    }

    [Fact]
    public void New_content_of_a_config_map_changes_whoever_reads_it()
    {
        var detector = new ChangeDetector();
        detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.Deployment, null, Kube.Deployment()), Kube.Now);
        detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.Deployment, null, Kube.Deployment("other")), Kube.Now);
        detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.ConfigMap, null, Kube.ConfigMap("cart-a1", "x")), Kube.Now);

        var changes = detector.Step(
            Delta(
                KubeDeltaKind.Updated,
                EntityKinds.ConfigMap,
                Kube.ConfigMap("cart-a1", "x"),
                Kube.ConfigMap("cart-a1", "y", 2)),
            Kube.Now);

        Assert.Equal(
            [(ChangeKind.Config, "shop/Deployment/cart"), (ChangeKind.Config, "shop/Deployment/other")],
            changes.Select(change => (change.Kind, change.Entity.ToString())));
        Assert.NotEqual(changes[0].Before, changes[0].After);
    }

    [Fact]
    public void Content_nobody_reads_and_metadata_of_content_change_nobody()
    {
        var detector = new ChangeDetector();
        detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.Deployment, null, Kube.Deployment()), Kube.Now);
        detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.ConfigMap, null, Kube.ConfigMap("cart-a1", "x")), Kube.Now);
        detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.ConfigMap, null, Kube.ConfigMap("lonely", "x")), Kube.Now);
        var labelled = Kube.ConfigMap("cart-a1", "x", 2);
        labelled["metadata"]!["labels"] = new JsonObject { ["a"] = "b" };

        Assert.Empty(detector.Step(
            Delta(KubeDeltaKind.Updated, EntityKinds.ConfigMap, Kube.ConfigMap("cart-a1", "x"), labelled), Kube.Now));
        Assert.Empty(detector.Step(
            Delta(
                KubeDeltaKind.Updated,
                EntityKinds.ConfigMap,
                Kube.ConfigMap("lonely", "x"),
                Kube.ConfigMap("lonely", "y", 2)),
            Kube.Now));
    }

    [Fact]
    public void A_config_map_deleted_and_made_anew_with_other_content_tells_both()
    {
        var detector = new ChangeDetector();
        detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.ConfigMap, null, Kube.ConfigMap("cart-a1", "x")), Kube.Now);
        detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.Deployment, null, Kube.Deployment()), Kube.Now);
        var old = Kube.ConfigMap("cart-a1", "x");

        var gone = detector.Step(Delta(KubeDeltaKind.Deleted, EntityKinds.ConfigMap, old, old), Kube.Now);
        var back = detector.Step(
            Delta(KubeDeltaKind.Added, EntityKinds.ConfigMap, null, Kube.ConfigMap("cart-a1", "y", 2)), Kube.Now);

        Assert.EndsWith("was deleted", Assert.Single(gone).Summary, StringComparison.Ordinal);
        Assert.EndsWith("has new content", Assert.Single(back).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_config_map_made_before_or_after_the_rollout_that_reads_it_is_one_change()
    {
        var rollout = Kube.Deployment(version: 2);
        Kube.Container(rollout)["envFrom"] = new JsonArray(Kube.ConfigFrom("cart-b2"));
        var update = Delta(KubeDeltaKind.Updated, EntityKinds.Deployment, Kube.Deployment(), rollout);
        var creation = Delta(KubeDeltaKind.Added, EntityKinds.ConfigMap, null, Kube.ConfigMap("cart-b2", "z"));

        foreach (var order in new[] { new[] { update, creation }, [creation, update] })
        {
            var detector = new ChangeDetector();
            detector.Step(Delta(KubeDeltaKind.Listed, EntityKinds.Deployment, null, Kube.Deployment()), Kube.Now);

            var change = Assert.Single(order.SelectMany(delta => detector.Step(delta, Kube.Now)));

            Assert.Equal(ChangeKind.Config, change.Kind);
        }
    }

    [Fact]
    public void Network_policies_and_deleted_services_are_changes()
    {
        JsonObject Policy(int version, string port) => new()
        {
            ["metadata"] = Kube.Meta("deny", "uid-deny", version),
            ["spec"] = new JsonObject { ["podSelector"] = new JsonObject(), ["port"] = port },
        };

        var service = new JsonObject { ["metadata"] = Kube.Meta("cart", "uid-s", 1) };

        Assert.EndsWith(
            "was changed",
            Assert.Single(Step(KubeDeltaKind.Updated, EntityKinds.NetworkPolicy, Policy(1, "a"), Policy(2, "b"))).Summary,
            StringComparison.Ordinal);
        Assert.Empty(Step(KubeDeltaKind.Updated, EntityKinds.NetworkPolicy, Policy(1, "a"), Policy(2, "a")));
        Assert.Single(Step(KubeDeltaKind.Added, EntityKinds.NetworkPolicy, null, Policy(1, "a")));
        Assert.Single(Step(KubeDeltaKind.Deleted, EntityKinds.NetworkPolicy, Policy(1, "a"), Policy(1, "a")));
        Assert.Single(Step(KubeDeltaKind.Deleted, EntityKinds.Service, service, service));
        Assert.Empty(Step(KubeDeltaKind.Added, EntityKinds.Service, null, service));
    }

    [Fact]
    public void A_huge_difference_is_cut()
    {
        var after = Kube.Deployment(version: 2);
        var variables = Enumerable.Range(0, 900).Select(i => (JsonNode)Kube.Variable("V" + i, new string('x', 300)));
        Kube.Container(after)["env"] = new JsonArray([.. variables]);

        var change = Assert.Single(Step(KubeDeltaKind.Updated, EntityKinds.Deployment, Kube.Deployment(), after));

        Assert.True(change.Summary.Length <= 512 && change.After.Length <= 512);
    }

    private static void Apply(string edit, JsonObject deployment, JsonObject container)
    {
        switch (edit)
        {
            case "image":
                container["image"] = "shop:2";
                break;
            case "replicas":
                deployment["spec"]!["replicas"] = 5;
                break;
            case "env":
                container["env"] = new JsonArray(Kube.Variable("MODE", "slow"));
                break;
            case "env-added":
                container["env"]!.AsArray().Add(Kube.Variable("DEPTH", "3"));
                break;
            case "config-ref":
                container["envFrom"] = new JsonArray(Kube.ConfigFrom("cart-b2"));
                break;
            case "limit":
                container["resources"] = JsonNode.Parse("""{"limits":{"memory":"64Mi"}}""");
                break;
            case "status":
                deployment["status"]!["readyReplicas"] = 0;
                break;
            case "revision":
                deployment["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"] = "4";
                break;
            case "restart":
                deployment["spec"]!["template"]!["metadata"]!["annotations"] =
                    new JsonObject { ["kubectl.kubernetes.io/restartedAt"] = "now" };
                break;
        }
    }

    private static ImmutableArray<ChangeEvent> Step(KubeDeltaKind kind, string type, JsonNode? before, JsonNode after) =>
        new ChangeDetector().Step(Delta(kind, type, before, after), Kube.Now);

    private static KubeDelta Delta(KubeDeltaKind kind, string type, JsonNode? before, JsonNode after) =>
        new(kind, before is null ? null : Kube.Map(type, before), Kube.Map(type, after));
}
