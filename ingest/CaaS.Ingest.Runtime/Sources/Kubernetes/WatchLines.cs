using System.Buffers;
using System.IO.Pipelines;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Reads the lines of a watch: one JSON document each, as many as have arrived at a time.</summary>
internal sealed class WatchLines
{
    private readonly PipeReader _reader;
    private readonly int _maxLineBytes;
    private readonly int _maxLineCount;

    public WatchLines(Stream stream, int maxLineBytes, int maxLineCount)
    {
        _reader = PipeReader.Create(stream);
        _maxLineBytes = maxLineBytes;
        _maxLineCount = maxLineCount;
    }

    /// <summary>Waits for lines.</summary>
    /// <param name="lines">Gets at least one line, unless the stream ended.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False at the end of the stream; an unfinished last line is dropped.</returns>
    /// <exception cref="InvalidDataException">A line is longer than allowed.</exception>
    public async ValueTask<bool> ReadAsync(List<byte[]> lines, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _reader.ReadAsync(cancellationToken);
            var rest = result.Buffer;
            while (lines.Count < _maxLineCount && rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                if (line.Length > 0)
                {
                    lines.Add(line.ToArray());
                }

                rest = rest.Slice(rest.GetPosition(1, end));
            }

            var isFull = lines.Count > 0;
            var isTooLong = !isFull && rest.Length > _maxLineBytes;
            _reader.AdvanceTo(rest.Start, isFull ? rest.Start : rest.End);
            if (isTooLong)
            {
                throw new InvalidDataException("A line of a watch is too long.");
            }

            if (isFull)
            {
                return true;
            }

            if (result.IsCompleted)
            {
                return false;
            }
        }
    }
}
