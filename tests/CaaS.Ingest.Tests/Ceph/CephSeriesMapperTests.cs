using System.Globalization;
using System.Text;
using CaaS.Ingest.Ceph;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Ceph;

public sealed class CephSeriesMapperTests
{
    private const string Body = """
        # TYPE ceph_pool_stored gauge
        ceph_pool_stored{pool_id="2"} 7
        ceph_pool_stored{pool_id="9"} 8
        # TYPE ceph_pool_metadata untyped
        ceph_pool_metadata{pool_id="2",name="rbd",type="replicated",description="replica:2",compression_mode="none"} 1.0
        # TYPE ceph_osd_op_w counter
        ceph_osd_op_w{ceph_daemon="osd.1"} 12
        ceph_mon_quorum_status{ceph_daemon="mon.a"} 1
        ceph_bluefs_num_files{ceph_daemon="osd.1"} 3
        ceph_health_status 1
        """;

    [Fact]
    public void Disks_and_pools_measure_themselves_and_the_rest_the_cluster()
    {
        var filter = new MetricFilter(["ceph_pool_stored", "ceph_osd_op_w", "ceph_mon_quorum_status", "ceph_health_status"], [], []);
        var decoder = new ScrapeDecoder(
            new CephSeriesMapper(Scope.Default, "ceph", filter), new CardinalityGuard(100), new IngestLimits());
        var points = new MetricColumnsBuilder();
        decoder.Decode(Encoding.UTF8.GetBytes(Body), isOpenMetrics: false, 1000, points);
        points.Drain();

        var result = decoder.Decode(Encoding.UTF8.GetBytes(Body), isOpenMetrics: false, 2000, points);

        var columns = points.Drain();
        Assert.Equal(
            [
                "default/default|-/CephOsd/osd.1|ceph_osd_op_w 12",
                "default/default|-/CephCluster/ceph|ceph_mon_quorum_status{ceph_daemon=\"mon.a\"} 1",
                "default/default|-/CephCluster/ceph|ceph_health_status 1",
                "default/default|-/CephPool/rbd|ceph_pool_stored 7",
            ],
            Enumerable.Range(0, columns.Count).Select(columns.At)
                .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Series.Text} {point.Value}")));
        Assert.Equal(1, result.Dropped[DropReason.UnknownEntity]);
        Assert.Equal(2, result.Dropped[DropReason.Filtered]);
    }
}
