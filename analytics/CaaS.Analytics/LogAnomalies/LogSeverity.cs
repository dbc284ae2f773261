using CaaS.Analytics.LogTemplates;
using CaaS.Signals;

namespace CaaS.Analytics.LogAnomalies;

/// <summary>Reads how grave a line is from its text, where its source said nothing or only Information.</summary>
/// <remarks>
/// Conservative, in this order: a level the text itself states at its beginning is believed, whichever it is; frames of
/// a stack trace make an error; then the wording (<see cref="ErrorWording"/>). A source that says more than
/// Information, or less, is believed. Cost O(length) with vectorised searches; nothing is allocated unless a level is
/// stated.
/// </remarks>
public static class LogSeverity
{
    private const int HeadMax = 80;
    private const int WordsMax = 8;
    private const int BodyMax = 8192;

    /// <summary>Severity of a line.</summary>
    /// <param name="said">What its source said.</param>
    /// <param name="body">Message of one or several lines; its first 8,192 characters count.</param>
    /// <returns>What the text shows, at least Warning; else <paramref name="said"/>.</returns>
    public static Severity Of(Severity said, ReadOnlySpan<char> body)
    {
        if (said is not (Severity.Unspecified or Severity.Information))
        {
            return said;
        }

        body = body[..Math.Min(body.Length, BodyMax)].TrimStart();
        var end = body.IndexOfAny('\r', '\n');
        var first = end < 0 ? body : body[..end];
        var stated = Stated(first);
        if (stated != Severity.Unspecified)
        {
            return stated >= Severity.Warning ? stated : said;
        }

        var read = ErrorWording.Of(first);
        if (read < Severity.Error && end >= 0 && HasFrames(body[end..]))
        {
            read = Severity.Error;
        }

        return read >= Severity.Warning ? read : said;
    }

    private static bool HasFrames(ReadOnlySpan<char> lines)
    {
        foreach (var line in lines.EnumerateLines())
        {
            if (StackTraceText.IsFrame(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The level a text states before its message: shouted, in brackets, named, or before a colon.</summary>
    private static Severity Stated(ReadOnlySpan<char> line)
    {
        if (line.Length > 5 && line[0] is 'I' or 'W' or 'E' or 'F' && line[5] == ' '
            && !line[1..5].ContainsAnyExceptInRange('0', '9'))
        {
            return SeverityText.Parse(line[..1].ToString()); // klog: E0412 12:00:00.000000
        }

        var head = line[..Math.Min(line.Length, HeadMax)];
        var start = 0;
        for (var words = 0; words < WordsMax && start < head.Length; words++)
        {
            while (start < head.Length && !char.IsAsciiLetterOrDigit(head[start]))
            {
                start++;
            }

            var end = start;
            while (end < head.Length && (char.IsAsciiLetterOrDigit(head[end]) || head[end] is '_' or '-' or '.'))
            {
                end++;
            }

            var isLevel = end - start is >= 3 and <= 11 && !head[start..end].ContainsAnyInRange('0', '9')
                && IsStated(head, start, end);
            if (isLevel && SeverityText.Parse(head[start..end].ToString()) is not Severity.Unspecified and var level)
            {
                return level;
            }

            start = end;
        }

        return Severity.Unspecified;
    }

    private static bool IsStated(ReadOnlySpan<char> head, int start, int end)
    {
        var before = head[..start];
        var next = end < head.Length ? head[end] : ' ';
        var isBracketed = start > 0 && before[^1] is '[' or '<' or '|' && next is ']' or '>' or '|' or ' ';
        var isNamed = start > 0 && IsName(before.TrimEnd("\"' ").TrimEnd("=:").TrimEnd("\"' "));
        var isLabel = start == 0 && next == ':' && end + 1 < head.Length && head[end + 1] == ' ';
        var isShouted = !head[start..end].ContainsAnyExceptInRange('A', 'Z')
            && next is ' ' or '\t' or ':' or ']' or '|';
        return (isBracketed || isNamed || isLabel || isShouted) && !ErrorWording.IsDenied(head, start, end);
    }

    /// <summary>True when what ends here is the name of a field that holds a level.</summary>
    private static bool IsName(ReadOnlySpan<char> text)
    {
        var at = text.Length;
        while (at > 0 && (char.IsAsciiLetter(text[at - 1]) || text[at - 1] == '_'))
        {
            at--;
        }

        var word = text[at..];
        return word.Equals("level", StringComparison.OrdinalIgnoreCase)
            || word.Equals("lvl", StringComparison.OrdinalIgnoreCase)
            || word.Equals("loglevel", StringComparison.OrdinalIgnoreCase)
            || word.Equals("severity", StringComparison.OrdinalIgnoreCase);
    }
}
