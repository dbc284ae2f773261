using System.Collections.Immutable;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Otlp;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.Otlp;

public class OtlpTracesTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string SpanId = "b7ad6b7169203331";
    private const ulong Start = 1_700_000_000_123_456_700;

    private static readonly EntityRef Cart = new(Scope.Default, "shop", EntityKinds.Deployment, "cart");

    [Fact]
    public void A_client_span_says_whom_it_called_how_long_and_whether_it_failed()
    {
        var span = new ProtoWriter()
            .Hex(1, TraceId).Hex(2, SpanId).Hex(4, "00f067aa0ba902b7").Text(5, "GET /cart").Number(6, 3)
            .Fixed(7, Start).Fixed(8, Start + 2_500_000)
            .Attribute(9, "peer.service", "other").Attribute(9, "server.address", "cart").Attribute(9, "net.peer.name", "third")
            .Message(15, new ProtoWriter().Text(2, "boom").Number(3, 2));

        var decoded = Decode(Request(new ProtoWriter().Attribute(1, "k8s.namespace.name", "shop").Attribute(1, "k8s.pod.name", "cart-1"), span));

        var expected = new Span(
            TraceId, SpanId, "00f067aa0ba902b7", Cart, "cart-1", "GET /cart", SpanKind.Client,
            DateTimeOffset.UnixEpoch.AddTicks((long)(Start / 100)), 2.5, true, "cart");
        Assert.Equal(expected, Assert.Single(decoded.Rows));
    }

    [Fact]
    public void A_servers_own_address_is_no_peer() => Assert.Equal("", Assert.Single(
        Decode(Request(new ProtoWriter(), Span().Number(6, 2).Attribute(9, "server.address", "cart"))).Rows).Peer);

    [Theory]
    [InlineData("k8s.deployment.name=pay;k8s.namespace.name=shop", "9.9.9.9", "shop/Deployment/pay")]
    [InlineData("service.name=cart", "9.9.9.9", "shop/Deployment/cart")]
    [InlineData("service.name=whatever", "10.0.0.1", "shop/Deployment/cart")]
    [InlineData("service.name=billing;service.namespace=fin", "9.9.9.9", "fin/Service/billing")]
    [InlineData("", "", "-/Service/unknown")]
    public void The_workload_is_found_by_what_the_resource_and_the_address_tell(string attributes, string address, string expected)
    {
        var resource = new ProtoWriter();
        foreach (var pair in attributes.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            resource.Attribute(1, pair.Split('=')[0], pair.Split('=')[1]);
        }

        Assert.Equal(expected, Assert.Single(Decode(Request(resource, Span()), address).Rows).Entity.ToString());
    }

    [Fact]
    public void The_resource_may_come_after_its_spans()
    {
        var late = new ProtoWriter().Message(1, new ProtoWriter()
            .Message(2, new ProtoWriter().Message(2, Span()))
            .Message(1, new ProtoWriter().Attribute(1, "service.name", "cart")));

        Assert.Equal(Cart, Assert.Single(Decode(late.Bytes).Rows).Entity);
    }

    [Fact]
    public void Spans_without_id_or_time_are_rejected_by_count()
    {
        var noId = new ProtoWriter().Hex(1, "00").Hex(2, SpanId).Fixed(7, Start);
        var zeroId = new ProtoWriter().Hex(1, new string('0', 32)).Hex(2, SpanId).Fixed(7, Start);
        var noTime = new ProtoWriter().Hex(1, TraceId).Hex(2, SpanId);
        var negative = Span().Fixed(8, 1);

        var decoded = Decode(Request(new ProtoWriter(), noId, zeroId, noTime, negative));

        Assert.Equal(3, decoded.RejectedCount);
        Assert.Equal(0, Assert.Single(decoded.Rows).DurationMs);
    }

    [Fact]
    public void A_truncated_request_is_malformed_and_gives_nothing()
    {
        var whole = Request(new ProtoWriter().Attribute(1, "service.name", "cart"), Span());

        for (var size = 1; size < whole.Length; size++)
        {
            var decoded = Decode(whole[..size]);
            Assert.Equal("malformed", decoded.Why);
            Assert.Empty(decoded.Rows);
        }
    }

    [Fact]
    public void More_rows_than_allowed_are_refused_whole()
    {
        var limits = new IngestLimits { MaxRowsPerRequest = 2 };

        var decoded = OtlpTraces.Decode(Request(new ProtoWriter(), Span(), Span(), Span()), Sender(""), limits);

        Assert.Equal("too-many-rows", decoded.Why);
    }

    [Fact]
    public void A_log_record_keeps_severity_ids_and_attributes()
    {
        var record = new ProtoWriter()
            .Number(2, 18).Message(5, new ProtoWriter().Text(1, "no stock")).Attribute(6, "sku", "42")
            .Hex(9, TraceId).Hex(10, SpanId).Fixed(11, Start);

        var decoded = OtlpLogs.Decode(Request(new ProtoWriter().Attribute(1, "service.name", "cart"), record), Sender(""), new IngestLimits());

        var log = Assert.Single(decoded.Rows);
        Assert.Equal((Cart, Severity.Error, "no stock", TraceId, SpanId), (log.Entity, log.Severity, log.Body, log.TraceId, log.SpanId));
        Assert.Equal(new Label("sku", "42"), Assert.Single(log.Attributes));
    }

    [Property(MaxTest = 1000)]
    public void Any_bytes_end_without_a_throw(byte[] bytes)
    {
        OtlpTraces.Decode(bytes, Sender(""), new IngestLimits());
        OtlpLogs.Decode(bytes, Sender(""), new IngestLimits());
    }

    [Property(MaxTest = 2000)]
    public void A_request_with_one_other_byte_ends_without_a_throw(ushort position, byte value)
    {
        var bytes = Request(new ProtoWriter().Attribute(1, "service.name", "cart"), Span().Attribute(9, "server.address", "x"));
        bytes[position % bytes.Length] = value;

        Any_bytes_end_without_a_throw(bytes);
    }

    internal static byte[] Request(ProtoWriter resource, params ProtoWriter[] rows)
    {
        var scope = new ProtoWriter().Message(1, new ProtoWriter().Text(1, "lib"));
        foreach (var row in rows)
        {
            scope.Message(2, row);
        }

        return new ProtoWriter().Message(1, new ProtoWriter().Message(1, resource).Message(2, scope)).Bytes;
    }

    internal static ProtoWriter Span() => new ProtoWriter().Hex(1, TraceId).Hex(2, SpanId).Text(5, "op").Fixed(7, Start);

    private static OtlpDecoded<Span> Decode(byte[] body, string address = "") =>
        OtlpTraces.Decode(body, Sender(address), new IngestLimits());

    private static OtlpSender Sender(string address)
    {
        var pod = new PodRecord(
            new EntityRef(Scope.Default, "shop", EntityKinds.Pod, "cart-1"), "uid", Cart, "10.0.0.1", "n1", "Running", false, false,
            [], ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string>.Empty, EntityKinds.Deployment, "cart");
        return new OtlpSender(Scope.Default, address, new OwnerIndex(Scope.Default).WithPod(pod));
    }
}
