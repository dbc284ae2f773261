using System.Text;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Puts the lines of one message together again: stack traces, dumps, pretty-printed objects.</summary>
/// <remarks>
/// One joiner a stream of lines. A line that <see cref="StackTraceText.IsContinuation"/> calls one goes on with the
/// message before it; after a Python traceback, the next line that is not indented is its last. Both limits cut: what
/// is past them starts no new message and is counted.
/// </remarks>
/// <param name="maxLines">Most lines of a message.</param>
/// <param name="maxLength">Most characters of a message.</param>
public sealed class LogJoiner(int maxLines = 200, int maxLength = 32_768)
{
    private readonly StringBuilder _message = new();
    private int _lines;
    private bool _isTraceback;

    /// <summary>Lines left out because a message was too long.</summary>
    public long Cut { get; private set; }

    /// <summary>Takes in a line.</summary>
    /// <param name="line">Line without its end.</param>
    /// <returns>The message that ended with the line before; null when none did.</returns>
    public string? Add(ReadOnlySpan<char> line)
    {
        var isContinuation = _lines > 0 && StackTraceText.IsContinuation(line);
        var isLast = !isContinuation && _lines > 0 && _isTraceback && !line.IsEmpty;
        var ended = isContinuation || isLast ? null : Flush();
        Append(line);
        _isTraceback = !isLast && (_isTraceback || line.StartsWith("Traceback (", StringComparison.Ordinal));
        return ended;
    }

    /// <summary>Ends the message: the stream paused or closed.</summary>
    /// <returns>The message; null when there is none.</returns>
    public string? Flush()
    {
        if (_lines == 0)
        {
            return null;
        }

        var message = _message.ToString();
        _message.Clear();
        _lines = 0;
        _isTraceback = false;
        return message;
    }

    private void Append(ReadOnlySpan<char> line)
    {
        if (_lines >= maxLines || (_lines > 0 && _message.Length + line.Length + 1 > maxLength))
        {
            Cut++;
            return;
        }

        _message.Append(_lines > 0 ? "\n" : "").Append(line[..Math.Min(line.Length, maxLength)]);
        _lines++;
    }
}
