using System.Collections.Immutable;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class OwnerIndexTests
{
    private static readonly OwnerIndex Empty = new(Scope.Default);

    [Fact]
    public void A_pod_belongs_to_the_deployment_above_its_replica_set()
    {
        var index = Empty
            .WithController(Of(EntityKinds.ReplicaSet, "cart-x"), Of(EntityKinds.Deployment, "cart"))
            .WithPod(Pod("cart-x-1", controller: "cart-x"));

        Assert.True(index.TryGetOwner("shop", "cart-x-1", out var owner));
        Assert.Equal("shop/Deployment/cart", owner.ToString());
    }

    [Fact]
    public void A_pod_seen_before_its_replica_set_is_resolved_when_that_comes()
    {
        var index = Empty.WithPod(Pod("cart-x-1", controller: "cart-x"));
        var later = index.WithController(Of(EntityKinds.ReplicaSet, "cart-x"), Of(EntityKinds.Deployment, "cart"));

        Assert.Equal("shop/ReplicaSet/cart-x", index.OwnerOf(Of(EntityKinds.Pod, "cart-x-1")).ToString());
        Assert.Equal("shop/Deployment/cart", later.OwnerOf(Of(EntityKinds.Pod, "cart-x-1")).ToString());
        Assert.True(later.TryGetPodByIp("10.0.0.1", out var byIp));
        Assert.Equal("shop/Deployment/cart", byIp.Owner.ToString());
    }

    [Fact]
    public void A_template_hash_names_the_deployment_before_its_replica_set_is_seen()
    {
        var pod = Pod("cart-6d4-1", controller: "cart-6d4") with
        {
            Labels = ImmutableDictionary<string, string>.Empty.Add("pod-template-hash", "6d4"),
        };

        Assert.Equal("shop/Deployment/cart", Empty.WithPod(pod).OwnerOf(pod.Entity).ToString());
    }

    [Fact]
    public void A_cron_jobs_pod_belongs_to_the_cron_job_and_a_static_pod_to_itself()
    {
        var index = Empty
            .WithController(Of(EntityKinds.Job, "nightly-1"), Of("CronJob", "nightly"))
            .WithPod(Pod("nightly-1-a", controller: "nightly-1", kind: EntityKinds.Job))
            .WithPod(Pod("etcd-node1", controller: "node1", kind: EntityKinds.Node));

        Assert.Equal("shop/CronJob/nightly", index.OwnerOf(Of(EntityKinds.Pod, "nightly-1-a")).ToString());
        Assert.Equal("shop/Pod/etcd-node1", index.OwnerOf(Of(EntityKinds.Pod, "etcd-node1")).ToString());
    }

    [Fact]
    public void Controllers_in_a_circle_end()
    {
        var (one, other) = (Of(EntityKinds.Job, "a"), Of(EntityKinds.Job, "b"));

        var index = Empty.WithController(one, other).WithController(other, one);

        Assert.Equal(EntityKinds.Job, index.OwnerOf(one).Kind);
    }

    [Fact]
    public void An_address_names_a_pods_owner_then_a_service_then_a_node()
    {
        var index = Empty
            .WithNode(new NodeRecord(
                new EntityRef(Scope.Default, "-", EntityKinds.Node, "node1"), ["192.168.0.1"], true,
                ImmutableDictionary<string, string>.Empty))
            .WithService(new ServiceRecord(
                Of(EntityKinds.Service, "cart"), ["10.96.0.1"], ImmutableSortedDictionary<string, string>.Empty))
            .WithPod(Pod("bare", controller: ""))
            .WithPod(Pod("host", controller: "") with { Ip = "192.168.0.1", IsHostNetwork = true });

        Assert.Equal("shop/Pod/bare", ByIp(index, "10.0.0.1"));
        Assert.Equal("shop/Service/cart", ByIp(index, "10.96.0.1"));
        Assert.Equal("-/Node/node1", ByIp(index, "192.168.0.1"));
        Assert.Equal("nobody", ByIp(index, "8.8.8.8"));
        Assert.Equal("nobody", ByIp(index, ""));
    }

    [Fact]
    public void A_deleted_pods_name_lingers_but_its_address_does_not()
    {
        var pod = Pod("bare", controller: "");

        var index = Empty.WithPod(pod).WithoutPod(pod.Entity);

        Assert.True(index.TryGetOwner("shop", "bare", out _));
        Assert.False(index.TryGetPod("shop", "bare", out _));
        Assert.Equal("nobody", ByIp(index, "10.0.0.1"));
    }

    [Fact]
    public void An_address_taken_over_stays_with_the_new_pod_when_the_old_one_goes()
    {
        var old = Pod("old", controller: "");

        var index = Empty.WithPod(old).WithPod(Pod("young", controller: "")).WithoutPod(old.Entity);

        Assert.Equal("shop/Pod/young", ByIp(index, "10.0.0.1"));
    }

    [Fact]
    public void The_memory_of_deleted_pods_is_bounded()
    {
        var index = Empty;
        for (var i = 0; i <= OwnerIndex.MaxFarewellCount; i++)
        {
            var pod = Pod("pod" + i, controller: "");
            index = index.WithPod(pod).WithoutPod(pod.Entity);
        }

        Assert.False(index.TryGetOwner("shop", "pod0", out _));
        Assert.True(index.TryGetOwner("shop", "pod1", out _));
    }

    [Fact]
    public void The_common_part_of_generated_names_finds_the_workload()
    {
        var index = Empty
            .WithController(Of(EntityKinds.ReplicaSet, "gone-1"), Of(EntityKinds.Deployment, "gone"))
            .WithPod(Pod("db-0", controller: "db", kind: EntityKinds.StatefulSet))
            .WithPod(Pod("cart-6d4-1", controller: "cart-6d4") with
            {
                Labels = ImmutableDictionary<string, string>.Empty.Add("pod-template-hash", "6d4"),
            });

        Assert.Equal("shop/Deployment/cart", ByController(index, "cart-6d4"));
        Assert.Equal("shop/Deployment/gone", ByController(index, "gone-1"));
        Assert.Equal("shop/StatefulSet/db", ByController(index, "db"));
        Assert.Equal("nobody", ByController(index, "cart"));
    }

    private static string ByController(OwnerIndex index, string name) =>
        index.TryGetOwnerOfAll("shop", name, out var owner) ? owner.ToString() : "nobody";

    private static string ByIp(OwnerIndex index, string ip) =>
        index.TryGetEntityByIp(ip, out var entity) ? entity.ToString() : "nobody";

    private static EntityRef Of(string kind, string name) => new(Scope.Default, "shop", kind, name);

    private static PodRecord Pod(string name, string controller, string kind = EntityKinds.ReplicaSet) => new(
        Of(EntityKinds.Pod, name), "uid-" + name, default, "10.0.0.1", "node1", "Running", false, false, [],
        ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string>.Empty,
        controller.Length == 0 ? "" : kind, controller);
}
