using System.Collections.Immutable;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.Signals;

public class SignalBatchCodecTests
{
    private static readonly Scope Scope = new("acme", "north");
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly EntityRef Cart = new(Scope, "shop", EntityKinds.Deployment, "cart");
    private static readonly EntityRef Node = new(Scope, EntityRef.NoNamespace, EntityKinds.Node, "node1");

    [Fact]
    public void A_batch_of_every_kind_comes_back_whole()
    {
        var batch = Everything();

        var read = SignalBatchCodec.Decode(SignalBatchCodec.Encode(batch));

        Assert.Equal(SignalsJson.Encode(batch with { Metrics = MetricColumns.Empty }), SignalsJson.Encode(read with { Metrics = MetricColumns.Empty }));
        Assert.Equal(Points(batch), Points(read));
    }

    [Fact]
    public void The_same_batch_gives_the_same_bytes_compressed_or_not()
    {
        var bytes = SignalBatchCodec.Encode(Everything());

        Assert.Equal(bytes, SignalBatchCodec.Encode(SignalBatchCodec.Decode(bytes)));
        Assert.Equal(bytes, SignalBatchCodec.Encode(SignalBatchCodec.Decode(SignalBatchCodec.Uncompressed(bytes))));
    }

    [Fact]
    public void A_tick_is_small() => Assert.InRange(SignalBatchCodec.Encode(SignalBatch.Tick(Scope)).Length, 3, 64);

    [Fact]
    public void A_newer_version_is_refused_by_number()
    {
        var bytes = SignalBatchCodec.Encode(SignalBatch.Tick(Scope));
        bytes[0] = 9;

        Assert.Contains("version 9", Assert.Throws<FormatException>(() => SignalBatchCodec.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = SignalBatchCodec.Uncompressed(SignalBatchCodec.Encode(Everything()));

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => SignalBatchCodec.Decode(bytes.AsMemory(0, length)));
        }
    }

    [Property(MaxTest = 500)]
    public void Any_flipped_byte_is_refused_or_read_but_never_anything_else(int position, byte flip)
    {
        var bytes = SignalBatchCodec.Uncompressed(SignalBatchCodec.Encode(Everything()));
        bytes[(int)((uint)position % (uint)bytes.Length)] ^= flip;

        try
        {
            Assert.NotNull(SignalBatchCodec.Decode(bytes));
        }
        catch (FormatException)
        {
            // Refused, as it should be where the flip broke the layout.
        }
    }

    [Property]
    public void Any_numbers_come_back(double[] values, long[] timestamps)
    {
        var builder = new MetricColumnsBuilder();
        for (var index = 0; index < Math.Min(values.Length, timestamps.Length); index++)
        {
            builder.Add(new SeriesKey(Cart, $"m{index % 3}", [], MetricKind.Gauge), timestamps[index], values[index]);
        }

        var batch = new SignalBatch { Scope = Scope, Source = "test", Metrics = builder.Drain() };

        Assert.Equal(Points(batch), Points(SignalBatchCodec.Decode(SignalBatchCodec.Encode(batch))));
    }

    private static MetricPoint[] Points(SignalBatch batch) =>
        [.. Enumerable.Range(0, batch.Metrics.Count).Select(batch.Metrics.At)];

    private static SignalBatch Everything()
    {
        var metrics = new MetricColumnsBuilder();
        for (var index = 0; index < 50; index++)
        {
            var labels = new[] { new Label("pod", $"cart-{index % 2}"), new Label("code", "a\"b\\c") };
            metrics.Add(new SeriesKey(Cart, "requests_total", labels, MetricKind.Counter), 1_700_000_000_000 + index, index);
        }

        metrics.Add(new SeriesKey(Node, "load", [], MetricKind.Gauge), -5, double.NaN);
        var facts = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add(KubeFacts.Phase, "Running").Add(KubeFacts.Ready, "true");
        var pod = new EntityRef(Scope, "shop", EntityKinds.Pod, "cart-0");
        return new SignalBatch
        {
            Scope = Scope,
            Source = "test",
            Metrics = metrics.Drain(),
            Logs = [new(Time, Cart, "cart-0", "app", Severity.Error, "no stock", "ab", "cd", [new("k", "v")])],
            Events = [new(Time, "uid", pod, Cart, "BackOff", "again", true, 3)],
            Objects = [new(Time, pod, "uid", "12", false, [new("app", "cart")], facts, [new(RelationKind.RunsOn, pod, Node)])],
            Changes = [new(Time, Cart, ChangeKind.Image, "new image", "a", "b", "2", "")],
            Flows = [new(Time, TimeSpan.FromMinutes(5), Cart, Node, 443, true, 3, 10, 2, 1, 4, true, "shop/NetworkPolicy/deny-all")],
            Spans = [new("t", "s", "", Cart, "cart-0", "GET /", SpanKind.Server, Time, 1.5, false, "stock")],
            Documents = [new(Time, "runbooks/a.md", "A", "text")],
        };
    }
}
