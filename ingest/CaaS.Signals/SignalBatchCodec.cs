using System.Buffers;
using MessagePack;

namespace CaaS.Signals;

/// <summary>The bytes of a <see cref="SignalBatch"/>: what is in the log, on Kafka and in recordings. Layout:
/// FORMAT.md.</summary>
/// <remarks>
/// One version byte, one flag byte, then MessagePack: a string table, an entity table, then the rows column by column.
/// The same batch always gives the same bytes. Encoding and decoding are O(rows).
/// </remarks>
public static class SignalBatchCodec
{
    /// <summary>Newest layout this code writes and reads.</summary>
    public const byte Version = 1;

    /// <summary>Largest body after decompression, bytes: sixteen times the largest record a log takes.</summary>
    public const int MaxBodyBytes = 64 * 1024 * 1024;

    private const byte CompressedFlag = 1;
    private const int HeaderBytes = 2;
    private const int CompressionLevel = 1;

    // Below this a frame header costs more than compression saves; a tick is 30 bytes.
    private const int MinBytesToCompress = 256;

    /// <summary>Writes a batch.</summary>
    /// <param name="batch">Batch to write.</param>
    /// <returns>Its bytes.</returns>
    public static byte[] Encode(SignalBatch batch)
    {
        var body = Body(batch);
        return body.Length < MinBytesToCompress ? Frame(0, body) : Frame(CompressedFlag, Compress(body));
    }

    /// <summary>Reads a batch.</summary>
    /// <param name="bytes">What <see cref="Encode"/> wrote.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="FormatException">Unknown version, truncated, or not a batch.</exception>
    public static SignalBatch Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var reader = new MessagePackReader(Unframe(bytes));
            return new SignalBatchReader(ref reader).Read(ref reader);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException
            or ZstdSharp.ZstdException or ArgumentException or OverflowException)
        {
            throw new FormatException($"Not a signal batch: {e.Message}", e);
        }
    }

    /// <summary>The same batch without compression, for a container that compresses many together.</summary>
    /// <param name="bytes">What <see cref="Encode"/> wrote.</param>
    /// <returns>Bytes that <see cref="Decode"/> reads as well.</returns>
    /// <exception cref="FormatException">Unknown version, or not a batch.</exception>
    public static byte[] Uncompressed(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Frame(0, Unframe(bytes).Span);
        }
        catch (ZstdSharp.ZstdException e)
        {
            throw new FormatException($"Not a signal batch: {e.Message}", e);
        }
    }

    private static ReadOnlySpan<byte> Body(SignalBatch batch)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        SignalBatchWriter.Write(buffer, batch);
        return buffer.WrittenSpan;
    }

    private static ReadOnlyMemory<byte> Unframe(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < HeaderBytes || span[0] != Version)
        {
            throw new FormatException(span.Length < HeaderBytes
                ? "A signal batch has at least two bytes."
                : $"Signal batch version {span[0]} is not known; this build reads version {Version}.");
        }

        return (span[1] & CompressedFlag) == 0 ? bytes[HeaderBytes..] : Decompress(span[HeaderBytes..]);
    }

    private static byte[] Frame(byte flags, ReadOnlySpan<byte> body)
    {
        var framed = new byte[HeaderBytes + body.Length];
        framed[0] = Version;
        framed[1] = flags;
        body.CopyTo(framed.AsSpan(HeaderBytes));
        return framed;
    }

    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> body)
    {
        using var compressor = new ZstdSharp.Compressor(CompressionLevel);
        return compressor.Wrap(body);
    }

    private static byte[] Decompress(ReadOnlySpan<byte> body)
    {
        var size = ZstdSharp.Decompressor.GetDecompressedSize(body);
        if (size > MaxBodyBytes)
        {
            throw new FormatException($"A signal batch of {size} bytes is over the limit of {MaxBodyBytes}.");
        }

        using var decompressor = new ZstdSharp.Decompressor();
        return decompressor.Unwrap(body, MaxBodyBytes).ToArray();
    }
}
