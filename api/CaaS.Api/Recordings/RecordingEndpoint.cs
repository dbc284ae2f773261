using CaaS.Api.Access;
using CaaS.Api.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Recordings;

/// <summary>Recordings of a window, as files.</summary>
internal static class RecordingEndpoint
{
    public static void Map(RouteGroupBuilder reads) =>
        reads.MapGet("/recordings", MakeAsync).RequireRateLimiting(Limits.History)
            .WithName("Recording").WithTags("History")
            .WithSummary("Everything that was seen in a window, as one .caasrec file.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> MakeAsync(
        DateTimeOffset from, DateTimeOffset to, RecordingExport export, IOptions<ApiOptions> options, CancellationToken end)
    {
        if (from >= to || to - from > options.Value.RecordingMax)
        {
            return Answers.Bad($"'from' must be before 'to', by at most {options.Value.RecordingMax.TotalHours:0.#} hours (Api:RecordingMax).");
        }

        var file = await export.MakeAsync(from.ToUniversalTime(), to.ToUniversalTime(), end).ConfigureAwait(false);
        return TypedResults.Stream(file, "application/octet-stream", $"{from.UtcDateTime:yyyyMMddTHHmmssZ}.caasrec");
    }
}
