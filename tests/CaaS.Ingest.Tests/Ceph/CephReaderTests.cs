using System.Text.Json.Nodes;
using Xunit;

namespace CaaS.Ingest.Tests.Ceph;

public sealed class CephReaderTests
{
    [Fact]
    public void A_cluster_its_hosts_disks_pools_and_placement_groups_are_read_with_what_they_depend_on()
    {
        var reading = CephBench.Read(CephBench.Answer());

        Assert.Equal(
            """
            -/CephCluster/ceph capacityBytes=6442450944 failedChecks=OSD_DOWN flags=noout,rack2/nodown health=HEALTH_WARN mutedChecks=OSDMAP_FLAGS StoredOn:-/CephOsd/osd.0 StoredOn:-/CephOsd/osd.1 Owns:-/CephPgState/active+clean Owns:-/CephPgState/active+undersized
            -/CephHost/vm  RunsOn:-/Node/vm
            -/CephHost/vm2  RunsOn:-/Node/vm2
            -/CephOsd/osd.0 deviceClass=hdd in=true ready=true reweight=1 version=16.2.15 RunsOn:-/CephHost/vm
            -/CephOsd/osd.1 deviceClass=ssd in=true ready=false reweight=1 version=16.2.15 RunsOn:-/CephHost/vm2
            -/CephPgState/active+clean pgCount=8
            -/CephPgState/active+undersized pgCount=25
            -/CephPool/rbd createdAt=2026-11-23T16:50:32.659315Z minReplicas=1 pgCount=32 quotaBytes=1000 replicas=2 StoredOn:-/CephCluster/ceph
            """,
            CephBench.Text(reading!.Objects));
        Assert.Equal("1 osds down; osd.1 (root=default,host=vm) is down", reading.Checks[1].Message);
        Assert.True(reading.Checks[0].IsMuted);
    }

    [Theory]
    [InlineData("health")]
    [InlineData("osd_map")]
    [InlineData("pg_info")]
    public void Half_an_answer_is_none(string missing)
    {
        var answer = CephBench.Answer();
        answer.AsObject().Remove(missing);

        Assert.Null(CephBench.Read(answer));
    }

    [Fact]
    public void Parts_of_other_types_and_doubles_are_left_out()
    {
        var answer = CephBench.Answer();
        var map = answer["osd_map"]!;
        map["osd_metadata"] = 3;
        map["tree"] = new JsonArray();
        map["osds"]!.AsArray().Add(JsonNode.Parse("""{"osd":0,"uuid":"other","up":0}"""));
        map["osds"]!.AsArray().Add(JsonNode.Parse("""{"osd":"x","uuid":4}"""));
        map["pools"]!.AsArray().Add(JsonNode.Parse("[]"));
        map["flags_set"] = "noout";
        answer["health"]!["checks"] = JsonNode.Parse("""[{"type":1},{"type":"A"},{"type":"A"}]""");
        answer["pg_info"]!["statuses"] = JsonNode.Parse("""{"active":{},"clean":1}""");

        var reading = CephBench.Read(answer)!;

        Assert.Equal(
            """
            -/CephCluster/ceph capacityBytes=6442450944 failedChecks=A flags=rack2/nodown health=HEALTH_WARN StoredOn:-/CephOsd/osd.0 StoredOn:-/CephOsd/osd.1 Owns:-/CephPgState/clean
            -/CephOsd/osd.0 in=true ready=true reweight=1
            -/CephOsd/osd.1 in=true ready=false reweight=1
            -/CephPgState/clean pgCount=1
            -/CephPool/rbd createdAt=2026-11-23T16:50:32.659315Z minReplicas=1 pgCount=32 quotaBytes=1000 replicas=2 StoredOn:-/CephCluster/ceph
            """,
            CephBench.Text(reading.Objects));
        Assert.Single(reading.Checks);
    }
}
