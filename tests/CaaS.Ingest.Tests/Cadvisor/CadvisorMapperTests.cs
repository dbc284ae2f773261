using System.Collections.Immutable;
using System.Text;
using CaaS.Ingest.Cadvisor;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Prometheus;
using CaaS.Signals;
using Xunit;

namespace CaaS.Ingest.Tests.Cadvisor;

public class CadvisorMapperTests
{
    private const string Body = """
        # TYPE container_cpu_usage_seconds_total counter
        container_cpu_usage_seconds_total{container="",cpu="total",id="/",image="",name="",namespace="",pod=""} 900
        container_cpu_usage_seconds_total{container="",cpu="total",id="/system.slice",image="",name="",namespace="",pod=""} 5
        container_cpu_usage_seconds_total{container="",cpu="total",id="/kubepods/pod1",image="",name="",namespace="shop",pod="cart-1"} 12
        container_cpu_usage_seconds_total{container="POD",cpu="total",id="/kubepods/pod1/a",image="pause",name="a",namespace="shop",pod="cart-1"} 1
        container_cpu_usage_seconds_total{container="cart",cpu="total",id="/kubepods/pod1/b",image="cart",name="b",namespace="shop",pod="cart-1"} 11
        container_cpu_usage_seconds_total{container="x",cpu="total",id="/kubepods/pod2/b",image="x",name="c",namespace="shop",pod="unknown-1"} 3
        # TYPE container_fs_usage_bytes gauge
        container_fs_usage_bytes{container="cart",device="/dev/a",id="/b",image="cart",name="b",namespace="shop",pod="cart-1"} 100
        container_fs_usage_bytes{container="cart",device="/dev/b",id="/b",image="cart",name="b",namespace="shop",pod="cart-1"} 11
        # TYPE container_network_receive_bytes_total counter
        container_network_receive_bytes_total{container="",id="/a",image="",interface="eth0",name="a",namespace="shop",pod="cart-1"} 70
        container_network_receive_bytes_total{container="",id="/a",image="",interface="eth1",name="a",namespace="shop",pod="cart-1"} 7
        container_network_receive_bytes_total{container="",id="/a",image="",interface="lo",name="a",namespace="shop",pod="cart-1"} 1000
        container_tasks_state{container="cart",id="/b",image="cart",name="b",namespace="shop",pod="cart-1",state="running"} 1
        # TYPE machine_cpu_cores gauge
        machine_cpu_cores{boot_id="x",machine_id="y",system_uuid="z"} 2
        """;

    [Fact]
    public void Containers_measure_their_workload_the_root_the_node_and_pause_only_the_network()
    {
        var index = new OwnerIndex(Scope.Default);

        var text = Decode(() => index.WithPod(Pod()), out var dropped);

        Assert.Equal(
            """
            default/default|-/Node/n1|container_cpu_usage_seconds_total 900
            default/default|shop/Deployment/cart|container_cpu_usage_seconds_total{container="cart",pod="cart-1"} 11
            default/default|shop/Deployment/cart|container_fs_usage_bytes{container="cart",pod="cart-1"} 111
            default/default|shop/Deployment/cart|container_network_receive_bytes_total{pod="cart-1"} 77
            default/default|-/Node/n1|machine_cpu_cores 2
            """,
            text);
        Assert.Equal(1, dropped[DropReason.UnknownEntity]);
        Assert.Equal(5, dropped[DropReason.Filtered]);
    }

    [Fact]
    public void A_pod_that_becomes_known_later_is_measured_from_then_on()
    {
        var index = new OwnerIndex(Scope.Default);
        var decoder = Decoder(() => index);
        var output = new MetricColumnsBuilder();
        decoder.Decode(Encoding.UTF8.GetBytes(Body), false, 1, output);
        Assert.DoesNotContain("shop/", Write(output), StringComparison.Ordinal);

        index = index.WithPod(Pod());
        decoder.Decode(Encoding.UTF8.GetBytes(Body), false, 2, output);

        Assert.Contains("shop/Deployment/cart|container_cpu_usage_seconds_total", Write(output), StringComparison.Ordinal);
    }

    private static PodRecord Pod()
    {
        var pod = new EntityRef(Scope.Default, "shop", EntityKinds.Pod, "cart-1");
        return new PodRecord(
            pod, "uid", pod with { Kind = EntityKinds.Deployment, Name = "cart" }, "10.0.0.1", "n1", "Running", false, false,
            [], ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string>.Empty, EntityKinds.Deployment, "cart");
    }

    private static ScrapeDecoder Decoder(Func<OwnerIndex> owners) => new(
        new CadvisorMapper(Scope.Default, "n1", owners, new MetricFilter(["container_cpu_*", "container_fs_*", "container_network_*", "machine_*"], [], [])),
        new CardinalityGuard(1000),
        new IngestLimits());

    private static string Decode(Func<OwnerIndex> owners, out DropCounts dropped)
    {
        var output = new MetricColumnsBuilder();
        dropped = Decoder(owners).Decode(Encoding.UTF8.GetBytes(Body), false, 1, output).Dropped;
        return Write(output);
    }

    private static string Write(MetricColumnsBuilder output)
    {
        var columns = output.Drain();
        return string.Join('\n', Enumerable.Range(0, columns.Count).Select(columns.At).Select(p => FormattableString.Invariant($"{p.Series.Text} {p.Value}")));
    }
}
