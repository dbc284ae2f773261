using System.Buffers.Binary;
using System.IO.Hashing;
using CaaS.Signals;
using ZstdSharp;

namespace CaaS.Replay;

/// <summary>Writes a <c>.caasrec</c> file (layout: FORMAT.md) to a stream, record by record.</summary>
/// <remarks>Not thread-safe. Records must come in the order they are to be stepped. Memory is one compression
/// window.</remarks>
public sealed class RecordingWriter : IDisposable
{
    // Records of later scrapes repeat those of earlier ones: a high level with a long window halves the file.
    private const int CompressionLevel = 15;

    private readonly CompressionStream _stream;
    private readonly XxHash64 _hash = new();
    private DateTimeOffset _previous;
    private bool _isComplete;

    /// <summary>Writes the header.</summary>
    /// <param name="target">Stream to write to; left open.</param>
    /// <param name="header">What the recording says of itself.</param>
    public RecordingWriter(Stream target, RecordingHeader header)
    {
        target.Write(RecordingFormat.Magic);
        _stream = new CompressionStream(target, CompressionLevel, leaveOpen: true);
        _stream.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_windowLog, RecordingFormat.WindowLog);
        _stream.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_enableLongDistanceMatching, 1);
        _previous = DateTimeOffset.UnixEpoch;
        WriteBlock(SignalsJson.Encode(header));
    }

    /// <summary>Adds one record.</summary>
    /// <param name="entry">The record; its payload may be compressed, it is stored without.</param>
    /// <exception cref="ArgumentException">It was appended before the one added last.</exception>
    public void Add(RecordedEntry entry)
    {
        if (entry.AppendedAt < _previous)
        {
            throw new ArgumentException("Records must be added in append order.", nameof(entry));
        }

        var payload = entry.Topic == RecordedTopic.Signals
            ? SignalBatchCodec.Uncompressed(entry.Payload)
            : entry.Payload.Span;
        Span<byte> head = stackalloc byte[RecordingFormat.EntryHeadBytes];
        head[0] = (byte)entry.Topic;
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], entry.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(head[9..], entry.AppendedAt.ToUnixTimeMilliseconds());
        Write(head);
        WriteBlock(payload);
        _previous = entry.AppendedAt;
    }

    /// <summary>Writes the end mark; a file without it is refused as torn.</summary>
    public void Complete()
    {
        Span<byte> end = stackalloc byte[RecordingFormat.EndBytes];
        end[0] = RecordingFormat.EndMark;
        BinaryPrimitives.WriteUInt64LittleEndian(end[1..], _hash.GetCurrentHashAsUInt64());
        _stream.Write(end);
        _isComplete = true;
    }

    /// <summary>Ends the compressed frame.</summary>
    public void Dispose()
    {
        if (!_isComplete)
        {
            // Left without its end mark on purpose: the reader then says that it is torn.
            _stream.Flush();
        }

        _stream.Dispose();
    }

    private void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        Write(length);
        Write(bytes);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(bytes);
        _stream.Write(bytes);
    }
}
