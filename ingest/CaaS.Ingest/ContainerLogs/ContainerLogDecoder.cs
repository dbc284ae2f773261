using System.Buffers;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.ContainerLogs;

/// <summary>Turns a piece of a container log file into records: joins parts of long lines, and the lines of a stack
/// trace.</summary>
/// <remarks>
/// Has no state of its own: what may still go on is not consumed and is read again, so that a position in the file is
/// all that need be remembered. Cost O(bytes).
/// </remarks>
public static class ContainerLogDecoder
{
    /// <summary>Many programs write all they have to say to stderr, so the stream is told but is no severity.</summary>
    private static readonly Label StandardError = new("stream", "stderr");

    /// <summary>Reads one piece.</summary>
    /// <param name="chunk">Bytes of the file from the remembered position on.</param>
    /// <param name="isIdle">True when the file has not grown since the last call: nothing is held back but an
    /// unfinished line.</param>
    /// <param name="origin">Who wrote the file.</param>
    /// <param name="now">Time for lines without one.</param>
    /// <param name="limits">Limits of size.</param>
    /// <param name="maxRecords">Stop after this many records, at least 1.</param>
    /// <param name="output">Receives the records in the order they began.</param>
    /// <returns>Bytes that are done with, and lines that have another format (they are kept as they are).</returns>
    public static (int ConsumedBytes, int MalformedCount) Decode(
        ReadOnlySpan<byte> chunk,
        bool isIdle,
        LogOrigin origin,
        DateTimeOffset now,
        IngestLimits limits,
        int maxRecords,
        List<LogRecord> output)
    {
        var pieces = new Pieces(limits);
        var start = 0;
        var malformedCount = 0;
        var lastTime = now;
        while (pieces.DoneCount < maxRecords)
        {
            var length = chunk[start..].IndexOf((byte)'\n');
            if (length < 0)
            {
                break;
            }

            var line = chunk.Slice(start, length);
            if (CriLine.TryParse(line, out var parsed))
            {
                lastTime = parsed.Time;
                pieces.Add(start, parsed.Time, parsed.IsError, parsed.IsPartial, parsed.Text);
            }
            else if (!line.IsEmpty)
            {
                malformedCount++;
                pieces.Add(start, lastTime, isError: false, isPartial: false, line);
            }

            start += length + 1;
        }

        // A line longer than four bodies will not end soon: what is known of it is given up with it.
        var isFull = chunk.Length >= 4 * limits.MaxLogLineBytes;
        if (start == 0 && isFull)
        {
            malformedCount++;
            pieces.Add(0, lastTime, isError: false, isPartial: false, chunk);
            start = chunk.Length;
        }

        // Stopped at the limit of records: what follows may still belong to the last one. But when all is held back
        // and no
        // more would fit, it is let go, for waiting could not help.
        var isAtLimit = pieces.DoneCount >= maxRecords;
        var heldFrom = isIdle && !isAtLimit ? start : Math.Min(start, pieces.HeldFrom());
        heldFrom = heldFrom == 0 && (isFull || isAtLimit) ? start : heldFrom;
        foreach (var piece in pieces.Before(heldFrom))
        {
            var body = LogBody.Parse(piece.Text.WrittenSpan, limits);
            output.Add(new LogRecord(
                piece.Time,
                origin.Entity,
                origin.Pod,
                origin.Container,
                body.Severity,
                body.Text,
                body.TraceId,
                body.SpanId,
                piece.IsError ? body.Attributes.Add(StandardError) : body.Attributes));
        }

        return (heldFrom, malformedCount);
    }

    /// <summary>True for a line that belongs to the one before: indented, a part of a stack trace, or a closing
    /// bracket.</summary>
    private static bool IsContinuation(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text[0] is (byte)' ' or (byte)'\t'
            || text.StartsWith("at "u8)
            || text.StartsWith("Caused by:"u8)
            || text.StartsWith("--- End of"u8)
            || text.StartsWith("... "u8)
            || text.StartsWith("goroutine "u8)
            || (text[0] is (byte)'}' or (byte)']' or (byte)')' && text.Length <= 2));

    /// <summary>Records being put together: at most one open per stream.</summary>
    private sealed class Pieces(IngestLimits limits)
    {
        private readonly List<Piece> _all = [];
        private readonly Piece?[] _open = new Piece?[2];

        public int DoneCount => _all.Count - _open.Count(piece => piece is not null);

        /// <summary>Where the first record begins that may still go on, or that shares its lines' place with such a
        /// one.</summary>
        public int HeldFrom()
        {
            var held = _open.Min(piece => piece?.Start ?? int.MaxValue);
            for (var index = _all.Count - 1; index >= 0; index--)
            {
                held = _all[index].LastLineStart >= held ? Math.Min(held, _all[index].Start) : held;
            }

            return held;
        }

        public IEnumerable<Piece> Before(int offset) => _all.Where(piece => piece.Start < offset);

        public void Add(int start, DateTimeOffset time, bool isError, bool isPartial, ReadOnlySpan<byte> text)
        {
            var stream = isError ? 1 : 0;
            var open = _open[stream];
            var isSameLine = open is { IsPartial: true };
            var isContinuation = isSameLine || IsContinuation(text);
            if (open is null || (!isContinuation && !open.IsTraceback))
            {
                open = new Piece(start, time, isError) { IsTraceback = text.StartsWith("Traceback ("u8) };
                _open[stream] = open;
                _all.Add(open);
            }
            else if (!isSameLine)
            {
                open.Append("\n"u8, limits.MaxLogLineBytes);
                open.IsTraceback &= isContinuation;
            }

            open.Append(text, limits.MaxLogLineBytes);
            open.LastLineStart = start;
            open.IsPartial = isPartial;
        }
    }

    private sealed class Piece(int start, DateTimeOffset time, bool isError)
    {
        public int Start { get; } = start;

        public int LastLineStart { get; set; }

        public DateTimeOffset Time { get; } = time;

        public bool IsError { get; } = isError;

        public bool IsPartial { get; set; }

        /// <summary>Python's stack comes before the exception: the next line that is not indented is the
        /// last.</summary>
        public bool IsTraceback { get; set; }

        public ArrayBufferWriter<byte> Text { get; } = new();

        /// <summary>Appends up to one byte past the limit, by which the reader of the body sees that it was
        /// cut.</summary>
        public void Append(ReadOnlySpan<byte> text, int maxBytes) =>
            Text.Write(text[..Math.Min(text.Length, Math.Max(0, maxBytes + 1 - Text.WrittenCount))]);
    }
}
