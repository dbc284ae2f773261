using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CaaS.Ingest.FluentForward;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Ingest.Runtime.Sources.Fluentd;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Ingest.Tests.FluentForward;
using CaaS.Signals;
using MessagePack;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CaaS.Ingest.Tests.Runtime;

public sealed class FluentdReceiverTests : IAsyncLifetime
{
    private readonly IngestBench _bench = new();
    private SignalWriter _writer = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _writer = _bench.Writer();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task A_chunk_is_acknowledged_once_its_records_are_durable()
    {
        await using var receiver = Start();
        using var client = await ConnectAsync(receiver);
        var stream = client.GetStream();
        foreach (var mode in (string[])["forward", "packed", "compressed", "message"])
        {
            await stream.WriteAsync(ForwardDecoderTests.Message(mode), Stop);
            Assert.Equal(ForwardAnswer.Acknowledge("c1"), await ReadAsync(stream, ForwardAnswer.Acknowledge("c1").Length));
        }

        var batches = await _bench.BatchesAsync(Stop);
        Assert.Equal([2, 2, 2, 1], batches.Select(batch => batch.RowCount));
    }

    [Fact]
    public async Task A_message_in_pieces_and_two_in_one_piece_are_both_read()
    {
        await using var receiver = Start();
        using var client = await ConnectAsync(receiver);
        var message = ForwardDecoderTests.Message("forward");
        byte[] three = [.. message, .. message, .. message];
        for (var start = 0; start < three.Length; start += 37)
        {
            await client.GetStream().WriteAsync(three.AsMemory(start, Math.Min(37, three.Length - start)), Stop);
        }

        var ack = ForwardAnswer.Acknowledge("c1");
        byte[] acks = [.. ack, .. ack, .. ack];
        Assert.Equal(acks, await ReadAsync(client.GetStream(), acks.Length));
    }

    [Fact]
    public async Task Without_a_durable_append_the_connection_closes_without_an_answer()
    {
        _bench.IsRefusing = true;
        await using var receiver = Start();
        using var client = await ConnectAsync(receiver);

        await client.GetStream().WriteAsync(ForwardDecoderTests.Message("forward"), Stop);

        Assert.Empty(await ReadAsync(client.GetStream(), 1));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0001")]
    public async Task Who_speaks_another_protocol_is_sent_away(string text)
    {
        await using var receiver = Start();
        using var client = await ConnectAsync(receiver);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Stop);

        Assert.Empty(await ReadAsync(client.GetStream(), 1));
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("guess", false)]
    public async Task With_a_shared_key_only_who_knows_it_is_heard(string key, bool isAccepted)
    {
        var file = Path.Combine(_bench.Path, "key");
        await File.WriteAllTextAsync(file, "secret\n", Stop);
        await using var receiver = Start(new FluentdOptions { SharedKeyFile = file });
        using var client = await ConnectAsync(receiver);
        var stream = client.GetStream();
        var nonce = ReadNonce(await ReadAsync(stream, 48));

        var salt = "0123456789abcdef"u8.ToArray();
        var digest = Convert.ToHexStringLower(SHA512.HashData([.. salt, .. Encoding.ASCII.GetBytes("agent"), .. nonce, .. Encoding.UTF8.GetBytes(key)]));
        await stream.WriteAsync(Ping(salt, digest), Stop);
        await stream.WriteAsync(ForwardDecoderTests.Message("forward"), Stop);
        var answer = await ReadAsync(stream, 4096, untilEnd: !isAccepted, untilText: "ack");

        Assert.Equal(isAccepted, Contains(answer, "ack"));
        Assert.Equal(!isAccepted, Contains(answer, "shared key mismatch"));
    }

    private static bool Contains(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private static byte[] Ping(byte[] salt, string digest) => ForwardDecoderTests.Write((ref MessagePackWriter writer) =>
    {
        writer.WriteArrayHeader(6);
        writer.Write("PING");
        writer.Write("agent");
        writer.Write(salt);
        writer.Write(digest);
        writer.Write("");
        writer.Write("");
    });

    private static byte[] ReadNonce(byte[] hello)
    {
        var reader = new MessagePackReader(hello);
        reader.ReadArrayHeader();
        Assert.Equal("HELO", reader.ReadString());
        reader.ReadMapHeader();
        reader.ReadString();
        return System.Buffers.BuffersExtensions.ToArray(reader.ReadBytes()!.Value);
    }

    private static async Task<TcpClient> ConnectAsync(FluentdReceiver receiver)
    {
        var client = new TcpClient();
        await client.ConnectAsync(receiver.EndPoint, Stop);
        return client;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int size, bool untilEnd = false, string untilText = "")
    {
        var bytes = new byte[size];
        var count = 0;
        try
        {
            for (var read = -1; read != 0 && count < size;)
            {
                read = await stream.ReadAsync(bytes.AsMemory(count), Stop);
                count += read;
                if (!untilEnd && untilText.Length > 0 && Contains(bytes[..count], untilText))
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // A closed connection with unread bytes is reset: no answer either.
        }

        return bytes[..count];
    }

    private FluentdReceiver Start(FluentdOptions? options = null)
    {
        options ??= new FluentdOptions();
        options.Address = IPAddress.Loopback.ToString();
        var receiver = new FluentdReceiver(
            options, new IngestLimits(), Scope.Default, () => new OwnerIndex(Scope.Default), _writer, _bench.Metrics,
            TimeProvider.System, NullLogger.Instance);
        receiver.Start();
        return receiver;
    }
}
