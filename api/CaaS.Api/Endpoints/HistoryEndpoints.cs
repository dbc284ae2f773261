using System.ComponentModel;
using CaaS.Api.Analysis;
using CaaS.Api.Mapping;
using CaaS.History;
using CaaS.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>Everything that was seen, by time.</summary>
internal static class HistoryEndpoints
{
    // More would be neither drawn nor read; Prometheus' own limit on points of a series is the same.
    private const int StepCountMax = 11_000;
    private static readonly TimeSpan RawWindowMax = TimeSpan.FromHours(6);

    public static void Map(RouteGroupBuilder reads)
    {
        var searches = Answers.ForHistory(reads, "History");
        searches.MapGet("/series", SeriesAsync).WithName("Series")
            .WithSummary("Series that were measured in a time range, by name.");
        searches.MapGet("/series/range", RangeAsync).WithName("SeriesRange")
            .WithSummary("Points of series: raw, or one value a step. What analytics derives (rates, p95, error ratios) is worked out from the raw points: for up to six hours, or 25 in steps.");
        searches.MapGet("/logs", LogsAsync).WithName("Logs").WithSummary("Log lines, newest first.");
        searches.MapGet("/events", EventsAsync).WithName("Events").WithSummary("Kubernetes events, newest first.");
        searches.MapGet("/changes", ChangesAsync).WithName("Changes").WithSummary("Changes, newest first.");
    }

    private static async Task<Results<Ok<IReadOnlyList<Wire.Series>>, ProblemHttpResult>> SeriesAsync(
        DateTimeOffset from, DateTimeOffset to, string? entity, string? metric, string[]? label, int? limit,
        IHistory history, PlatformIdentity platform, CancellationToken end)
    {
        var (query, why) = SeriesQuestion.Read(platform.Scope, from, to, entity, metric, label, limit);
        if (query is null)
        {
            return Answers.Bad(why);
        }

        var series = await history.SeriesAsync(query, end).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.Series>>([.. series.Select(ToWire.Of)]);
    }

    private static async Task<Results<Ok<IReadOnlyList<Wire.SeriesPoints>>, ProblemHttpResult>> RangeAsync(
        DateTimeOffset from, DateTimeOffset to, string? entity, string? metric, string[]? label, int? limit,
        int? stepSeconds,
        [Description("average, minimum, maximum, sum, count, last or rate.")] Word<Wire.Aggregate>? aggregate,
        IHistory history, DerivedHistory derived, PlatformIdentity platform, CancellationToken end)
    {
        var (query, why) = SeriesQuestion.Read(platform.Scope, from, to, entity, metric, label, limit);
        if (query is null)
        {
            return Answers.Bad(why);
        }

        if (stepSeconds is null && to - from > RawWindowMax)
        {
            return Answers.Bad($"Raw points are given for at most {RawWindowMax.TotalHours:0} hours; ask for steps (stepSeconds).");
        }

        if (stepSeconds is < 1 || (to - from).TotalSeconds / (stepSeconds ?? int.MaxValue) > StepCountMax)
        {
            return Answers.Bad($"stepSeconds must be at least 1 and give at most {StepCountMax} points.");
        }

        TimeSpan? step = stepSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var joined = (Aggregate)(aggregate?.Value ?? Wire.Aggregate.Average);
        var ranges = step is { } length
            ? await history.AggregateAsync(query, length, joined, end).ConfigureAwait(false)
            : await history.RangeAsync(query, end).ConfigureAwait(false);
        if (ranges.Count == 0 && to - from <= (step is null ? RawWindowMax : MeasuredSeries.DerivedMax))
        {
            ranges = await derived.RangeAsync(query, step, joined, end).ConfigureAwait(false);
        }

        return TypedResults.Ok<IReadOnlyList<Wire.SeriesPoints>>([.. ranges.Select(ToWire.Of)]);
    }

    private static async Task<Results<Ok<IReadOnlyList<Wire.LogLine>>, ProblemHttpResult>> LogsAsync(
        DateTimeOffset from, DateTimeOffset to, string? entity, string? text,
        [Description("trace, debug, information, warning, error or fatal.")] Word<Severity>? minSeverity, int? limit,
        IHistory history, PlatformIdentity platform, CancellationToken end)
    {
        var (query, why) = ReadText(platform.Scope, from, to, entity, text, minSeverity?.Value, limit);
        if (query is null)
        {
            return Answers.Bad(why);
        }

        var lines = await history.SearchLogsAsync(query, end).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.LogLine>>([.. lines.Select(ToWire.Of)]);
    }

    private static async Task<Results<Ok<IReadOnlyList<Wire.EventLine>>, ProblemHttpResult>> EventsAsync(
        DateTimeOffset from, DateTimeOffset to, string? entity, string? text, int? limit,
        IHistory history, PlatformIdentity platform, CancellationToken end)
    {
        var (query, why) = ReadText(platform.Scope, from, to, entity, text, null, limit);
        if (query is null)
        {
            return Answers.Bad(why);
        }

        var events = await history.SearchEventsAsync(query, end).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.EventLine>>([.. events.Select(ToWire.Of)]);
    }

    private static async Task<Results<Ok<IReadOnlyList<Wire.ChangeLine>>, ProblemHttpResult>> ChangesAsync(
        DateTimeOffset from, DateTimeOffset to, string? entity, string? text, int? limit,
        IHistory history, PlatformIdentity platform, CancellationToken end)
    {
        var (query, why) = ReadText(platform.Scope, from, to, entity, text, null, limit);
        if (query is null)
        {
            return Answers.Bad(why);
        }

        var changes = await history.SearchChangesAsync(query, end).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.ChangeLine>>([.. changes.Select(ToWire.Of)]);
    }

    private static (TextQuery? Query, string Why) ReadText(
        Scope scope, DateTimeOffset from, DateTimeOffset to, string? entity, string? text, Severity? severity, int? limit)
    {
        var why = SeriesQuestion.Against(scope, from, to, entity, out var wanted);
        return why.Length > 0
            ? (null, why)
            : (new TextQuery(
                scope, from, to, wanted, text ?? "", severity ?? Severity.Unspecified, Answers.Limit(limit, 200, 1000)), "");
    }
}
