using System.CommandLine;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>How a command is told which series it is about, and when.</summary>
/// <param name="from">Beginning when none is given.</param>
/// <param name="limit">Most series when none are given.</param>
internal sealed class SeriesOptions(string from, int limit)
{
    public Argument<string> Metric { get; } = new("METRIC") { Description = "Raw or derived metric." };

    public Option<string?> Entity { get; } = new("--entity") { Description = "Only of this: namespace/Kind/name." };

    public Option<string[]> Label { get; } = new("--label") { Description = "Only with this label: name=value; may be repeated." };

    public Option<string> From { get; } = new("--from")
    {
        Description = "Begin: 2026-09-01T12:00:00Z or -30m.",
        DefaultValueFactory = _ => from,
    };

    public Option<string> To { get; } = new("--to") { Description = "End, the same way.", DefaultValueFactory = _ => "now" };

    public Option<int> Limit { get; } = new("--limit") { Description = "Most series.", DefaultValueFactory = _ => limit };

    /// <exception cref="FormatException">A time or label is not written as it should be.</exception>
    public SeriesFilter Read(ParseResult parsed, DateTimeOffset now) => new()
    {
        From = TimeText.Instant(parsed.GetRequiredValue(From), now),
        To = TimeText.Instant(parsed.GetRequiredValue(To), now),
        Entity = parsed.GetValue(Entity),
        Metric = parsed.GetRequiredValue(Metric),
        Labels = [.. (parsed.GetValue(Label) ?? []).Select(LabelOf)],
        Limit = parsed.GetValue(Limit),
    };

    /// <summary>A length of time that may be left out.</summary>
    public static TimeSpan? Span(string? text) => text is null ? null : TimeText.Span(text);

    /// <summary>A series in one cell of a table.</summary>
    public static string Name(Series series) => series.Labels.Count == 0
        ? series.Entity
        : $"{series.Entity} {string.Join(' ', series.Labels.Select(label => $"{label.Name}={label.Value}"))}";

    private static Label LabelOf(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var cut
        ? new Label(text[..cut], text[(cut + 1)..])
        : throw new FormatException($"A label is written name=value, not '{text}'.");
}
