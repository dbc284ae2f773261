namespace CaaS.Analytics.LogTemplates;

/// <summary>Finds dates written with names, such as <c>Sat Jun 11 03:28:22 EDT 2005</c>.</summary>
internal static class LogCalendar
{
    private const string Days = "MonTueWedThuFriSatSun";
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>Measures the date that starts at a place.</summary>
    /// <param name="text">Line.</param>
    /// <param name="start">Where a word begins.</param>
    /// <returns>Its length in characters; 0 when no date starts there.</returns>
    public static int Length(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        if (IsName(text, at, Days))
        {
            at = Next(text, at + 3);
        }

        if (!IsName(text, at, Months))
        {
            return 0;
        }

        var end = Digits(text, Next(text, at + 3), 1, 2);
        if (end == 0)
        {
            return 0;
        }

        var clock = Clock(text, Next(text, end));
        end = clock > 0 ? clock : end;
        var zone = Zone(text, Next(text, end));
        var year = Digits(text, Next(text, zone > 0 ? zone : end), 4, 4);
        return (year > 0 ? year : end) - start;
    }

    private static bool IsName(ReadOnlySpan<char> text, int at, string names)
    {
        if (at + 3 > text.Length || (at + 3 < text.Length && LogText.IsWord(text[at + 3])))
        {
            return false;
        }

        var index = names.AsSpan().IndexOf(text.Slice(at, 3), StringComparison.Ordinal);
        return index >= 0 && index % 3 == 0;
    }

    private static int Next(ReadOnlySpan<char> text, int at)
    {
        at += at < text.Length && text[at] == ',' ? 1 : 0;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>End of a whole number of so many digits; 0 when there is none.</summary>
    private static int Digits(ReadOnlySpan<char> text, int at, int least, int most)
    {
        var end = at;
        while (end < text.Length && LogText.IsDigit(text[end]))
        {
            end++;
        }

        var isWhole = end == text.Length || (text[end] != ':' && !LogText.IsWord(text[end]));
        return end - at >= least && end - at <= most && isWhole ? end : 0;
    }

    private static int Clock(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        var colons = 0;
        while (end < text.Length && (LogText.IsDigit(text[end]) || text[end] is ':' or '.' or ','))
        {
            colons += text[end] == ':' ? 1 : 0;
            end++;
        }

        while (end > at && !LogText.IsDigit(text[end - 1]))
        {
            end--;
        }

        return colons is 1 or 2 && end - at >= 4 ? end : 0;
    }

    private static int Zone(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiLetterUpper(text[end]))
        {
            end++;
        }

        return end - at is >= 2 and <= 5 && end < text.Length && text[end] == ' ' ? end : 0;
    }
}
