using System.Collections.Frozen;

namespace CaaS.Analytics.Text;

/// <summary>Cuts text of operations into terms.</summary>
/// <remarks>
/// Keeps what makes such a text findable: reasons in CamelCase, error and status codes, versions, host names, paths, as
/// a whole and by their words. Leaves out what never occurs twice: measured values, times, random parts of names. Cost
/// O(n); thread-safe.
/// </remarks>
public static class OperationsTokens
{
    private const int MaxLength = 96;

    private static readonly FrozenSet<string> Units = FrozenSet.ToFrozenSet(
        [
            "%", "s", "ms", "us", "ns", "m", "min", "h", "d", "b", "k", "kb", "kib", "mb", "mib", "gb", "gib", "g", "mi",
            "gi", "ki", "bytes", "seconds", "second", "minutes", "minute", "hours", "days", "times", "requests", "points",
            "deviations", "pods", "of", "x",
        ],
        StringComparer.Ordinal);

    /// <summary>Cuts a text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Its terms in order; a compound comes before its words.</returns>
    public static IReadOnlyList<Token> Of(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        string last = "", beforeLast = "";
        while (at < text.Length)
        {
            if (!IsInside(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (IsInside(text[at]) || (IsJoint(text[at]) && at + 1 < text.Length && IsInside(text[at + 1]))))
            {
                at++;
            }

            var chunk = text[start..at];
            var lower = chunk.ToLowerInvariant();
            if (!IsUnitOf(last, lower))
            {
                Take(chunk, UnitAfter(text, at), tokens);
            }

            if (lower == "memory" && (last == "out" || beforeLast == "out"))
            {
                tokens.Add(new Token("oom", "out of memory", false));
            }

            (beforeLast, last) = (last, lower);
        }

        return tokens;
    }

    private static bool IsInside(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_' || (letter > 127 && char.IsLetterOrDigit(letter));

    private static bool IsJoint(char letter) => letter is '-' or '.' or '/' or ':' or '@' or '#';

    private static void Take(string chunk, string unit, List<Token> tokens)
    {
        if (char.IsAsciiDigit(chunk[0]) && !chunk.Contains('/', StringComparison.Ordinal))
        {
            TakeNumber(chunk, unit, tokens);
            return;
        }

        var lower = chunk.ToLowerInvariant();
        if (IsVersion(lower) && chunk.Length <= MaxLength)
        {
            tokens.Add(new Token(lower[1..], chunk, false));
            return;
        }

        var words = Split(chunk);
        var isRandom = words.Any(IsRandom);
        if (words.Count == 1 && !chunk.AsSpan().ContainsAnyInRange('0', '9'))
        {
            Add(words[0], tokens);
            return;
        }

        if (chunk.Length <= MaxLength && !isRandom)
        {
            var hasWords = words.Any(word => Words.Term(Lower(word)).Length > 0 && !IsNumber(word));
            tokens.Add(new Token(lower, chunk, hasWords && words.Count > 1));
        }

        foreach (var word in words)
        {
            if (!IsNumber(word) && !IsRandom(word))
            {
                Add(word, tokens);
            }
        }
    }

    /// <summary>Numbers that name something: status and exit codes, versions, addresses.</summary>
    private static void TakeNumber(string chunk, string unit, List<Token> tokens)
    {
        var dots = chunk.Count(letter => letter == '.');
        var isPlain = IsNumber(chunk);
        var isName = isPlain
            ? chunk.Length is >= 3 and <= 5 && !Units.Contains(unit)
            : dots >= 2 && chunk.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or ':');
        if (isName)
        {
            tokens.Add(new Token(chunk.ToLowerInvariant(), chunk, false));
            return;
        }

        // 0x80070005, 3scale, 5xx: letters and digits that are no measured value, time or random part of a name.
        var digits = chunk.TakeWhile(char.IsAsciiDigit).Count();
        var rest = chunk[digits..].ToLowerInvariant();
        if (chunk.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || rest == "xx")
        {
            tokens.Add(new Token(chunk.ToLowerInvariant(), chunk, false));
        }
    }

    private static void Add(string word, List<Token> tokens)
    {
        var term = Words.Term(Lower(word));
        if (term.Length > 0)
        {
            tokens.Add(new Token(term, word, false));
        }
    }

    /// <summary>Words of a compound: at joints, underscores and humps; a run of capitals is one word.</summary>
    private static List<string> Split(string chunk)
    {
        var words = new List<string>();
        var start = 0;
        for (var at = 1; at <= chunk.Length; at++)
        {
            if (at == chunk.Length || IsBorder(chunk, at))
            {
                var word = chunk[start..at].Trim('-', '.', '/', ':', '@', '#', '_');
                if (word.Length is > 0 and <= MaxLength)
                {
                    words.Add(word);
                }

                start = at;
            }
        }

        return words;
    }

    private static bool IsBorder(string chunk, int at)
    {
        var (before, here) = (chunk[at - 1], chunk[at]);
        return IsJoint(here) || here == '_' || IsJoint(before) || before == '_'
            || (char.IsUpper(here) && (char.IsLower(before)
                || (char.IsUpper(before) && at + 1 < chunk.Length && char.IsLower(chunk[at + 1]))));
    }

    private static string UnitAfter(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\u00a0')
        {
            at++;
        }

        var start = at;
        while (at < text.Length && (char.IsLetter(text[at]) || text[at] == '%'))
        {
            at++;
        }

        return text[start..at].ToLowerInvariant();
    }

    private static bool IsUnitOf(string before, string lower) =>
        lower.Length <= 3 && before.Length > 0 && char.IsAsciiDigit(before[0]) && Units.Contains(lower);

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);

    /// <summary>v1.4.2, v2.0-rc.1.</summary>
    private static bool IsVersion(string lower) =>
        lower.Length > 3 && lower[0] == 'v' && char.IsAsciiDigit(lower[1]) && lower.Contains('.', StringComparison.Ordinal)
        && !lower.Contains('/', StringComparison.Ordinal);

    /// <summary>A part such as the hash in a pod's name: letters and digits mixed more than once.</summary>
    private static bool IsRandom(string word)
    {
        if (word.Length < 5)
        {
            return false;
        }

        var changes = 0;
        for (var i = 1; i < word.Length; i++)
        {
            changes += char.IsAsciiDigit(word[i]) != char.IsAsciiDigit(word[i - 1]) ? 1 : 0;
        }

        return changes >= 2;
    }

    private static string Lower(string word) => word.ToLowerInvariant();
}
