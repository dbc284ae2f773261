using System.Globalization;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Reads the values of a log line with their names and units.</summary>
/// <remarks>
/// <c>user=42</c>, <c>user: 42</c> and <c>user 42</c> all name it user; <c>12ms</c>, <c>1.5 MB</c> and
/// <c>30 seconds</c> have units. For one line at a time, on request: it allocates.
/// </remarks>
public static class LogVariables
{
    private const int TokensMax = 512;

    /// <summary>Reads a line.</summary>
    /// <param name="line">Line.</param>
    /// <returns>Its values in order; identifiers with digits count as values, words do not.</returns>
    public static LogVariable[] Of(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        var tokens = new LogToken[TokensMax];
        var count = new LogScanner(line, tokens).Scan();
        var found = new List<LogVariable>();
        for (var index = 0; index < count; index++)
        {
            var token = tokens[index];
            var isUnit = token is { Kind: LogTokenKind.Soft, Length: > 0 } && line[token.Start] == ' ';
            if (isUnit || token.Kind is not (LogTokenKind.Value or LogTokenKind.Soft))
            {
                continue;
            }

            var text = line.Slice(token.Start, token.Length);
            var (number, unit) = Number(text);
            if (unit.Length == 0 && !double.IsNaN(number))
            {
                unit = UnitAfter(line, token.End);
            }

            found.Add(new LogVariable(Name(line, tokens.AsSpan(0, index)), text.ToString(), number, unit));
        }

        return [.. found];
    }

    private static (double Number, string Unit) Number(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && (char.IsAsciiLetter(text[end - 1]) || text[end - 1] is '%' or 'µ'))
        {
            end--;
        }

        var isNumber = double.TryParse(
            text[..end], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number);
        return isNumber ? (number, text[end..].ToString()) : (double.NaN, "");
    }

    private static string UnitAfter(ReadOnlySpan<char> line, int at)
    {
        if (at < line.Length && line[at] == '%')
        {
            return "%";
        }

        if (at + 1 >= line.Length || line[at] != ' ')
        {
            return "";
        }

        var end = at + 1;
        while (end < line.Length && char.IsAsciiLetter(line[end]))
        {
            end++;
        }

        var word = line[(at + 1)..end];
        return LogText.IsSizeUnit(word) || IsUnit(word) ? word.ToString() : "";
    }

    private static bool IsUnit(ReadOnlySpan<char> word) => word is "ns" or "us" or "ms" or "s" or "sec" or "secs"
        or "second" or "seconds" or "min" or "minutes" or "h" or "hours" or "days" or "bytes" or "millis"
        or "milliseconds" or "microseconds" or "MHz" or "GHz" or "percent" or "rpm" or "ops";

    private static string Name(ReadOnlySpan<char> line, ReadOnlySpan<LogToken> before)
    {
        for (var index = before.Length - 1; index >= 0 && before.Length - index <= 4; index--)
        {
            var token = before[index];
            if (token.Kind == LogTokenKind.Word)
            {
                return line.Slice(token.Start, token.Length).ToString();
            }

            var isJoint = token.Kind == LogTokenKind.Space
                || line[token.Start] is '=' or ':' or '"' or '\'' or '[' or '(' or '#';
            if (!isJoint)
            {
                break;
            }
        }

        return "";
    }
}
