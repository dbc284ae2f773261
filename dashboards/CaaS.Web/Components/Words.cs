using System.Globalization;
using CaaS.Client.Wire;

namespace CaaS.Web.Components;

/// <summary>How values are said to people: short, in one way everywhere.</summary>
public static class Words
{
    /// <summary>How long ago, or how far ahead.</summary>
    /// <param name="instant">Instant, UTC.</param>
    /// <param name="now">Now, UTC.</param>
    /// <returns>Such as <c>5m ago</c> or <c>in 2h</c>.</returns>
    public static string Ago(DateTimeOffset instant, DateTimeOffset now) =>
        instant <= now ? $"{Span(now - instant)} ago" : $"in {Span(instant - now)}";

    /// <summary>A duration in its largest unit.</summary>
    /// <param name="duration">Duration; a negative one counts as zero.</param>
    /// <returns>Such as <c>42s</c>, <c>5m</c>, <c>3h</c>, <c>2d</c>.</returns>
    public static string Span(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 0 } => "0s",
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(duration.TotalSeconds)}s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(duration.TotalMinutes)}m"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(duration.TotalHours)}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(duration.TotalDays)}d"),
    };

    /// <summary>Time of day, UTC.</summary>
    /// <param name="instant">Instant.</param>
    /// <returns>Such as <c>14:03:59</c>.</returns>
    public static string Clock(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Date and time, UTC.</summary>
    /// <param name="instant">Instant.</param>
    /// <returns>Such as <c>2026-01-02 14:03:59 UTC</c>.</returns>
    public static string Full(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A share.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>Such as <c>83 %</c>, with a space that does not break.</returns>
    public static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}\u00a0%");

    /// <summary>An entity's name without its namespace and kind.</summary>
    /// <param name="entity"><c>namespace/Kind/name</c>.</param>
    /// <returns>The name.</returns>
    public static string Name(string entity) => entity.Split('/', 3) is [_, _, var name] ? name : entity;

    /// <summary>An entity's kind.</summary>
    /// <param name="entity"><c>namespace/Kind/name</c>.</param>
    /// <returns>The kind, or empty.</returns>
    public static string Kind(string entity) => entity.Split('/', 3) is [_, var kind, _] ? kind : "";

    /// <summary>A number with at most three figures that count, and its unit's prefix.</summary>
    /// <param name="value">Value.</param>
    /// <returns>Such as <c>12.3k</c> or <c>0.052</c>.</returns>
    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        double.NaN or double.PositiveInfinity => "—",
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e9:0.##}G"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.##}M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#}k"),
        >= 100 => string.Create(CultureInfo.InvariantCulture, $"{value:0}"),
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}"),
        >= 0.001 => string.Create(CultureInfo.InvariantCulture, $"{value:0.####}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:G3}"),
    };

    /// <summary>A text that may be too long to show.</summary>
    /// <param name="text">Text.</param>
    /// <param name="most">Most characters, above 1.</param>
    /// <returns>The text, or its beginning and an ellipsis.</returns>
    public static string Clip(string text, int most) => text.Length <= most ? text : $"{text[..(most - 1)]}…";

    /// <summary>The first few of many names, and how many more there are.</summary>
    /// <param name="names">Names.</param>
    /// <param name="most">Most said.</param>
    /// <returns>Such as <c>cart, checkout and 3 more</c>.</returns>
    public static string List(IReadOnlyCollection<string> names, int most) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {names.Count - most} more" : "");

    /// <summary>The class of a severity, for its colour.</summary>
    /// <param name="severity">Severity.</param>
    /// <returns>CSS class.</returns>
    public static string Class(IncidentSeverity severity) => severity switch
    {
        IncidentSeverity.Critical => "critical",
        IncidentSeverity.High => "high",
        _ => "warning",
    };

    /// <summary>The sign of a severity: a shape as well as a colour.</summary>
    /// <param name="severity">Severity.</param>
    /// <returns>One character.</returns>
    public static string Sign(IncidentSeverity severity) => severity switch
    {
        IncidentSeverity.Critical => "◆",
        IncidentSeverity.High => "▲",
        _ => "●",
    };

    /// <summary>A name in PascalCase as words.</summary>
    /// <param name="value">An enum's value.</param>
    /// <returns>Such as <c>rolled back</c>.</returns>
    public static string Of(Enum value) =>
        string.Concat(value.ToString().Select((letter, index) =>
            char.IsUpper(letter) && index > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
