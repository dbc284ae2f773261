namespace CaaS.Analytics.LogTemplates;

/// <summary>Knows names of hosts, ranges of them and identifiers by their form.</summary>
/// <remarks>Hot path: nothing is allocated.</remarks>
internal static class LogNames
{
    private const int UuidLength = 36;

    /// <summary>True for <c>name-1:80</c>, <c>a.b.c:80</c> and <c>name/10.0.0.1:80</c>.</summary>
    public static bool IsEndpoint(ReadOnlySpan<char> atom, in LogAtomFacts facts)
    {
        if (facts.Digits == 0 || facts.Colons > 1 || facts.Slashes > 1 || facts.Ats > 0)
        {
            return false;
        }

        var colon = atom.IndexOf(':');
        var port = colon < 0 ? 0 : atom.Length - colon - 1;
        if (colon >= 0 && (port is < 2 or > 5 || atom[(colon + 1)..].ContainsAnyExceptInRange('0', '9')))
        {
            return false;
        }

        var host = colon < 0 ? atom : atom[..colon];
        var slash = host.IndexOf('/');
        if (slash >= 0)
        {
            return host[(slash + 1)..].Count('.') == 3 && !host[(slash + 1)..].ContainsAnyExceptInRange('.', '9');
        }

        return colon > 0 && (host.Count('.') >= 2 || host is "localhost" || IsShortHost(host)
            || (host.Contains('-') && host.ContainsAnyInRange('0', '9') && !host.Contains('_')));
    }

    /// <summary>End of the range in <c>node-[40-63]</c>; 0 when there is none.</summary>
    public static int Range(ReadOnlySpan<char> text, int open)
    {
        var end = open + 1;
        var isRange = text[open - 1] == '-';
        while (end < text.Length && (LogText.IsDigit(text[end]) || text[end] is '-' or ','))
        {
            isRange |= !LogText.IsDigit(text[end]);
            end++;
        }

        return isRange && end > open + 1 && end < text.Length && text[end] == ']' ? end + 1 : 0;
    }

    /// <summary>True for a UUID, with or without something after it.</summary>
    /// <param name="atom">Atom.</param>
    public static bool IsUuid(ReadOnlySpan<char> atom) =>
        atom.Length >= UuidLength && atom[8] == '-' && Guid.TryParseExact(atom[..UuidLength], "D", out _);

    /// <summary>True for <c>shop.cn</c>, but not for <c>main.go</c>: that is a place in source code.</summary>
    private static bool IsShortHost(ReadOnlySpan<char> host)
    {
        var dot = host.IndexOf('.');
        if (dot <= 0 || dot == host.Length - 1 || host.Contains('_'))
        {
            return false;
        }

        var last = host[(dot + 1)..];
        return last.Length >= 2 && !last.ContainsAnyExceptInRange('a', 'z')
            && last is not ("cs" or "go" or "py" or "js" or "ts" or "rb" or "rs" or "cc" or "mm" or "cpp" or "php" or "java"
                or "scala" or "kt" or "sh");
    }
}
