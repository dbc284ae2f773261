using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace CaaS.Log.Segments;

/// <summary>The segment files of one partition, write side: recovers, appends groups, rolls, retires.</summary>
/// <remarks>
/// One owner, the partition's writer; readers see <see cref="Segments"/> and <see cref="End"/>, which change whole.
/// After a failed write or fsync nothing of the file behind its durable length is trusted: the file is cut back,
/// sealed, and a new one begun, never is the same handle synchronised again (https://lwn.net/Articles/752063/).
/// </remarks>
internal sealed partial class SegmentStore : IDisposable
{
    private readonly string _folder;
    private readonly string _topic;
    private readonly int _partition;
    private readonly LogOptions _options;
    private readonly int _partitionCount;
    private readonly LogMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Action<SafeFileHandle> _fsync;
    private SafeFileHandle? _handle;
    private Segment[] _segments = [];
    private long _end;
    private long _lastMs;
    private byte[] _buffer = [];

    public SegmentStore(
        string folder,
        Topic topic,
        int partition,
        LogOptions options,
        LogMetrics metrics,
        ILogger logger,
        Action<SafeFileHandle> fsync)
    {
        _folder = folder;
        _topic = topic.Name;
        _partition = partition;
        _partitionCount = topic.PartitionCount;
        _options = options;
        _metrics = metrics;
        _logger = logger;
        _fsync = fsync;
        (_segments, _end, _lastMs, _handle) =
            new SegmentRecovery(folder, topic.Name, partition, metrics, logger, fsync).Recover();
        if (_handle is null)
        {
            Roll();
        }
    }

    /// <summary>Segments kept, in order; at least one.</summary>
    public Segment[] Segments => Volatile.Read(ref _segments);

    /// <summary>Offset the next append gets: everything below is durable.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Time no record may be earlier than, Unix ms.</summary>
    public long LastMs => _lastMs;

    /// <summary>Writes records as one group and makes them durable.</summary>
    /// <returns>Offset of the first.</returns>
    /// <exception cref="IOException">Nothing of the group is durable, nor will it become so.</exception>
    public long Append(IReadOnlyList<PendingAppend> group, long nowMs)
    {
        var handle = _handle ?? Reopen();
        var active = _segments[^1];
        var ms = Math.Max(nowMs, _lastMs);
        if (active.Length >= _options.SegmentBytes || IsOld(active, ms))
        {
            handle = Roll();
            active = _segments[^1];
        }

        var size = Assemble(group, ms);
        try
        {
            RandomAccess.Write(handle, _buffer.AsSpan(0, size), active.Length);
            _fsync(handle);
        }
        catch
        {
            Poison();
            throw;
        }

        var first = _end;
        active.FirstMs = Math.Min(active.FirstMs, ms);
        active.Note(first, active.Length, ms);
        active.Length += size;
        _lastMs = ms;
        Volatile.Write(ref _end, first + group.Count);
        _metrics.Synced(_topic);
        if (_buffer.Length > 4 * _options.GroupCommitBytes)
        {
            _buffer = [];
        }

        return first;
    }

    /// <summary>Removes closed segments that are too old or too much.</summary>
    public void Retire(long nowMs)
    {
        var segments = _segments;
        var bytes = segments.Sum(segment => segment.Length);
        var oldest = nowMs - (long)_options.RetentionAge.TotalMilliseconds;
        var count = 0;
        while (count < segments.Length - 1
            && (bytes > _options.RetentionBytes / _partitionCount || segments[count + 1].FirstMs < oldest))
        {
            bytes -= segments[count].Length;
            count++;
        }

        if (count == 0)
        {
            return;
        }

        Volatile.Write(ref _segments, segments[count..]);
        foreach (var segment in segments[..count])
        {
            segment.Dispose();
            File.Delete(segment.Path);
        }

        LogRetired(count, _topic, _partition, segments[count].BaseOffset);
    }

    /// <summary>Opens a segment to write to; readers may read and retention may delete meanwhile.</summary>
    public static SafeFileHandle OpenForWriting(string path, FileMode mode) =>
        File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public void Dispose()
    {
        _handle?.Dispose();
        foreach (var segment in _segments)
        {
            segment.Dispose();
        }
    }

    private bool IsOld(Segment active, long ms) =>
        // A quiet topic's segment never fills; closing it by age lets retention by age reach it.
        active.FirstMs < ms - (_options.RetentionAge.TotalMilliseconds / 4);

    private int Assemble(IReadOnlyList<PendingAppend> group, long ms)
    {
        var size = 0;
        foreach (var append in group)
        {
            size += SegmentFormat.RecordHeaderBytes + append.Payload.Length;
        }

        if (_buffer.Length < size)
        {
            _buffer = new byte[size];
        }

        var at = 0;
        for (var index = 0; index < group.Count; index++)
        {
            at += SegmentFormat.WriteRecord(_buffer.AsSpan(at), group[index].Payload, _end + index, ms, _end);
        }

        return size;
    }

    private void Poison()
    {
        _handle?.Dispose();
        _handle = null;
        LogPoisoned(_segments[^1].Path, _end);
    }

    private SafeFileHandle Reopen()
    {
        var active = _segments[^1];
        using (var handle = OpenForWriting(active.Path, FileMode.Open))
        {
            RandomAccess.SetLength(handle, active.Length);
            _fsync(handle);
        }

        return Roll();
    }

    private SafeFileHandle Roll()
    {
        var path = Path.Combine(_folder, SegmentFormat.FileName(_end));
        var header = new byte[SegmentFormat.FileHeaderBytes];
        SegmentFormat.WriteFileHeader(header, _partition, _end);

        // No acknowledged record can be in a file of this name: they are all below the end.
        var handle = OpenForWriting(path, FileMode.Create);
        try
        {
            RandomAccess.Write(handle, header, 0);
            _fsync(handle);
            DurableFile.SyncFolder(_folder);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        _handle?.Dispose();
        _handle = handle;
        var kept = _segments.Length > 0 && _segments[^1].BaseOffset == _end ? _segments[..^1] : _segments;
        var replaced = kept.Length < _segments.Length ? _segments[^1] : null;
        Volatile.Write(
            ref _segments, [.. kept, new Segment(path, _partition, _end) { Length = SegmentFormat.FileHeaderBytes }]);
        replaced?.Dispose();
        return handle;
    }

    [LoggerMessage(1001, LogLevel.Error,
        "A write to {File} failed: nothing from record {Offset} on is durable. The file is cut back before the next append.")]
    private partial void LogPoisoned(string file, long offset);

    [LoggerMessage(1002, LogLevel.Information, "Removed {Count} segments of {Topic}/{Partition}; it now begins at {First}.")]
    private partial void LogRetired(int count, string topic, int partition, long first);
}
