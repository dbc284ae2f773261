using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>What goes wrong in a Ceph cluster, and what of it reaches who keeps data there.</summary>
public class StorageTests
{
    private const int At = 300;

    private static readonly int[] Disks = [1, 2, 3];
    private static readonly EntityRef Cluster = Of(EntityKinds.CephCluster, "ceph");
    private static readonly EntityRef Pool = Of(EntityKinds.CephPool, "volumes");

    [Fact]
    public void A_disk_that_goes_down_is_one_incident_until_it_is_back()
    {
        var shop = Stored();
        shop.At(At, () => Down(shop, 1));
        shop.At(At + 60, () => Disk(shop, 1, "true"));

        shop.RunTo(At + 30);
        var incident = Assert.Single(shop.OpenIncidents);
        Assert.Equal(("-/CephOsd/osd.1", "osd-down"), First(incident));
        Assert.Equal(IncidentSeverity.Warning, incident.Severity);

        shop.RunTo(At + 180);
        Assert.Empty(shop.OpenIncidents);
    }

    [Fact]
    public void Data_that_cannot_be_had_while_disks_are_down_is_the_disks_fault()
    {
        var shop = Stored();
        shop.At(At, () => Down(shop, 1));
        shop.At(At + 5, () => Fail(shop, "PG_AVAILABILITY", "Reduced data availability: 8 pgs inactive"));

        shop.RunTo(At + 60);

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal(("-/CephOsd/osd.1", "osd-down"), First(incident));
        Assert.Equal([Of(EntityKinds.CephOsd, "osd.1"), Cluster], incident.Hypotheses[0].Path);
        Assert.NotEqual(IncidentSeverity.Warning, incident.Severity);
    }

    [Fact]
    public void Two_disks_of_one_cluster_that_are_down_together_are_one_incident()
    {
        var shop = Stored();
        shop.At(At, () => Down(shop, 1));
        shop.At(At + 90, () => Down(shop, 3));
        shop.At(At + 95, () => Fail(shop, "PG_AVAILABILITY", "Reduced data availability: 8 pgs inactive"));

        shop.RunTo(At + 150);

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal(["osd.1", "osd.3"], incident.Hypotheses.Where(cause => cause.FaultClass == "osd-down").Select(cause => cause.Entity.Name));
        Assert.Contains(incident.Symptoms, symptom => symptom.JoinedBecause == "osd.3 and osd.1 hold the data of ceph");
    }

    [Fact]
    public void A_full_pool_is_named_as_the_cause()
    {
        var shop = Stored();
        shop.At(At, () => Fail(shop, "POOL_FULL", "1 pool(s) full"));

        shop.RunTo(At + 60);

        Assert.Equal(("-/CephCluster/ceph", "ceph-pool-full"), First(Assert.Single(shop.Incidents)));
    }

    [Fact]
    public void A_check_that_only_warns_opens_nothing()
    {
        var shop = Stored();
        shop.At(At, () => Fail(shop, "OSDMAP_FLAGS", "noout flag(s) set"));

        Assert.Empty(shop.RunTo(At + 120).Incidents);
    }

    [Fact]
    public void A_service_slow_on_a_volume_whose_disk_is_down_belongs_to_the_disk()
    {
        var shop = Stored();
        shop.At(At, () => Down(shop, 2));
        shop.At(At + 5, () => shop.Serve("cart", SignalRole.Latency, 2));
        shop.At(At + 5, () => shop.Call("gateway", "cart", SignalRole.Latency, 2));

        shop.RunTo(At + 75);

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal(("-/CephOsd/osd.2", "osd-down"), First(incident));
    }

    [Fact]
    public void A_disk_on_a_lost_node_is_the_nodes_fault()
    {
        var shop = Stored();
        Faults.Play(shop, "node-lost", At);
        shop.At(At + 20, () => Down(shop, 2));

        shop.RunTo(At + 90);

        Assert.Equal(("-/Node/node2", "node-lost"), First(Assert.Single(shop.OpenIncidents)));
    }

    /// <summary>A shop whose cart keeps its data in a pool of three disks, one of them on node2.</summary>
    private static Shop Stored()
    {
        var shop = new Shop();
        foreach (var disk in Disks)
        {
            Disk(shop, disk, "true");
        }

        State(shop, "");
        shop.State(Pool, [new Relation(RelationKind.StoredOn, Pool, Cluster)]);
        var claim = new EntityRef(Scope.Default, "shop", EntityKinds.PersistentVolumeClaim, "cart-data");
        var volume = Of(EntityKinds.PersistentVolume, "pv-1");
        shop.State(claim, [new Relation(RelationKind.StoredOn, claim, volume)]);
        shop.State(volume, [new Relation(RelationKind.StoredOn, volume, Pool)]);
        shop.State(Shop.Workload("cart"), [new Relation(RelationKind.Mounts, Shop.Workload("cart"), claim)],
            (KubeFacts.Replicas, "1"), (KubeFacts.ReadyReplicas, "1"), (KubeFacts.CreatedAt, Shop.Start.AddHours(-1).ToString("O")));
        return shop;
    }

    private static void Disk(Shop shop, int number, string ready)
    {
        var (disk, host) = (Of(EntityKinds.CephOsd, $"osd.{number}"), Of(EntityKinds.CephHost, $"node{number}"));
        shop.State(disk, [new Relation(RelationKind.RunsOn, disk, host)], (KubeFacts.Ready, ready));
        shop.State(host, [new Relation(RelationKind.RunsOn, host, Shop.NodeRef($"node{number}"))]);
    }

    private static void Down(Shop shop, int number)
    {
        Disk(shop, number, "false");
        shop.Warn(Of(EntityKinds.CephOsd, $"osd.{number}"), "OsdDown", $"osd.{number} is down");
        shop.Warn(Cluster, "OSD_DOWN", "Health check failed: 1 osds down (OSD_DOWN)");
    }

    private static void Fail(Shop shop, string code, string message)
    {
        State(shop, code);
        shop.Warn(Cluster, code, $"Health check failed: {message} ({code})");
    }

    private static void State(Shop shop, string failed) => shop.State(
        Cluster,
        [.. Disks.Select(disk => new Relation(RelationKind.StoredOn, Cluster, Of(EntityKinds.CephOsd, $"osd.{disk}")))],
        (CephFacts.Health, failed.Length > 0 ? "HEALTH_WARN" : "HEALTH_OK"), (CephFacts.FailedChecks, failed));

    private static EntityRef Of(string kind, string name) => new(Scope.Default, EntityRef.NoNamespace, kind, name);

    private static (string Entity, string FaultClass) First(Incident incident) =>
        (incident.Hypotheses[0].Entity.ToString(), incident.Hypotheses[0].FaultClass);
}
