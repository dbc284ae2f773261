namespace CaaS.Analytics.LogTemplates;

/// <summary>What is worth comparing of a message of several lines: its first line and the exceptions it
/// names.</summary>
/// <remarks>Frames differ from one occurrence to the next; the types of the exceptions, outermost first, do
/// not.</remarks>
public static class StackTraceText
{
    private const int TypesMax = 4;

    /// <summary>Writes the part of a message that tells its kind.</summary>
    /// <param name="message">Message of one or several lines.</param>
    /// <param name="head">Where it goes; what does not fit is left out.</param>
    /// <returns>How many characters were written; 0 when the message has one line and is its own head.</returns>
    public static int Head(ReadOnlySpan<char> message, Span<char> head)
    {
        var end = message.IndexOfAny('\r', '\n');
        if (end < 0)
        {
            return 0;
        }

        var first = message[..Math.Min(end, head.Length)].TrimEnd();
        first.CopyTo(head);
        var length = first.Length;
        var types = 0;
        foreach (var line in message[end..].EnumerateLines())
        {
            var type = ExceptionType(line);
            if (type.IsEmpty || first.Contains(type, StringComparison.Ordinal) || types == TypesMax
                || length + type.Length + 3 > head.Length)
            {
                continue;
            }

            " | ".CopyTo(head[length..]);
            type.CopyTo(head[(length + 3)..]);
            length += type.Length + 3;
            types++;
        }

        return length;
    }

    /// <summary>Tells whether a line only goes on with the message before it.</summary>
    /// <param name="line">Line.</param>
    /// <returns>True for frames, causes, indented text and closing brackets.</returns>
    public static bool IsContinuation(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] is ' ' or '\t')
        {
            return true;
        }

        return IsFrame(line)
            || line.StartsWith("at ", StringComparison.Ordinal)
            || line.StartsWith("... ", StringComparison.Ordinal)
            || line.StartsWith("goroutine ", StringComparison.Ordinal)
            || line.StartsWith("Traceback (", StringComparison.Ordinal)
            || (line[0] is '}' or ']' or ')' && line.Length <= 2);
    }

    /// <summary>Tells whether a line is a part of a stack trace and nothing else, whatever came before it.</summary>
    /// <param name="line">Line.</param>
    /// <returns>True for indented frames of Java, .NET, JavaScript and Python, and for causes.</returns>
    public static bool IsFrame(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        var isIndented = text.Length < line.Length;
        return (isIndented && (text.StartsWith("at ", StringComparison.Ordinal)
                || text.StartsWith("File \"", StringComparison.Ordinal)
                || (text.StartsWith("... ", StringComparison.Ordinal)
                    && text.EndsWith(" more", StringComparison.Ordinal))))
            || text.StartsWith("Caused by:", StringComparison.Ordinal)
            || text.StartsWith("Suppressed:", StringComparison.Ordinal)
            || text.StartsWith("--- End of", StringComparison.Ordinal)
            || text.StartsWith("---> ", StringComparison.Ordinal);
    }

    /// <summary>The type of the exception a line names; empty when it names none.</summary>
    /// <param name="line">Line.</param>
    public static ReadOnlySpan<char> ExceptionType(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        if (text.StartsWith("at ", StringComparison.Ordinal))
        {
            return [];
        }

        foreach (var range in text.SplitAny(' ', ':', '(', ',', '\t'))
        {
            var word = text[range];
            var isType = word.Length > 9 && char.IsAsciiLetter(word[0])
                && (word.EndsWith("Exception", StringComparison.Ordinal) || word.EndsWith("Error", StringComparison.Ordinal));
            if (isType && (word.Contains('.') || range.Start.Value == 0))
            {
                return word;
            }
        }

        return [];
    }
}
