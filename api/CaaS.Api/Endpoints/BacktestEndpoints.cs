using CaaS.Api.Analysis;
using CaaS.Api.Mapping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>What a detector would have told.</summary>
internal static class BacktestEndpoints
{
    private const int SeriesMax = 100;

    public static void Map(RouteGroupBuilder reads) =>
        Answers.ForHistory(reads, "Analysis").MapGet("/backtests", RunAsync).WithName("Backtest")
            .WithSummary("What a detector or threshold would have told over history, against the incidents on record. Nothing is kept.");

    private static async Task<Results<Ok<Wire.BacktestReport>, ProblemHttpResult>> RunAsync(
        [AsParameters] BacktestParameters asked, BacktestRunner runner, PlatformIdentity platform, CancellationToken end)
    {
        var (query, why) = SeriesQuestion.Read(
            platform.Scope, asked.From, asked.To, asked.Entity, asked.Metric, asked.Label,
            Answers.Limit(asked.Limit, 20, SeriesMax));
        if (query is null)
        {
            return Answers.Bad(why);
        }

        var (report, step, missing) = await runner.RunAsync(asked, query, end).ConfigureAwait(false);
        return report is null ? Answers.Bad(missing) : TypedResults.Ok(AnalysisToWire.Of(report, asked.From, asked.To, step));
    }
}
