using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MessagePack;

namespace CaaS.Ingest.FluentForward;

/// <summary>The server's side of the Forward protocol's shared-key handshake: HELO, PING, PONG.</summary>
/// <remarks>Digests are SHA-512 in lower-case hex, as the specification asks. The key itself is never
/// written.</remarks>
/// <param name="sharedKey">Key both sides know.</param>
/// <param name="hostName">Name this server gives itself.</param>
/// <param name="nonce">Random bytes of this connection, at least 16.</param>
public sealed class ForwardHandshake(string sharedKey, string hostName, byte[] nonce)
{
    /// <summary>Writes the HELO that opens a connection.</summary>
    /// <returns>MessagePack bytes.</returns>
    public byte[] Hello()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.Write("HELO");
        writer.WriteMapHeader(3);
        writer.Write("nonce");
        writer.Write(nonce);
        writer.Write("auth");
        writer.Write(ReadOnlySpan<byte>.Empty);
        writer.Write("keepalive");
        writer.Write(true);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Judges the client's PING.</summary>
    /// <param name="message">One whole MessagePack value.</param>
    /// <param name="pong">Answer to send in either case.</param>
    /// <returns>True when the client knows the key.</returns>
    public bool TryAccept(ReadOnlyMemory<byte> message, out byte[] pong)
    {
        try
        {
            var reader = new MessagePackReader(message);
            if (reader.ReadArrayHeader() >= 4 && reader.ReadString() == "PING")
            {
                var client = ReadBytes(ref reader);
                var salt = ReadBytes(ref reader);
                var digest = ReadBytes(ref reader);
                var expected = Encoding.ASCII.GetBytes(Digest(salt, client, nonce));
                var isKnown = CryptographicOperations.FixedTimeEquals(expected, digest);
                pong = Pong(isKnown, isKnown ? "" : "shared key mismatch", salt);
                return isKnown;
            }
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException)
        {
            // Answered below like any other message that is no PING.
        }

        pong = Pong(false, "expected PING", []);
        return false;
    }

    private static byte[] ReadBytes(ref MessagePackReader reader) => reader.NextMessagePackType switch
    {
        MessagePackType.String => reader.ReadStringSequence()?.ToArray() ?? [],
        _ => reader.ReadBytes()?.ToArray() ?? [],
    };

    private string Digest(byte[] salt, byte[] name, byte[] connectionNonce) => Convert.ToHexStringLower(
        SHA512.HashData([.. salt, .. name, .. connectionNonce, .. Encoding.UTF8.GetBytes(sharedKey)]));

    private byte[] Pong(bool isAccepted, string reason, byte[] salt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(5);
        writer.Write("PONG");
        writer.Write(isAccepted);
        writer.Write(reason);
        writer.Write(isAccepted ? hostName : "");
        writer.Write(isAccepted ? Digest(salt, Encoding.UTF8.GetBytes(hostName), nonce) : "");
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
