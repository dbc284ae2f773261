using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Limits;
using CaaS.Signals;
using MessagePack;

namespace CaaS.Ingest.FluentForward;

/// <summary>Decodes the four event modes of the Fluentd Forward protocol: Message, Forward, PackedForward,
/// CompressedPackedForward.</summary>
/// <remarks>Specification: https://github.com/fluent/fluentd/wiki/Forward-Protocol-Specification-v1. Not
/// thread-safe.</remarks>
public sealed class ForwardDecoder
{
    private const sbyte EventTimeType = 0;

    private readonly IngestLimits _limits;
    private readonly ForwardRecordReader _records;

    /// <summary>Makes a decoder.</summary>
    /// <param name="scope">Scope of every record.</param>
    /// <param name="owners">Gives the latest knowledge of who owns which pod.</param>
    /// <param name="limits">Limits of size, depth and fields.</param>
    public ForwardDecoder(Scope scope, Func<OwnerIndex> owners, IngestLimits limits)
    {
        _limits = limits;
        _records = new ForwardRecordReader(scope, owners, limits);
    }

    /// <summary>Decodes one message.</summary>
    /// <param name="message">One whole MessagePack value, as <see cref="ForwardFrame"/> measured it.</param>
    /// <param name="now">Time for entries without one.</param>
    /// <param name="decoded">The message; null when the answer is false.</param>
    /// <param name="why">Empty, <c>malformed</c>, or the reason of <see cref="BoundedGzip"/>.</param>
    /// <returns>False when the message can not be read.</returns>
    public bool TryDecode(
        ReadOnlyMemory<byte> message, DateTimeOffset now, out ForwardMessage? decoded, out string why)
    {
        decoded = null;
        why = "malformed";

        // The reader trusts declared sizes: only what was measured to be whole is shown to it.
        if (!ForwardFrame.TryMeasure(new ReadOnlySequence<byte>(message), out var size, out _) || size != message.Length)
        {
            return false;
        }

        try
        {
            return TryRead(message, now, out decoded, ref why);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            return false;
        }
    }

    private static DateTimeOffset ReadTime(ref MessagePackReader reader, DateTimeOffset now)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Integer:
                var seconds = reader.ReadInt64();
                return seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : now;
            case MessagePackType.Float:
                var real = reader.ReadDouble();
                return real is > 0 and < 253_402_300_800 ? DateTimeOffset.UnixEpoch.AddSeconds(real) : now;
            case MessagePackType.Extension:
                var extension = reader.ReadExtensionFormat();
                Span<byte> bytes = stackalloc byte[8];
                if (extension.TypeCode != EventTimeType || extension.Data.Length != 8)
                {
                    return now;
                }

                extension.Data.CopyTo(bytes);
                var nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
                return DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes))
                    .AddTicks(nanoseconds / 100);
            default:
                reader.Skip();
                return now;
        }
    }

    private bool TryRead(ReadOnlyMemory<byte> message, DateTimeOffset now, out ForwardMessage? decoded, ref string why)
    {
        decoded = null;
        var reader = new MessagePackReader(message);
        if (reader.NextMessagePackType != MessagePackType.Array)
        {
            return false;
        }

        var count = reader.ReadArrayHeader();
        if (count < 2 || reader.NextMessagePackType != MessagePackType.String)
        {
            return false;
        }

        var entries = new Entries(TextLimits.Cut(reader.ReadString() ?? "", _limits.MaxLabelBytes), now);
        var body = reader.NextMessagePackType;
        if (body == MessagePackType.Array)
        {
            ReadEntries(ref reader, reader.ReadArrayHeader(), entries);
            decoded = entries.Done(ReadOptions(ref reader, count - 2).ChunkId);
            return true;
        }

        if (body is MessagePackType.Binary or MessagePackType.String)
        {
            var packed = body == MessagePackType.Binary ? reader.ReadBytes() : reader.ReadStringSequence();
            var options = ReadOptions(ref reader, count - 2);
            ReadOnlyMemory<byte> bytes = packed?.ToArray() ?? [];
            if (options.IsCompressed && !BoundedGzip.TryDecompress(bytes, _limits, out bytes, out why))
            {
                return false;
            }

            if (!TryReadPacked(bytes, entries))
            {
                return false;
            }

            decoded = entries.Done(options.ChunkId);
            return true;
        }

        if (count < 3)
        {
            return false;
        }

        ReadEntry(ref reader, entries);
        decoded = entries.Done(ReadOptions(ref reader, count - 3).ChunkId);
        return true;
    }

    private bool TryReadPacked(ReadOnlyMemory<byte> bytes, Entries entries)
    {
        while (!bytes.IsEmpty)
        {
            // Measured first: what came out of a compressed body was not walked yet.
            if (!ForwardFrame.TryMeasure(new ReadOnlySequence<byte>(bytes), out var size, out _))
            {
                return false;
            }

            var reader = new MessagePackReader(bytes[..(int)size]);
            ReadEntries(ref reader, 1, entries);
            bytes = bytes[(int)size..];
        }

        return true;
    }

    private void ReadEntries(ref MessagePackReader reader, int count, Entries entries)
    {
        for (var index = 0; index < count; index++)
        {
            var isPair = reader.NextMessagePackType == MessagePackType.Array;
            var length = isPair ? reader.ReadArrayHeader() : 0;
            if (!isPair || length < 2)
            {
                Skip(ref reader, isPair ? length : 1);
                entries.RejectedCount++;
                continue;
            }

            ReadEntry(ref reader, entries);
            Skip(ref reader, length - 2);
        }
    }

    private void ReadEntry(ref MessagePackReader reader, Entries entries)
    {
        var time = ReadEntryTime(ref reader, entries.Now);
        if (entries.Records.Count >= _limits.MaxRowsPerRequest
            || !_records.TryRead(ref reader, entries.Tag, time, out var record))
        {
            Skip(ref reader, entries.Records.Count >= _limits.MaxRowsPerRequest ? 1 : 0);
            entries.RejectedCount++;
            return;
        }

        entries.Records.Add(record!);
    }

    /// <summary>Entry times may be pairs [time, metadata] in Fluent Bit's own format.</summary>
    private DateTimeOffset ReadEntryTime(ref MessagePackReader reader, DateTimeOffset now)
    {
        if (reader.NextMessagePackType != MessagePackType.Array)
        {
            return ReadTime(ref reader, now);
        }

        var length = reader.ReadArrayHeader();
        var time = length > 0 ? ReadTime(ref reader, now) : now;
        Skip(ref reader, length - 1);
        return time;
    }

    private (string ChunkId, bool IsCompressed) ReadOptions(ref MessagePackReader reader, int remaining)
    {
        var chunkId = "";
        var isCompressed = false;
        if (remaining < 1 || reader.NextMessagePackType != MessagePackType.Map)
        {
            return (chunkId, isCompressed);
        }

        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var name = ForwardRecordReader.ReadText(ref reader, _limits.MaxLabelBytes);
            if (name is "chunk" or "compressed")
            {
                var value = ForwardRecordReader.ReadText(ref reader, _limits.MaxLabelBytes);
                chunkId = name == "chunk" ? value : chunkId;
                isCompressed = name == "compressed" ? value == "gzip" : isCompressed;
            }
            else
            {
                Skip(ref reader, 1);
            }
        }

        return (chunkId, isCompressed);
    }

    private void Skip(ref MessagePackReader reader, int count)
    {
        for (var index = 0; index < count; index++)
        {
            ForwardRecordReader.Skip(ref reader, _limits.MaxDepth);
        }
    }

    private sealed class Entries(string tag, DateTimeOffset now)
    {
        public string Tag { get; } = tag;

        public DateTimeOffset Now { get; } = now;

        public ImmutableArray<LogRecord>.Builder Records { get; } = ImmutableArray.CreateBuilder<LogRecord>();

        public int RejectedCount { get; set; }

        public ForwardMessage Done(string chunkId) => new(Tag, Records.DrainToImmutable(), chunkId, RejectedCount);
    }
}
