using System.Globalization;

namespace CaaS.Cli;

/// <summary>Times as people write them.</summary>
internal static class TimeText
{
    /// <summary>Reads <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>7d</c>.</summary>
    public static TimeSpan Span(string text) =>
        text.Length > 1
        && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and < 100_000
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => throw Bad(text),
            }
            : throw Bad(text);

    /// <summary>Reads an RFC 3339 instant, <c>now</c>, or <c>-30m</c> before now.</summary>
    public static DateTimeOffset Instant(string text, DateTimeOffset now) =>
        text == "now" ? now
        : text.StartsWith('-') ? now - Span(text[1..])
        : DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw new FormatException($"'{text}' is no time: write 2026-09-01T12:00:00Z, now, or -30m.");

    /// <summary>Writes an instant to the second.</summary>
    public static string Of(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Writes a length of time in its two largest units.</summary>
    public static string Of(TimeSpan length) =>
        length.TotalDays >= 1 ? FormattableString.Invariant($"{length.Days}d{length.Hours}h")
        : length.TotalHours >= 1 ? FormattableString.Invariant($"{length.Hours}h{length.Minutes}m")
        : length.TotalMinutes >= 1 ? FormattableString.Invariant($"{length.Minutes}m{length.Seconds}s")
        : FormattableString.Invariant($"{length.TotalSeconds:0}s");

    private static FormatException Bad(string text) => new($"'{text}' is no length of time: write 90s, 30m, 2h or 7d.");
}
