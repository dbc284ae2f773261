using System.Buffers.Binary;
using System.Globalization;

namespace CaaS.Log.Segments;

/// <summary>Bytes of a segment file, as FORMAT.md lists them. All integers little-endian.</summary>
internal static class SegmentFormat
{
    public const int FileHeaderBytes = 32;
    public const int RecordHeaderBytes = 32;
    public const ushort Version = 1;
    public const string Extension = ".seg";

    private const int CrcBytes = sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "CaaSseg\n"u8;

    public static string FileName(long baseOffset) => baseOffset.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    public static bool TryParseFileName(string name, out long baseOffset)
    {
        baseOffset = -1;
        return name.Length == 20 + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out baseOffset);
    }

    public static void WriteFileHeader(Span<byte> destination, int partition, long baseOffset)
    {
        destination[..FileHeaderBytes].Clear();
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(destination[12..], partition);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], baseOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[28..], Crc32C.Of(destination[..28]));
    }

    /// <summary>Says how a file header is damaged, or null when it is not.</summary>
    /// <exception cref="DataFolderException">A newer program wrote it. The checksum's place is the same in every
    /// version.</exception>
    public static string? FileHeaderFault(ReadOnlySpan<byte> source, int partition, long baseOffset)
    {
        if (source.Length < FileHeaderBytes || !source.StartsWith(Magic))
        {
            return "it does not begin as a segment does";
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(source[28..]) != Crc32C.Of(source[..28]))
        {
            return "the checksum of its header is wrong";
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(source[8..]);
        if (version > Version)
        {
            throw new DataFolderException(
                $"The log has segments of format version {version}; this program knows up to {Version}. "
                + "Start the newer program again.");
        }

        return BinaryPrimitives.ReadInt32LittleEndian(source[12..]) != partition
            || BinaryPrimitives.ReadInt64LittleEndian(source[16..]) != baseOffset
            ? "its header belongs to another file"
            : null;
    }

    public static int WriteRecord(
        Span<byte> destination, ReadOnlySpan<byte> payload, long offset, long appendedAtMs, long durableOffset)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], appendedAtMs);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], durableOffset);
        payload.CopyTo(destination[RecordHeaderBytes..]);
        var size = RecordHeaderBytes + payload.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Crc32C.Of(destination[CrcBytes..size]));
        return size;
    }

    public static RecordHeader ReadRecordHeader(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(source),
        BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[24..]));

    public static bool IsLength(int length) => length is > 0 and <= LogOptions.MaxRecordBytes;

    /// <summary>True when header and payload are what was written.</summary>
    public static bool IsIntact(in RecordHeader header, ReadOnlySpan<byte> record) =>
        header.Crc == Crc32C.Of(record[CrcBytes..(RecordHeaderBytes + header.Length)]);
}
