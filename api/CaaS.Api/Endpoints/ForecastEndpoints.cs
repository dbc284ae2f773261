using System.ComponentModel;
using CaaS.Api.Analysis;
using CaaS.Api.Mapping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>What series will be.</summary>
internal static class ForecastEndpoints
{
    private const double UsualCoverage = 0.9;

    public static void Map(RouteGroupBuilder reads) =>
        Answers.ForHistory(reads, "Analysis").MapGet("/forecasts", RunAsync).WithName("Forecast")
            .WithSummary("How series go on, with a band that recent errors justify; and when they are full, with what certainty, if a limit is given or was measured.");

    private static async Task<Results<Ok<IReadOnlyList<Wire.SeriesForecast>>, ProblemHttpResult>> RunAsync(
        DateTimeOffset from, DateTimeOffset to, string? entity,
        [Description("Raw or derived metric.")] string metric, string[]? label, int? limit,
        [Description("How far; a quarter of the time learnt from when left out.")] int? horizonSeconds,
        [Description("Share of future values the band should hold, 0.5 to 0.99.")] double? coverage,
        [Description("When it is full; the limit that was measured when left out.")] double? capacity,
        ForecastRunner runner, PlatformIdentity platform, CancellationToken end)
    {
        var (query, why) = SeriesQuestion.Read(
            platform.Scope, from, to, entity, metric, label, Answers.Limit(limit, 5, ForecastRunner.SeriesMax));
        if (query is null)
        {
            return Answers.Bad(why);
        }

        if (horizonSeconds is < 1 || coverage is not (null or (>= 0.5 and <= 0.99)) || !(capacity is null or > 0))
        {
            return Answers.Bad("horizonSeconds and capacity must be positive, and coverage 0.5 to 0.99.");
        }

        var horizon = horizonSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (to - from) / 4;
        var (found, missing) = await runner.RunAsync(query, horizon, coverage ?? UsualCoverage, capacity, end)
            .ConfigureAwait(false);
        return missing.Length > 0
            ? Answers.Bad(missing)
            : TypedResults.Ok<IReadOnlyList<Wire.SeriesForecast>>([.. found.Select(AnalysisToWire.Of)]);
    }
}
