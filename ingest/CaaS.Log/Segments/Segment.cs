using Microsoft.Win32.SafeHandles;

namespace CaaS.Log.Segments;

/// <summary>One file of records, read side: finds an offset, reads on from it, and says where the file is
/// damaged.</summary>
/// <remarks>
/// Thread-safe. Any number of readers; the partition's writer appends through its own handle and moves
/// <see cref="Length"/> once bytes are durable. The index holds one position every 64 KiB, learned while reading.
/// </remarks>
internal sealed class Segment(string path, int partition, long baseOffset) : IDisposable
{
    private const int IndexStrideBytes = 64 * 1024;

    // Guards the index and the handle; held for a look-up, never for I/O but the first open.
    private readonly Lock _gate = new();
    private readonly List<(long Offset, long Position, long AppendedAtMs)> _index =
        [(baseOffset, SegmentFormat.FileHeaderBytes, long.MinValue)];

    private SafeFileHandle? _handle;
    private bool _isDisposed;
    private long _length;
    private long _firstMs = long.MaxValue;

    public string Path { get; } = path;

    public long BaseOffset { get; } = baseOffset;

    /// <summary>Time of the first record, Unix ms; <see cref="long.MaxValue"/> when there is none.</summary>
    public long FirstMs
    {
        get => Volatile.Read(ref _firstMs);
        set => Volatile.Write(ref _firstMs, value);
    }

    /// <summary>Bytes that readers may see.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    /// <summary>Reads the header and the first record's time of a file that is there.</summary>
    /// <returns>How the file's header is damaged, or null. Records carry their own checksums and stay
    /// readable.</returns>
    /// <exception cref="DataFolderException">A newer program wrote the file.</exception>
    public string? Open()
    {
        var handle = Handle();
        Span<byte> header = stackalloc byte[SegmentFormat.FileHeaderBytes];
        var size = ReadFully(handle, header, 0);
        var fault = SegmentFormat.FileHeaderFault(header[..size], partition, BaseOffset);
        Length = RandomAccess.GetLength(handle);
        var first = new List<LogEntry>();
        Walk((BaseOffset, SegmentFormat.FileHeaderBytes), BaseOffset, BaseOffset + 1, 1, first);
        FirstMs = first.Count == 0 ? long.MaxValue : first[0].AppendedAt.ToUnixTimeMilliseconds();
        return fault;
    }

    /// <summary>Reads intact records in order.</summary>
    /// <param name="from">First offset wanted, not below <see cref="BaseOffset"/>.</param>
    /// <param name="end">First offset not wanted.</param>
    /// <param name="maxBytes">Payload bytes after which to stop.</param>
    /// <param name="into">Receives the records.</param>
    /// <returns>The damage that ended the reading, or null when the limit, the end offset or the end of the file
    /// did.</returns>
    public Damage? Read(long from, long end, int maxBytes, List<LogEntry> into) =>
        Walk(Seek(from), from, end, maxBytes, into).Damage;

    /// <summary>First record accepted at or after an instant.</summary>
    /// <returns>Its offset, or <paramref name="end"/> when the segment has none.</returns>
    /// <exception cref="LogCorruptException">The file is damaged before it.</exception>
    public long OffsetAt(long instantMs, long end)
    {
        var (from, position) = SeekTime(instantMs);
        var entries = new List<LogEntry>();
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(instantMs);
        while (from < end)
        {
            entries.Clear();
            var walk = Walk((from, position), from, end, IndexStrideBytes, entries);
            foreach (var entry in entries)
            {
                if (entry.AppendedAt >= instant)
                {
                    return entry.Offset;
                }
            }

            if (entries.Count == 0)
            {
                throw walk.Damage is { } damage ? Corrupt(damage, end) : MissingRecords(from, end);
            }

            (from, position) = (walk.Offset, walk.Position);
        }

        return end;
    }

    /// <summary>Walks the whole file.</summary>
    /// <returns>Where it ends or is damaged, the offset expected there, and the time of the last intact
    /// record.</returns>
    public (long Position, long Offset, long? LastMs, Damage? Damage) Scan()
    {
        var entries = new List<LogEntry>();
        long? lastMs = null;
        (long Offset, long Position) at = (BaseOffset, SegmentFormat.FileHeaderBytes);
        while (true)
        {
            entries.Clear();
            var walk = Walk(at, at.Offset, long.MaxValue, 1024 * 1024, entries);
            lastMs = entries.Count > 0 ? entries[^1].AppendedAt.ToUnixTimeMilliseconds() : lastMs;
            at = (walk.Offset, walk.Position);
            if (walk.Damage is not null || entries.Count == 0)
            {
                return (at.Position, at.Offset, lastMs, walk.Damage);
            }
        }
    }

    /// <summary>The writer tells where a durable record stands.</summary>
    public void Note(long offset, long position, long appendedAtMs)
    {
        lock (_gate)
        {
            if (position - _index[^1].Position >= IndexStrideBytes)
            {
                _index.Add((offset, position, appendedAtMs));
            }
        }
    }

    /// <summary>Makes the exception that tells of damage.</summary>
    public LogCorruptException Corrupt(Damage damage, long resumeOffset) =>
        new(Path, damage.Position, damage.Offset, resumeOffset, damage.Why);

    /// <summary>Makes the exception for a file that ends before its records do.</summary>
    public LogCorruptException MissingRecords(long offset, long resumeOffset) =>
        new(Path, Length, offset, resumeOffset, "the file ends before this record");

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _handle?.Dispose();
        }
    }

    private (long Offset, long Position, Damage? Damage) Walk(
        (long Offset, long Position) at, long from, long end, int maxBytes, List<LogEntry> into)
    {
        var (expected, position) = at;
        var handle = Handle();
        var limit = Length;
        var wanted = (long)Math.Max(maxBytes, IndexStrideBytes) + SegmentFormat.RecordHeaderBytes;
        var taken = 0L;
        while (expected < end && position < limit)
        {
            // A fresh array: the entries handed out are slices of it.
            var chunk = new byte[Math.Min(wanted, limit - position)];
            var size = ReadFully(handle, chunk, position);
            var index = 0;
            while (expected < end && size - index >= SegmentFormat.RecordHeaderBytes)
            {
                var header = SegmentFormat.ReadRecordHeader(chunk.AsSpan(index));
                if (!SegmentFormat.IsLength(header.Length) || header.Offset != expected)
                {
                    return (expected, position, new Damage(position, expected, "the record's header is not plausible"));
                }

                var total = SegmentFormat.RecordHeaderBytes + header.Length;
                if (total > size - index)
                {
                    wanted = Math.Max(wanted, total);
                    break;
                }

                if (!SegmentFormat.IsIntact(header, chunk.AsSpan(index, total)))
                {
                    return (expected, position, new Damage(position, expected, "the record's checksum is wrong"));
                }

                Note(expected, position, header.AppendedAtMs);
                if (expected >= from)
                {
                    into.Add(new LogEntry(
                        expected,
                        DateTimeOffset.FromUnixTimeMilliseconds(header.AppendedAtMs),
                        chunk.AsMemory(index + SegmentFormat.RecordHeaderBytes, header.Length)));
                    taken += header.Length;
                }

                expected++;
                index += total;
                position += total;
                if (taken >= maxBytes)
                {
                    return (expected, position, null);
                }
            }

            if (into.Count > 0 && index > 0)
            {
                return (expected, position, null);
            }

            if (index == 0 && size < chunk.Length || index == 0 && wanted > limit - position)
            {
                return (expected, position, new Damage(position, expected, "the record is cut off"));
            }
        }

        return (expected, position, null);
    }

    private (long Offset, long Position) Seek(long offset)
    {
        lock (_gate)
        {
            var at = _index.Count - 1;
            while (at > 0 && _index[at].Offset > offset)
            {
                at--;
            }

            return (_index[at].Offset, _index[at].Position);
        }
    }

    private (long Offset, long Position) SeekTime(long instantMs)
    {
        lock (_gate)
        {
            var at = _index.Count - 1;
            while (at > 0 && _index[at].AppendedAtMs >= instantMs)
            {
                at--;
            }

            return (_index[at].Offset, _index[at].Position);
        }
    }

    private SafeFileHandle Handle()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _handle ??= File.OpenHandle(
                Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    private static int ReadFully(SafeFileHandle handle, Span<byte> chunk, long position)
    {
        var size = 0;
        while (size < chunk.Length)
        {
            var read = RandomAccess.Read(handle, chunk[size..], position + size);
            if (read == 0)
            {
                break;
            }

            size += read;
        }

        return size;
    }
}
