namespace CaaS.Analytics.LogTemplates;

/// <summary>Classes of characters and small facts about words, for the scanner of log lines.</summary>
internal static class LogText
{
    /// <summary>0 to 9.</summary>
    public const byte Digit = 1;

    /// <summary>a to f and A to F.</summary>
    public const byte Hex = 2;

    /// <summary>Any letter, the underscore, and everything outside ASCII.</summary>
    public const byte Letter = 4;

    /// <summary>Punctuation that may stand inside an atom: <c>. - / : @ # + $ % &amp; ~ \</c>.</summary>
    public const byte Inner = 8;

    /// <summary>Blank.</summary>
    public const byte Blank = 16;

    /// <summary>A to Z.</summary>
    public const byte Upper = 32;

    private static readonly byte[] Classes = MakeClasses();

    /// <summary>The classes of a character, or'ed.</summary>
    public static byte Of(char c) => c < 128 ? Classes[c] : Wide(c);

    /// <summary>True for a digit, a letter or an underscore.</summary>
    public static bool IsWord(char c) => (Of(c) & (Digit | Letter)) != 0;

    /// <summary>True for 0 to 9.</summary>
    public static bool IsDigit(char c) => (uint)(c - '0') <= 9;

    /// <summary>True for true, false, null, yes, off and the like.</summary>
    public static bool IsClosed(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 5 || (word[0] | 0x20) is not ('t' or 'f' or 'n' or 'y' or 'o'))
        {
            return false;
        }

        Span<char> lower = stackalloc char[5];
        var length = word.ToLowerInvariant(lower);
        return lower[..length] is "true" or "false" or "null" or "none" or "nil" or "yes" or "no" or "on" or "off";
    }

    /// <summary>True for null and none, which stand for a value that is absent, and for letters a to f only, which
    /// are likely a number.</summary>
    public static bool IsAbsentOrHex(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if ((Of(c) & Hex) == 0)
            {
                return word is "null" or "none" or "nil" or "NULL" or "None" or "undefined";
            }
        }

        return true;
    }

    /// <summary>True for KB and the like.</summary>
    public static bool IsSizeUnit(ReadOnlySpan<char> word) =>
        word is "B" or "KB" or "MB" or "GB" or "TB" or "PB" or "kB" or "KiB" or "MiB" or "GiB" or "TiB";

    /// <summary>True for com, net and the like.</summary>
    public static bool IsTopDomain(ReadOnlySpan<char> word) =>
        word is "com" or "net" or "org" or "edu" or "gov" or "mil" or "info" or "io" or "local" or "internal"
            or "localdomain" or "lan";

    /// <summary>A 64-bit hash of a text, the same in every process.</summary>
    /// <remarks>FNV-1a over characters (Fowler, Noll, Vo) with the final mix of MurmurHash3.</remarks>
    public static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>The final mix of MurmurHash3 (Appleby).</summary>
    public static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return hash ^ (hash >> 33);
    }

    private static byte Wide(char c) => char.IsWhiteSpace(c) ? Blank : Letter;

    private static byte[] MakeClasses()
    {
        var classes = new byte[128];
        for (var c = 0; c < 128; c++)
        {
            var ch = (char)c;
            classes[c] = (byte)(
                (char.IsAsciiDigit(ch) ? Digit : 0)
                | (char.IsAsciiHexDigit(ch) && !char.IsAsciiDigit(ch) ? Hex : 0)
                | (char.IsAsciiLetter(ch) || ch == '_' ? Letter : 0)
                | (char.IsAsciiLetterUpper(ch) ? Upper : 0)
                | (".-/:@#+$%&~\\".Contains(ch, StringComparison.Ordinal) ? Inner : 0)
                | (ch is ' ' or '\t' or '\r' or '\n' or '\v' or '\f' or '\0' ? Blank : 0));
        }

        return classes;
    }
}
