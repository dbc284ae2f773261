using System.Buffers.Binary;

namespace CaaS.Log.Segments;

/// <summary>How far one consumer group has come in one partition: a file of two slots written in turn.</summary>
/// <remarks>
/// A commit overwrites the older slot and synchronises once, so a crash leaves the newer slot whole: no rename, no log
/// to compact. The slots lie 4 KiB apart, for a disk writes whole sectors. Thread-safe.
/// </remarks>
internal sealed class GroupOffset
{
    private const int SlotBytes = 32;
    private const int SlotDistance = 4096;
    private const ushort Version = 1;

    // Serialises commits; held during the fsync on purpose, for commits of one group have an order.
    private readonly Lock _gate = new();
    private readonly string _path;
    private long _sequence;
    private long _next = -1;

    public GroupOffset(string path)
    {
        _path = path;
        if (File.Exists(path))
        {
            Load();
        }
    }

    private static ReadOnlySpan<byte> Magic => "CaaG"u8;

    /// <summary>First offset not yet processed, or null when there was no commit.</summary>
    public long? Next => Volatile.Read(ref _next) is >= 0 and var next ? next : null;

    /// <summary>Remembers durably.</summary>
    /// <exception cref="IOException">Not remembered.</exception>
    public void Commit(long next)
    {
        lock (_gate)
        {
            if (next == _next)
            {
                return;
            }

            var slot = new byte[SlotBytes];
            Write(slot, _sequence + 1, next);
            if (_next < 0)
            {
                var both = new byte[SlotDistance + SlotBytes];
                slot.CopyTo(both, 0);
                slot.CopyTo(both, SlotDistance);
                DurableFile.WriteAtomically(_path, both);
            }
            else
            {
                using var handle = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
                RandomAccess.Write(handle, slot, (_sequence + 1) % 2 * SlotDistance);
                RandomAccess.FlushToDisk(handle);
            }

            _sequence++;
            Volatile.Write(ref _next, next);
        }
    }

    private static void Write(Span<byte> slot, long sequence, long next)
    {
        Magic.CopyTo(slot);
        BinaryPrimitives.WriteUInt16LittleEndian(slot[4..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(slot[16..], next);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[28..], Crc32C.Of(slot[..28]));
    }

    private void Load()
    {
        var bytes = File.ReadAllBytes(_path);
        for (var at = 0; at <= SlotDistance; at += SlotDistance)
        {
            if (bytes.Length < at + SlotBytes)
            {
                break;
            }

            var slot = bytes.AsSpan(at, SlotBytes);
            if (!slot.StartsWith(Magic)
                || BinaryPrimitives.ReadUInt32LittleEndian(slot[28..]) != Crc32C.Of(slot[..28]))
            {
                continue;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(slot[4..]) > Version)
            {
                throw new DataFolderException($"{_path} was written by a newer program. Start that one again.");
            }

            var sequence = BinaryPrimitives.ReadInt64LittleEndian(slot[8..]);
            if (_next < 0 || sequence > _sequence)
            {
                _sequence = sequence;
                _next = BinaryPrimitives.ReadInt64LittleEndian(slot[16..]);
            }
        }

        if (_next < 0)
        {
            throw new LogCorruptException(_path, 0, 0, 0, "neither of its two slots is intact");
        }
    }
}
