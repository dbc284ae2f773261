using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using CaaS.Signals;
using ZstdSharp;

namespace CaaS.Replay;

/// <summary>Reads a <c>.caasrec</c> file.</summary>
public static class RecordingReader
{
    /// <summary>Reads all of it.</summary>
    /// <param name="source">The file.</param>
    /// <returns>The recording.</returns>
    /// <exception cref="FormatException">Not a recording, another version, torn, too large, or damaged.</exception>
    public static Recording Read(Stream source)
    {
        Span<byte> magic = stackalloc byte[RecordingFormat.Magic.Length];
        if (source.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length
            || !magic[..^1].SequenceEqual(RecordingFormat.Magic[..^1]))
        {
            throw new FormatException("Not a recording: it does not begin with CAASREC.");
        }

        if (magic[^1] != RecordingFormat.Magic[^1])
        {
            throw new FormatException(
                $"Recording version {(char)magic[^1]} is not known; this build reads version {(char)RecordingFormat.Magic[^1]}.");
        }

        try
        {
            using var stream = new DecompressionStream(source, leaveOpen: true);
            stream.SetParameter(ZstdSharp.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, RecordingFormat.WindowLog);
            return Body(stream);
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new FormatException($"The recording is torn or damaged: {e.Message}", e);
        }
    }

    private static Recording Body(DecompressionStream stream)
    {
        var hash = new XxHash64();
        var left = RecordingFormat.MaxContentBytes;
        var header = SignalsJson.Decode<RecordingHeader>(ReadBlock(stream, hash, ref left));
        var entries = ImmutableArray.CreateBuilder<RecordedEntry>();
        var head = new byte[RecordingFormat.EntryHeadBytes];
        while (true)
        {
            stream.ReadExactly(head.AsSpan(0, 1));
            if (head[0] == RecordingFormat.EndMark)
            {
                stream.ReadExactly(head.AsSpan(1, sizeof(ulong)));
                return BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(1)) == hash.GetCurrentHashAsUInt64()
                    ? new Recording(header, entries.ToImmutable())
                    : throw new FormatException("The recording is damaged: its checksum differs.");
            }

            if (!Enum.IsDefined((RecordedTopic)head[0]))
            {
                throw new FormatException($"The recording is damaged: topic {head[0]} is not known.");
            }

            stream.ReadExactly(head.AsSpan(1));
            hash.Append(head);
            var appendedMs = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(9));
            entries.Add(new RecordedEntry(
                (RecordedTopic)head[0],
                BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(1)),
                Instant(appendedMs),
                ReadBlock(stream, hash, ref left)));
        }
    }

    private static DateTimeOffset Instant(long unixMs) =>
        unixMs is >= 0 and <= RecordingFormat.MaxUnixMs
            ? DateTimeOffset.FromUnixTimeMilliseconds(unixMs)
            : throw new FormatException($"The recording is damaged: {unixMs} is not an instant.");

    private static byte[] ReadBlock(DecompressionStream stream, XxHash64 hash, ref long left)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        stream.ReadExactly(length);
        hash.Append(length);
        var size = BinaryPrimitives.ReadInt32LittleEndian(length);
        left -= size;
        if (size is < 0 or > RecordingFormat.MaxBlockBytes || left < 0)
        {
            throw new FormatException(
                $"The recording is too large or damaged: a block of {size} bytes, {RecordingFormat.MaxContentBytes} bytes in all are read.");
        }

        var bytes = new byte[size];
        stream.ReadExactly(bytes);
        hash.Append(bytes);
        return bytes;
    }
}
