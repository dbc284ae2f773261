using System.Collections.Immutable;
using System.Text;
using CaaS.Ingest.Calico;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.Calico;

public sealed class FlowLogDecoderTests
{
    private static readonly DateTimeOffset Now = FlowLines.End.AddMinutes(1);
    private static readonly OwnerIndex Nobody = new(Scope.Default);

    private static readonly OwnerIndex Cluster = Nobody
        .WithController(Of(EntityKinds.ReplicaSet, "checkout-7d5"), Of(EntityKinds.Deployment, "checkout"))
        .WithPod(new PodRecord(
            Of(EntityKinds.Pod, "payment-0"), "uid", default, "10.0.0.9", "node1", "Running", false, false, [],
            ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string>.Empty, EntityKinds.StatefulSet, "payment"))
        .WithNode(new NodeRecord(
            new EntityRef(Scope.Default, "-", EntityKinds.Node, "node1"), ["192.168.0.1"], true,
            ImmutableDictionary<string, string>.Empty));

    [Fact]
    public void A_line_of_the_flow_log_file_names_workloads_and_counts()
    {
        var flow = Assert.Single(Decode(FlowLines.Flat("checkout-7d5-*", "payment-*")).Rows);

        Assert.Equal(
            new FlowRecord(
                FlowLines.End, TimeSpan.FromMinutes(5), Of(EntityKinds.Deployment, "checkout"), Of(EntityKinds.StatefulSet, "payment"),
                8080, false, 4, 3000, 30, 2, 1, false, ""),
            flow);
    }

    [Theory]
    [InlineData("1|security|shop/security.deny-payment|deny|-1", "shop/NetworkPolicy/security.deny-payment")]
    [InlineData("0|default|shop/knp.default.deny-payment|deny|-1", "shop/NetworkPolicy/deny-payment")]
    [InlineData("0|default|knp:shop/deny-payment|deny|-1", "shop/NetworkPolicy/deny-payment")]
    [InlineData("0|default|np:shop/default.deny-payment|deny|2", "shop/NetworkPolicy/default.deny-payment")]
    [InlineData("0|default|default.deny-all|deny|0", "-/GlobalNetworkPolicy/default.deny-all")]
    [InlineData("0|default|gnp:default.deny-all|deny|0", "-/GlobalNetworkPolicy/default.deny-all")]
    [InlineData("0|kube-admin|kcnp:no-egress|deny|0", "-/ClusterNetworkPolicy/no-egress")]
    [InlineData("0|__PROFILE__|__PROFILE__.kns.shop|deny|0", "")]
    [InlineData("0|__PROFILE__|pro:kns.shop|deny|0", "")]
    [InlineData("0|default|shop/staged:knp.default.soon|deny|-1", "")]
    [InlineData("0|default|snp:shop/soon|deny|0", "")]
    [InlineData("nonsense", "")]
    [InlineData("x|default|knp:shop/a|deny|0", "")]
    public void The_policy_that_denied_is_named_in_every_spelling(string hit, string policy)
    {
        var flow = Assert.Single(Decode(FlowLines.Flat("a-*", "b-*", "deny", "dst", "9|t|knp:shop/passed|pass|0", hit)).Rows);

        Assert.True(flow.IsDenied && flow.IsAtDestination);
        Assert.Equal(policy, flow.Policy);
    }

    [Fact]
    public void Policies_in_force_count_before_staged_ones()
    {
        var line = FlowLines.Flat("a-*", "b-*", "deny", "src", "0|default|knp:shop/staged-too|deny|0")
            .Replace("\"policies\":{", "\"policies\":{\"enforced_policies\":[\"0|default|knp:shop/real|deny|1\"],", StringComparison.Ordinal);

        Assert.Equal("shop/NetworkPolicy/real", Assert.Single(Decode(line).Rows).Policy);
    }

    [Fact]
    public void What_goldmane_emits_is_the_same_flow()
    {
        var flow = Assert.Single(Decode(FlowLines.Goldmane("checkout-7d5-*", "payment-*", isDenied: true)).Rows);

        Assert.Equal(
            new FlowRecord(
                FlowLines.End, TimeSpan.FromMinutes(5), Of(EntityKinds.Deployment, "checkout"), Of(EntityKinds.StatefulSet, "payment"),
                8080, true, 5, 300, 5, 0, 0, true, "shop/NetworkPolicy/deny-payment"),
            flow);
    }

    [Theory]
    [InlineData("hep", "-", "node1-auto-hep", "", "-/Node/node1")]
    [InlineData("ns", "-", "bank", "", "-/External/bank")]
    [InlineData("ns", "shop", "bank", "", "shop/External/bank")]
    [InlineData("net", "-", "pub", "", "-/External/public-network")]
    [InlineData("net", "-", "pvt", "", "-/External/private-network")]
    [InlineData("net", "-", "pvt", "\"dest_ip\":\"192.168.0.1\",", "-/Node/node1")]
    [InlineData("net", "-", "pub", "\"dest_ip\":\"8.8.8.8\",", "-/External/public-network")]
    [InlineData("net", "-", "pub", "\"dest_domains\":[\"b.example\",\"a.example\"],", "-/External/a.example")]
    [InlineData("net", "-", "pvt", "\"dest_service_namespace\":\"default\",\"dest_service_name\":\"kubernetes\",", "default/Service/kubernetes")]
    [InlineData("wep", "shop", "payment-0", "", "shop/StatefulSet/payment")]
    [InlineData("wep", "shop", "new-abc-*", "\"dest_labels\":{\"labels\":[\"app=new\",\"pod-template-hash=abc\"]},", "shop/Deployment/new")]
    [InlineData("wep", "shop", "new-abc-*", "", "shop/Pod/new-abc")]
    public void Everybody_at_the_other_end_is_one_of_few(string type, string space, string name, string more, string expected)
    {
        var line = "{" + more + FlowLines.Flat("checkout-7d5-*", name)[1..]
            .Replace("\"dest_type\":\"wep\"", $"\"dest_type\":\"{type}\"", StringComparison.Ordinal)
            .Replace("\"dest_namespace\":\"shop\"", $"\"dest_namespace\":\"{space}\"", StringComparison.Ordinal);

        Assert.Equal(expected, Assert.Single(Decode(line).Rows).To.ToString());
    }

    [Fact]
    public void A_line_that_is_no_flow_is_counted_and_the_others_are_kept()
    {
        var good = FlowLines.Flat("a-*", "b-*");
        var body = string.Join('\n', good, "not json", "", "{}", "[1]", good.Replace("\"allow\"", "\"log\"", StringComparison.Ordinal), "{\"log\":\"text\"}",
            good.Replace("\"source_type\":\"wep\"", "\"source_type\":\"cow\"", StringComparison.Ordinal), "{\"message\":\"\\ud800\",\"action\":\"allow\"}", good);

        var decoded = Decode(body);

        Assert.Equal((2, 7), (decoded.Rows.Length, decoded.Dropped[DropReason.Malformed]));
    }

    [Fact]
    public void A_body_without_a_flow_is_refused_but_an_empty_one_is_not()
    {
        Assert.Equal("malformed", Decode("no\nflow\n").Why);
        Assert.Equal("malformed", Decode("[{},").Why);
        Assert.True(Decode("").IsOk);
        Assert.True(Decode("[]").IsOk);
    }

    [Fact]
    public void Arrays_and_wrapped_lines_of_agents_are_read()
    {
        var line = FlowLines.Flat("a-*", "b-*");
        var wrapped = "{\"date\":1,\"log\":" + System.Text.Json.JsonSerializer.Serialize(line) + "}";

        Assert.Equal(2, Decode($" [{line},{wrapped}] ").Rows.Length);
        Assert.Equal(2, Decode($"{line}\r\n{wrapped}\r\n").Rows.Length);
    }

    [Fact]
    public void Flows_of_another_time_are_counted_apart()
    {
        var line = FlowLines.Flat("a-*", "b-*");

        var late = FlowLogDecoder.Decode(Encoding.UTF8.GetBytes(line), Nobody, new IngestLimits(), FlowLines.End.AddHours(1));
        var early = FlowLogDecoder.Decode(Encoding.UTF8.GetBytes(line), Nobody, new IngestLimits(), FlowLines.End.AddHours(-1));

        Assert.All([late, early], decoded => Assert.Equal((0, 1, true), (decoded.Rows.Length, decoded.Dropped[DropReason.TimeOutOfRange], decoded.IsOk)));
    }

    [Fact]
    public void Too_many_and_too_long_lines_are_refused()
    {
        var line = FlowLines.Flat("a-*", "b-*");
        var limits = new IngestLimits { MaxRowsPerRequest = 2, MaxLogLineBytes = 2000 };

        Assert.Equal("too-many-rows", Decode($"{line}\n{line}\n{line}", limits).Why);
        Assert.Equal("too-many-rows", Decode($"[{line},{line},{line}]", limits).Why);
        var decoded = Decode(line + "\n" + line.Replace("pod", new string('p', 3000), StringComparison.Ordinal), limits);
        Assert.Equal((1, 1), (decoded.Rows.Length, decoded.Dropped[DropReason.Malformed]));
    }

    [Theory]
    [InlineData("\"bytes_in\":1000", "\"bytes_in\":-5", 2000)]
    [InlineData("\"bytes_in\":1000", "\"bytes_in\":9223372036854775807", (1L << 50) + 2000)]
    [InlineData("\"bytes_in\":1000", "\"bytes_in\":1e99", 2000)]
    [InlineData("\"bytes_in\":1000", "\"bytes_in\":\"1000\"", 2000)]
    public void Counts_that_cannot_be_are_none(string from, string to, long bytes) =>
        Assert.Equal(bytes, Assert.Single(Decode(FlowLines.Flat("a-*", "b-*").Replace(from, to, StringComparison.Ordinal)).Rows).Bytes);

    [Property(MaxTest = 500)]
    public void Any_change_of_a_byte_is_read_or_counted(int position, byte flip)
    {
        var bytes = Encoding.UTF8.GetBytes(FlowLines.Flat("a-*", "b-*", "deny") + "\n" + FlowLines.Goldmane("a-*", "b-*", isDenied: true));
        bytes[(int)((uint)position % (uint)bytes.Length)] ^= flip;

        var decoded = FlowLogDecoder.Decode(bytes, Cluster, new IngestLimits(), Now);

        Assert.InRange(decoded.Rows.Length + decoded.Dropped.Total, 1, 3);
        Assert.All(decoded.Rows, row => Assert.Equal(row, Assert.Single(
            SignalBatchCodec.Decode(SignalBatchCodec.Encode(new SignalBatch { Scope = Scope.Default, Source = "calico", Flows = [row] })).Flows)));
    }

    private static FlowLogDecoded Decode(string body, IngestLimits? limits = null) =>
        FlowLogDecoder.Decode(Encoding.UTF8.GetBytes(body), Cluster, limits ?? new IngestLimits(), Now);

    private static EntityRef Of(string kind, string name) => new(Scope.Default, "shop", kind, name);
}
