using System.Buffers;
using CaaS.Ingest.FluentForward;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Tests.Limits;
using CaaS.Signals;
using FsCheck.Xunit;
using MessagePack;
using Xunit;

namespace CaaS.Ingest.Tests.FluentForward;

public class ForwardDecoderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<string> Modes => ["message", "forward", "packed", "compressed"];

    [Theory]
    [MemberData(nameof(Modes))]
    public void Every_mode_gives_the_same_records_and_the_chunk_to_acknowledge(string mode)
    {
        Assert.True(TryDecode(Message(mode), out var decoded));

        Assert.Equal(("app.cart", "c1", 0), (decoded!.Tag, decoded.ChunkId, decoded.RejectedCount));
        Assert.Equal(mode == "message" ? 1 : 2, decoded.Records.Length);
        var first = decoded.Records[0];
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddTicks(5), first.Time);
        Assert.Equal(("shop/Pod/cart-1", "cart-1", "cart"), (first.Entity.ToString(), first.Pod, first.Container));
        Assert.Equal(("out of stock", Severity.Error), (first.Body, first.Severity));
        Assert.Contains(new Label("stream", "stdout"), first.Attributes);
    }

    [Fact]
    public void A_json_line_inside_a_record_is_read_and_a_host_names_itself()
    {
        var message = Write((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(3);
            writer.Write("sys");
            writer.Write(1_700_000_000);
            writer.WriteMapHeader(2);
            writer.Write("log");
            writer.Write("{\"level\":\"warn\",\"msg\":\"slow\"}\n");
            writer.Write("hostname");
            writer.Write("box");
        });

        Assert.True(TryDecode(message, out var decoded));

        var record = Assert.Single(decoded!.Records);
        Assert.Equal(("-/Host/box", "slow", Severity.Warning, ""), (record.Entity.ToString(), record.Body, record.Severity, decoded.ChunkId));
    }

    [Fact]
    public void Entries_of_another_shape_are_rejected_by_count()
    {
        var message = Write((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(2);
            writer.Write("t");
            writer.WriteArrayHeader(3);
            writer.Write(1);
            writer.WriteArrayHeader(1);
            writer.Write(1);
            writer.WriteArrayHeader(2);
            writer.Write(1);
            writer.Write("no map");
        });

        Assert.True(TryDecode(message, out var decoded));

        Assert.Equal((0, 3), (decoded!.Records.Length, decoded.RejectedCount));
    }

    [Fact]
    public void A_compressed_bomb_is_refused()
    {
        var message = Packed(LimitsTests.Gzip(new byte[8 * 1024 * 1024]), isCompressed: true);

        Assert.False(Decoder().TryDecode(message, Now, out _, out var why));
        Assert.Equal("ratio", why);
    }

    [Fact]
    public void Values_nested_too_deep_are_refused_and_cost_no_stack()
    {
        byte[] deep = [0x93, 0xA1, (byte)'t', 0x01, 0x81, 0xA1, (byte)'a', .. Enumerable.Repeat((byte)0x91, 100_000), 0xC0];

        Assert.True(ForwardFrame.TryMeasure(new ReadOnlySequence<byte>(deep), out var size, out _));
        Assert.Equal(deep.Length, size);
        Assert.False(TryDecode(deep, out _));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_message_is_whole_only_with_its_last_byte(string mode)
    {
        var message = Message(mode);

        var growing = new ForwardFrame();
        for (var length = 0; length < message.Length; length++)
        {
            Assert.False(growing.TryGoOn(new ReadOnlySequence<byte>(message, 0, length), out _, out _));
            Assert.False(ForwardFrame.TryMeasure(new ReadOnlySequence<byte>(message, 0, length), out _, out var isBroken));
            Assert.False(isBroken);
        }

        Assert.True(growing.TryGoOn(new ReadOnlySequence<byte>(message), out var grown, out _));
        Assert.Equal(message.Length, grown);
        byte[] followed = [.. message, 1, 2, 3];
        Assert.True(ForwardFrame.TryMeasure(new ReadOnlySequence<byte>(followed), out var size, out _));
        Assert.Equal(message.Length, size);
    }

    [Fact]
    public void More_values_than_memory_are_refused_by_their_header() => Assert.False(
        ForwardFrame.TryMeasure(new ReadOnlySequence<byte>([0xDD, 0xFF, 0xFF, 0xFF, 0xFF]), out _, out var isBroken) || !isBroken);

    [Property(MaxTest = 2000)]
    public void Any_bytes_end_without_a_throw(byte[] bytes)
    {
        TryDecode(bytes, out _);
        ForwardFrame.TryMeasure(new ReadOnlySequence<byte>(bytes), out _, out _);
    }

    [Property(MaxTest = 2000)]
    public void A_message_with_one_other_byte_ends_without_a_throw(ushort position, byte value, byte mode)
    {
        var bytes = Message(((string[])["message", "forward", "packed", "compressed"])[mode % 4]);
        bytes[position % bytes.Length] = value;

        if (ForwardFrame.TryMeasure(new ReadOnlySequence<byte>(bytes), out var size, out _))
        {
            TryDecode(bytes[..(int)size], out _);
        }
    }

    internal static byte[] Message(string mode) => mode switch
    {
        "message" => Write((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(4);
            writer.Write("app.cart");
            WriteEntry(ref writer);
            WriteOptions(ref writer, false);
        }),
        "forward" => Write((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(3);
            writer.Write("app.cart");
            writer.WriteArrayHeader(2);
            WritePair(ref writer);
            WritePair(ref writer);
            WriteOptions(ref writer, false);
        }),
        "packed" => Packed(Entries(), isCompressed: false),
        _ => Packed(LimitsTests.Gzip(Entries()), isCompressed: true),
    };

    internal delegate void Writing(ref MessagePackWriter writer);

    internal static byte[] Write(Writing write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Packed(byte[] entries, bool isCompressed) => Write((ref MessagePackWriter writer) =>
    {
        writer.WriteArrayHeader(3);
        writer.Write("app.cart");
        writer.Write(entries);
        WriteOptions(ref writer, isCompressed);
    });

    private static byte[] Entries() => Write((ref MessagePackWriter writer) =>
    {
        WritePair(ref writer);
        WritePair(ref writer);
    });

    private static void WritePair(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        WriteEntry(ref writer);
    }

    private static void WriteEntry(ref MessagePackWriter writer)
    {
        writer.WriteExtensionFormat(new ExtensionResult(0, new byte[] { 0x65, 0x53, 0xF1, 0x00, 0, 0, 0x01, 0xF4 }));
        writer.WriteMapHeader(4);
        writer.Write("log");
        writer.Write("out of stock\n");
        writer.Write("level");
        writer.Write("error");
        writer.Write("stream");
        writer.Write("stdout");
        writer.Write("kubernetes");
        writer.WriteMapHeader(4);
        writer.Write("pod_name");
        writer.Write("cart-1");
        writer.Write("namespace_name");
        writer.Write("shop");
        writer.Write("container_name");
        writer.Write("cart");
        writer.Write("labels");
        writer.WriteMapHeader(1);
        writer.Write("app");
        writer.Write("cart");
    }

    private static void WriteOptions(ref MessagePackWriter writer, bool isCompressed)
    {
        writer.WriteMapHeader(isCompressed ? 3 : 2);
        writer.Write("size");
        writer.Write(2);
        writer.Write("chunk");
        writer.Write("c1");
        if (isCompressed)
        {
            writer.Write("compressed");
            writer.Write("gzip");
        }
    }

    private static ForwardDecoder Decoder() =>
        new(Scope.Default, () => new OwnerIndex(Scope.Default), new IngestLimits());

    private static bool TryDecode(byte[] message, out ForwardMessage? decoded) =>
        Decoder().TryDecode(message, Now, out decoded, out _);
}
