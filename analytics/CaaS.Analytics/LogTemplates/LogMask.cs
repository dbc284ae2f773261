using System.Text;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Replaces what varies in a log line by typed masks, without knowing the line's source.</summary>
/// <remarks>
/// One pass, no regular expressions. Masks: <c>&lt;num&gt;</c> (also with a unit, such as 12ms), <c>&lt;hex&gt;</c>,
/// <c>&lt;uuid&gt;</c>, <c>&lt;ip&gt;</c> (also with a port), <c>&lt;time&gt;</c>, <c>&lt;str&gt;</c> (quoted),
/// <c>&lt;*&gt;</c> (letters and digits mixed). Only the first line of a stack trace is kept, with the type of the
/// exception.
/// </remarks>
internal static class LogMask
{
    private const int LengthMax = 512;

    /// <summary>Masks a line.</summary>
    /// <param name="body">Line, or several: a stack trace.</param>
    /// <returns>Its masked form, at most some 600 characters.</returns>
    public static string Of(string body)
    {
        var text = body.AsSpan().Trim();
        var end = text.IndexOfAny('\r', '\n');
        var first = end < 0 ? text : text[..end];
        var masked = new StringBuilder();
        Mask(first.Length > LengthMax ? first[..LengthMax] : first, masked);
        if (end >= 0 && ExceptionType(text) is { Length: > 0 } type && !first.Contains(type, StringComparison.Ordinal))
        {
            masked.Append(" | ").Append(type);
        }

        return masked.ToString();
    }

    /// <summary>Tells whether a line only continues a stack trace.</summary>
    /// <param name="body">Line.</param>
    /// <returns>True for <c>   at Some.Method()</c> and the like.</returns>
    public static bool IsContinuation(string body)
    {
        var text = body.AsSpan();
        var trimmed = text.TrimStart();
        return (trimmed.Length < text.Length && trimmed.StartsWith("at ")) || trimmed.StartsWith("--- End of");
    }

    private static void Mask(ReadOnlySpan<char> text, StringBuilder masked)
    {
        var index = 0;
        while (index < text.Length)
        {
            var rest = text[index..];
            var length = Quoted(text, index);
            if (length > 0)
            {
                masked.Append("<str>");
            }
            else if (!char.IsLetterOrDigit(text[index]))
            {
                masked.Append(text[index]);
                length = 1;
            }
            else
            {
                length = Word(rest, masked);
            }

            index += length;
        }
    }

    /// <summary>Length of a quoted value that starts here, with its quotes; 0 when none does.</summary>
    private static int Quoted(ReadOnlySpan<char> text, int index)
    {
        var quote = text[index];
        var isStart = quote is '"' or '\'' && (index == 0 || !char.IsLetterOrDigit(text[index - 1]));
        var length = isStart ? text[(index + 1)..].IndexOf(quote) : -1;
        return length < 0 ? 0 : length + 2;
    }

    private static int Word(ReadOnlySpan<char> rest, StringBuilder masked)
    {
        if (IsUuid(rest))
        {
            masked.Append("<uuid>");
            return 36;
        }

        var dotted = Run(rest, static c => char.IsDigit(c) || c is '.' or ':');
        if (rest[..dotted].Count('.') == 3 && !rest[..dotted].EndsWith("."))
        {
            masked.Append("<ip>");
            return dotted;
        }

        var stamp = Run(rest, static c => char.IsDigit(c) || c is '-' or ':' or 'T' or 'Z' or '.' or '+');
        if (stamp >= 19 && rest[4] == '-' && rest[..stamp].Contains(':'))
        {
            masked.Append("<time>");
            return stamp;
        }

        var length = Run(rest, static c => char.IsLetterOrDigit(c) || c == '_');
        masked.Append(MaskOf(rest[..length], out var isNumber));
        return isNumber ? length + Fraction(rest[length..]) : length;
    }

    private static ReadOnlySpan<char> MaskOf(ReadOnlySpan<char> word, out bool isNumber)
    {
        isNumber = false;
        var digits = Run(word, char.IsDigit);
        if (!word.ContainsAnyInRange('0', '9'))
        {
            return word;
        }

        if (digits == word.Length || (digits > 0 && word.Length - digits <= 2 && !word[digits..].ContainsAnyInRange('0', '9')))
        {
            isNumber = true;
            return "<num>";
        }

        var hex = word.StartsWith("0x") ? word[2..] : word;
        return hex.Length >= 6 && Run(hex, char.IsAsciiHexDigit) == hex.Length ? "<hex>" : "<*>";
    }

    /// <summary>Length of <c>.25</c> or <c>.25ms</c> after a number.</summary>
    private static int Fraction(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[0] != '.' || !char.IsDigit(rest[1]))
        {
            return 0;
        }

        var digits = 1 + Run(rest[1..], char.IsDigit);
        return digits + Math.Min(2, Run(rest[digits..], char.IsLetter));
    }

    private static bool IsUuid(ReadOnlySpan<char> text) =>
        text.Length >= 36 && text[8] == '-' && Guid.TryParseExact(text[..36], "D", out _);

    private static int Run(ReadOnlySpan<char> text, Func<char, bool> isPart)
    {
        var length = 0;
        while (length < text.Length && isPart(text[length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>First word that ends in Exception or Error and has a dot before it, or an empty span.</summary>
    private static string ExceptionType(ReadOnlySpan<char> text)
    {
        foreach (var range in text[..Math.Min(text.Length, 2048)].SplitAny(' ', ':', '\n', '\r', '(', '\t', ','))
        {
            var word = text[range];
            if (word.Contains('.') && (word.EndsWith("Exception") || word.EndsWith("Error")))
            {
                return word.ToString();
            }
        }

        return "";
    }
}
