using System.Text.Json.Nodes;
using CaaS.Ingest.Ceph;
using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Ceph;

public sealed class CephStateTests
{
    private readonly CephState _state = new();

    [Fact]
    public void What_is_so_at_the_first_reading_is_no_news_and_the_same_again_is_nothing()
    {
        var first = CephBench.Step(_state, CephBench.Answer());
        var second = CephBench.Step(_state, CephBench.Answer());

        Assert.Equal(8, first.Objects.Length);
        Assert.Equal("", CephBench.Text(first));
        Assert.Equal(0, second.RowCount);
    }

    [Fact]
    public void A_disk_that_comes_up_clears_its_health_check()
    {
        var step = Change(answer =>
        {
            Osd(answer, 1)["up"] = 1;
            answer["health"] = JsonNode.Parse("""{"status":"HEALTH_OK","checks":[]}""");
            answer["pg_info"]!["statuses"] = JsonNode.Parse("""{"active+clean":33}""");
        });

        Assert.Equal(
            """
            normal -/CephOsd/osd.1 OsdUp: osd.1 is up
            normal -/CephCluster/ceph OSDMAP_FLAGS: Health check cleared: OSDMAP_FLAGS
            normal -/CephCluster/ceph OSD_DOWN: Health check cleared: OSD_DOWN
            """,
            CephBench.Text(step));
        Assert.Equal(
            """
            -/CephCluster/ceph capacityBytes=6442450944 flags=noout,rack2/nodown health=HEALTH_OK StoredOn:-/CephOsd/osd.0 StoredOn:-/CephOsd/osd.1 Owns:-/CephPgState/active+clean
            -/CephOsd/osd.1 deviceClass=ssd in=true ready=true reweight=1 version=16.2.15 RunsOn:-/CephHost/vm2
            -/CephPgState/active+clean pgCount=33
            gone -/CephPgState/active+undersized pgCount=25
            """,
            CephBench.Text(step.Objects));
    }

    [Fact]
    public void A_disk_goes_down_and_out_by_itself_and_its_check_fails_in_cephs_words()
    {
        var step = Change(answer =>
        {
            Osd(answer, 0)["up"] = 0;
            Osd(answer, 1)["in"] = 0;
            Osd(answer, 1)["weight"] = 0;
            answer["health"]!["checks"]!.AsArray().Add(JsonNode.Parse(
                """{"type":"PG_AVAILABILITY","muted":false,"summary":{"message":"Reduced data availability"},"detail":[]}"""));
        });

        Assert.Equal(
            """
            warning -/CephOsd/osd.0 OsdDown: osd.0 is down
            warning -/CephOsd/osd.1 OsdOut: osd.1 is out: its data is copied to others
            warning -/CephCluster/ceph PG_AVAILABILITY: Health check failed: Reduced data availability (PG_AVAILABILITY)
            """,
            CephBench.Text(step));
    }

    [Fact]
    public void What_people_do_is_a_change()
    {
        var step = Change(answer =>
        {
            Osd(answer, 0)["in"] = 0;
            Osd(answer, 0)["weight"] = 0;
            Osd(answer, 1)["weight"] = 0.5;
            var map = answer["osd_map"]!;
            map["osd_metadata"]!["1"]!["ceph_version_short"] = "17.2.7";
            map["osds"]!.AsArray().Add(JsonNode.Parse("""{"osd":2,"uuid":"cc64","up":1,"in":1,"weight":1}"""));
            map["flags_set"] = new JsonArray("norecover");
            map["pools"]![0]!["min_size"] = 2;
            map["pools"]!.AsArray().Add(JsonNode.Parse("""{"pool":3,"pool_name":"cephfs","size":3}"""));
            answer["health"]!["checks"]![0]!["muted"] = false;
            answer["health"]!["checks"]![1]!["muted"] = true;
        });

        Assert.Equal(
            """
            Config -/CephCluster/ceph: CephCluster ceph flag norecover was set [noout,rack2/nodown] [norecover,rack2/nodown]
            Config -/CephCluster/ceph: CephCluster ceph flag noout was unset [noout,rack2/nodown] [norecover,rack2/nodown]
            Config -/CephCluster/ceph: CephCluster ceph health check OSD_DOWN was muted [OSDMAP_FLAGS] [OSD_DOWN]
            Config -/CephCluster/ceph: CephCluster ceph health check OSDMAP_FLAGS was no longer muted [OSDMAP_FLAGS] [OSD_DOWN]
            Config -/CephOsd/osd.0: CephOsd osd.0 was marked out [in] [out]
            Config -/CephOsd/osd.1: CephOsd osd.1 was reweighted [1] [0.5]
            Image -/CephOsd/osd.1: CephOsd osd.1 runs Ceph 17.2.7 [16.2.15] [17.2.7]
            Created -/CephOsd/osd.2: CephOsd osd.2 was created [] []
            Created -/CephPool/cephfs: CephPool cephfs was created [] [replicas=3]
            Config -/CephPool/rbd: CephPool rbd has new settings [replicas=2 minReplicas=1 pgCount=32 quotaBytes=1000] [replicas=2 minReplicas=2 pgCount=32 quotaBytes=1000]
            """,
            CephBench.Text(step));
    }

    [Fact]
    public void What_was_told_before_a_restart_is_compared_with()
    {
        var told = CephBench.Read(CephBench.Answer())!.Objects;
        var other = new KubeObject(
            CephBench.Now, new EntityRef(Scope.Default, "shop", EntityKinds.Pod, "cart-1"), "u", "1", false, [], told[0].Facts, []);
        _state.Recall([.. told, other]);
        var answer = CephBench.Answer();
        answer["osd_map"]!["pools"]!.AsArray().Clear();
        answer["health"]!["checks"]!.AsArray().RemoveAt(1);

        Assert.Equal(
            """
            normal -/CephCluster/ceph OSD_DOWN: Health check cleared: OSD_DOWN
            Deleted -/CephPool/rbd: CephPool rbd was removed [replicas=2 minReplicas=1 pgCount=32 quotaBytes=1000] []
            """,
            CephBench.Text(CephBench.Step(_state, answer)));
    }

    private static JsonNode Osd(JsonNode answer, int at) => answer["osd_map"]!["osds"]![at]!;

    private ClusterStep Change(Action<JsonNode> change)
    {
        CephBench.Step(_state, CephBench.Answer());
        var answer = CephBench.Answer();
        change(answer);
        return CephBench.Step(_state, answer);
    }
}
