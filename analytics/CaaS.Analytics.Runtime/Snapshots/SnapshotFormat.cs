using System.Buffers.Binary;
using System.IO.Hashing;
using ZstdSharp;

namespace CaaS.Analytics.Runtime.Snapshots;

/// <summary>The bytes of a snapshot file. Layout: FORMAT.md.</summary>
/// <remarks>A hash guards the header, and one of the engine's own the state.</remarks>
internal static class SnapshotFormat
{
    /// <summary>Bytes before the state.</summary>
    public const int HeaderBytes = 48;

    private const ushort Version = 1;
    private const int HashAt = 40;
    private const int CompressionLevel = 1;

    private static ReadOnlySpan<byte> Magic => "CaaSsnp\n"u8;

    /// <summary>Writes a snapshot.</summary>
    /// <param name="snapshot">Snapshot.</param>
    /// <returns>All bytes of the file.</returns>
    public static byte[] Encode(Snapshot snapshot)
    {
        using var compressor = new Compressor(CompressionLevel);
        var bytes = new byte[HeaderBytes + Compressor.GetCompressBound(snapshot.State.Length)];
        var length = compressor.Wrap(snapshot.State.Span, bytes.AsSpan(HeaderBytes));
        var header = bytes.AsSpan(0, HeaderBytes);
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], snapshot.Partition);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], snapshot.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], snapshot.SteppedTo.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32LittleEndian(header[32..], snapshot.State.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[36..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[HashAt..], XxHash3.HashToUInt64(header[..HashAt]));
        return bytes[..(HeaderBytes + length)];
    }

    /// <summary>Reads a snapshot.</summary>
    /// <param name="bytes">All bytes of a file.</param>
    /// <param name="maxBytes">Largest state that is read.</param>
    /// <returns>The snapshot; its state is not looked at.</returns>
    /// <exception cref="FormatException">No snapshot, of another version, torn, damaged, or too large.</exception>
    public static Snapshot Decode(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic))
        {
            throw new FormatException("It is no snapshot.");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        if (version != Version)
        {
            throw new FormatException($"Its version {version} is not known; this build reads version {Version}.");
        }

        var stateLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[HashAt..]) != XxHash3.HashToUInt64(bytes[..HashAt])
            || bytes.Length != HeaderBytes + length)
        {
            throw new FormatException("It is torn or damaged.");
        }

        if ((uint)stateLength > (uint)maxBytes)
        {
            throw new FormatException(
                $"Its {stateLength} bytes are over {SnapshotOptions.Section}:MaxBytes, {maxBytes}.");
        }

        return new Snapshot(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[24..])),
            Decompress(bytes[HeaderBytes..], stateLength));
    }

    private static byte[] Decompress(ReadOnlySpan<byte> frame, int length)
    {
        try
        {
            using var decompressor = new Decompressor();
            var state = new byte[length];
            return decompressor.Unwrap(frame, state) == length
                ? state
                : throw new FormatException("It is torn or damaged.");
        }
        catch (ZstdException e)
        {
            throw new FormatException($"It is torn or damaged: {e.Message}.", e);
        }
    }
}
