using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace CaaS.Log.Segments;

/// <summary>Decides what to do with the files of a partition that are found at the start, as FORMAT.md says. Used
/// once.</summary>
internal sealed partial class SegmentRecovery(
    string folder, string topic, int partition, LogMetrics metrics, ILogger logger, Action<SafeFileHandle> fsync)
{
    private readonly ILogger _logger = logger;
    private Segment[] _segments = [];
    private long _end;
    private long _lastMs;
    private SafeFileHandle? _handle;

    /// <summary>Reads the files.</summary>
    /// <returns> Segments in order, the next offset, the time no record may be earlier than, and the handle to append
    /// to the last segment with, or null when a new one is to be begun. </returns>
    public (Segment[] Segments, long End, long LastMs, SafeFileHandle? Handle) Recover()
    {
        Directory.CreateDirectory(folder);
        var found = new List<Segment>();
        foreach (var path in Directory.EnumerateFiles(folder, "*" + SegmentFormat.Extension)
            .Order(StringComparer.Ordinal))
        {
            if (SegmentFormat.TryParseFileName(Path.GetFileName(path), out var baseOffset))
            {
                found.Add(new Segment(path, partition, baseOffset));
            }
        }

        // A crash between making a file and writing its header leaves a last file too short to hold a record.
        if (found.Count > 0 && new FileInfo(found[^1].Path).Length <= SegmentFormat.FileHeaderBytes)
        {
            _end = found[^1].BaseOffset;
            found[^1].Dispose();
            File.Delete(found[^1].Path);
            found.RemoveAt(found.Count - 1);
        }

        foreach (var segment in found)
        {
            if (segment.Open() is { } fault)
            {
                LogHeader(segment.Path, fault);
            }
        }

        _segments = [.. found];
        if (found.Count > 0)
        {
            ResumeIn(found);
        }

        return (_segments, _end, _lastMs, _handle);
    }

    /// <summary>Checks the last segment and goes on behind its last intact record, unless it is damaged or
    /// sealed.</summary>
    private void ResumeIn(List<Segment> found)
    {
        var last = found[^1];
        var (position, offset, lastMs, damage) = last.Scan();
        _lastMs = lastMs ?? (found.Count > 1 ? found[^2].Scan().LastMs : null) ?? 0;
        if (_end > offset && damage is null)
        {
            return; // The next, still empty, segment was found and begins further on.
        }

        if (damage is not null && FindAcknowledged(last, damage) is { } rot)
        {
            _end = Math.Max(_end, rot.Offset + 1);
            _lastMs = Math.Max(_lastMs, rot.AppendedAtMs);
            LogRot(last.Path, damage.Position, damage.Why, _end);
            return;
        }

        if (_end > offset)
        {
            LogRot(last.Path, position, damage?.Why ?? "", _end);
            return;
        }

        _end = offset;
        _handle = SegmentStore.OpenForWriting(last.Path, FileMode.Open);
        if (position < last.Length)
        {
            var torn = last.Length - position;
            RandomAccess.SetLength(_handle, position);
            fsync(_handle);
            last.Length = position;
            metrics.Cut(topic, torn);
            LogTorn(torn, last.Path, position, damage?.Why ?? "");
        }
    }

    /// <summary>
    /// A torn tail is what was being written when the power went: nobody was told it is durable. But an intact record
    /// behind the damage that says the damaged one was durable when it was written itself proves rot of acknowledged
    /// data.
    /// </summary>
    /// <returns>The last intact record behind such damage, or null for a torn tail.</returns>
    private static RecordHeader? FindAcknowledged(Segment segment, Damage damage)
    {
        using var stream = new FileStream(
            segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = damage.Position;
        var rest = new byte[segment.Length - damage.Position];
        stream.ReadExactly(rest);
        var isRot = false;
        RecordHeader? last = null;
        for (var at = 1; rest.Length - at > SegmentFormat.RecordHeaderBytes; at++)
        {
            var header = SegmentFormat.ReadRecordHeader(rest.AsSpan(at));
            var size = SegmentFormat.RecordHeaderBytes + (long)header.Length;
            if (!SegmentFormat.IsLength(header.Length)
                || header.Offset <= damage.Offset
                || header.Offset > damage.Offset + rest.Length
                || size > rest.Length - at
                || !SegmentFormat.IsIntact(header, rest.AsSpan(at, (int)size)))
            {
                continue;
            }

            isRot |= header.DurableOffset > damage.Offset;
            last = header;
            at += (int)size - 1;
        }

        return isRot ? last : null;
    }

    [LoggerMessage(1003, LogLevel.Warning,
        "Cut {Bytes} unacknowledged bytes off {File} at {Position}: {Why}. The last run ended while writing them.")]
    private partial void LogTorn(long bytes, string file, long position, string why);

    [LoggerMessage(1004, LogLevel.Error,
        "The log file {File} is damaged at byte {Position}: {Why}. It is kept as it is; new records begin at {Offset}.")]
    private partial void LogRot(string file, long position, string why, long offset);

    [LoggerMessage(1005, LogLevel.Error, "The header of the log file {File} is damaged: {Why}. Its records are still read.")]
    private partial void LogHeader(string file, string why);
}
