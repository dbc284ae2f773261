using System.Text.Json.Nodes;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class ClusterStateTests
{
    private readonly ClusterState _state = new(Scope.Default, 100, TimeSpan.FromMinutes(1));

    [Fact]
    public void A_heartbeat_is_not_sent_on_but_a_resync_is()
    {
        var (one, two) = (Kube.Map("Node", Kube.Node("n1", 1)), Kube.Map("Node", Kube.Node("n1", 2)));
        _state.Step([new KubeDelta(KubeDeltaKind.Listed, null, one)], Kube.Now);

        Assert.Equal(0, _state.Step([new KubeDelta(KubeDeltaKind.Updated, one, two)], Kube.Now).RowCount);
        Assert.Single(_state.Step([new KubeDelta(KubeDeltaKind.Resynced, two, two)], Kube.Now).Objects);
    }

    [Fact]
    public void What_is_gone_is_sent_with_what_was_last_known()
    {
        var node = Kube.Map("Node", Kube.Node("n1", 1));
        _state.Step([new KubeDelta(KubeDeltaKind.Listed, null, node)], Kube.Now);

        var step = _state.Step([new KubeDelta(KubeDeltaKind.Deleted, node, node)], Kube.Now.AddSeconds(1));

        var gone = Assert.Single(step.Objects);
        Assert.True(gone.IsDeleted);
        Assert.Equal(Kube.Now.AddSeconds(1), gone.Time);
        Assert.Equal("true", gone.Facts[KubeFacts.Ready]);
        Assert.False(_state.Index.TryGetNode("n1", out _));
    }

    [Fact]
    public void Slices_of_one_service_are_told_as_one()
    {
        var (a, b) = (Slice("cart-a", "10.0.0.1", "p1"), Slice("cart-b", "10.0.0.2", "p2"));
        _state.Step([new KubeDelta(KubeDeltaKind.Listed, null, a)], Kube.Now);

        var both = Assert.Single(_state.Step([new KubeDelta(KubeDeltaKind.Added, null, b)], Kube.Now).Objects);
        var less = Assert.Single(_state.Step([new KubeDelta(KubeDeltaKind.Deleted, a, a)], Kube.Now).Objects);
        var none = Assert.Single(_state.Step([new KubeDelta(KubeDeltaKind.Deleted, b, b)], Kube.Now).Objects);

        Assert.Equal("10.0.0.1,10.0.0.2", both.Facts[KubeFacts.ReadyAddresses]);
        Assert.Equal(2, both.Relations.Length);
        Assert.Equal(("10.0.0.2", false), (less.Facts[KubeFacts.ReadyAddresses], less.IsDeleted));
        Assert.True(none.IsDeleted);
    }

    [Fact]
    public void An_events_owner_is_the_workload_even_after_its_pod_is_gone()
    {
        var pod = Kube.Map("Pod", new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = "cart-6d4-x",
                ["namespace"] = "shop",
                ["uid"] = "p",
                ["labels"] = new JsonObject { ["pod-template-hash"] = "6d4" },
                ["ownerReferences"] = new JsonArray(
                    new JsonObject { ["kind"] = "ReplicaSet", ["name"] = "cart-6d4", ["controller"] = true }),
            },
        });
        var killing = Kube.Map("Event", new JsonObject
        {
            ["metadata"] = Kube.Meta("e", "uid-e", 1),
            ["count"] = 2,
            ["reason"] = "Killing",
            ["involvedObject"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = "shop", ["name"] = "cart-6d4-x" },
        });

        var step = _state.Step(
            [
                new KubeDelta(KubeDeltaKind.Added, null, pod),
                new KubeDelta(KubeDeltaKind.Deleted, pod, pod),
                new KubeDelta(KubeDeltaKind.Added, null, killing),
            ],
            Kube.Now);

        var told = Assert.Single(step.Events);
        Assert.Equal(("shop/Deployment/cart", 2), (told.Owner.ToString(), told.CountDelta));
        Assert.Empty(step.Changes);
    }

    [Fact]
    public void What_replaces_a_deleted_object_is_not_older_than_the_deletion()
    {
        var node = Kube.Map("Node", Kube.Node("n1", 1));
        var other = node with { Uid = "other", State = node.State! with { Uid = "other" } };

        var step = _state.Step(
            [new KubeDelta(KubeDeltaKind.Deleted, node, node), new KubeDelta(KubeDeltaKind.Added, null, other)],
            Kube.Now.AddSeconds(3));

        Assert.Equal(
            [(true, Kube.Now.AddSeconds(3)), (false, Kube.Now.AddSeconds(3))],
            step.Objects.Select(row => (row.IsDeleted, row.Time)));
    }

    [Fact]
    public void Endpoints_known_from_before_a_restart_are_gone_with_their_service()
    {
        var endpoints = _state.Step(
            [new KubeDelta(KubeDeltaKind.Listed, null, Slice("cart-a", "10.0.0.1", "p1"))], Kube.Now).Objects[0];
        var service = Kube.Map("Service", new JsonObject { ["metadata"] = Kube.Meta("cart", "uid-s", 1) });
        var restarted = new ClusterState(Scope.Default, 100, TimeSpan.FromMinutes(1));
        restarted.Recall([endpoints, service.State!]);

        var step = restarted.Step(
            [new KubeDelta(KubeDeltaKind.Deleted, service, service, IsLate: true)], Kube.Now);

        Assert.Equal(
            [("shop/Service/cart", true), ("shop/Endpoints/cart", true)],
            step.Objects.Select(row => (row.Entity.ToString(), row.IsDeleted)));
    }

    private static KubeItem Slice(string name, string address, string pod)
    {
        var meta = Kube.Meta(name, "uid-" + name, 1);
        meta["labels"] = new JsonObject { ["kubernetes.io/service-name"] = "cart" };
        return Kube.Map(KubeObjectMapper.EndpointSliceKind, new JsonObject
        {
            ["metadata"] = meta,
            ["endpoints"] = new JsonArray(new JsonObject
            {
                ["addresses"] = new JsonArray(address),
                ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["name"] = pod },
            }),
        });
    }
}
