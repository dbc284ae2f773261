using CaaS.Api.Access;
using CaaS.Client.Wire;
using CaaS.History;
using CaaS.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CaaS.Api.Endpoints;

/// <summary>How answers are put into HTTP.</summary>
internal static class Answers
{
    /// <summary>Sends a command: 200 done, 409 refused with the reason, 202 not answered yet, 503 not kept.</summary>
    public static async Task<Results<Ok<Outcome>, Conflict<Outcome>, Accepted<Outcome>, ProblemHttpResult>> OfAsync(
        Task<Outcome> sending)
    {
        try
        {
            var outcome = await sending.ConfigureAwait(false);
            return outcome.State switch
            {
                OutcomeState.Done => TypedResults.Ok(outcome),
                OutcomeState.Refused => TypedResults.Conflict(outcome),
                _ => TypedResults.Accepted($"/api/v1/commands/{outcome.CommandId}", outcome),
            };
        }
        catch (LogUnavailableException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>A group of endpoints that search the history: only so many at a time, and what asks for too much is
    /// told so.</summary>
    public static RouteGroupBuilder ForHistory(RouteGroupBuilder reads, string tag)
    {
        var searches = reads.MapGroup("").RequireRateLimiting(Limits.History).WithTags(tag);
        searches.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context).ConfigureAwait(false);
            }
            catch (HistoryLimitException e)
            {
                return Bad(e.Message);
            }
        });
        return searches;
    }

    public static Results<Ok<T>, NotFound> Found<T>(T? value)
        where T : class =>
        value is null ? TypedResults.NotFound() : TypedResults.Ok(value);

    public static ProblemHttpResult Bad(string why) =>
        TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>A limit inside its bounds; absent is the default.</summary>
    public static int Limit(int? asked, int usual, int most) => Math.Clamp(asked ?? usual, 1, most);
}
