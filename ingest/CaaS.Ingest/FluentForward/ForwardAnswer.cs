using System.Buffers;
using MessagePack;

namespace CaaS.Ingest.FluentForward;

/// <summary>Writes the answer by which a receiver tells that a chunk is durable.</summary>
public static class ForwardAnswer
{
    /// <summary>Writes <c>{"ack": chunkId}</c>.</summary>
    /// <param name="chunkId">Id the sender gave.</param>
    /// <returns>MessagePack bytes.</returns>
    public static byte[] Acknowledge(string chunkId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(1);
        writer.Write("ack");
        writer.Write(chunkId);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
