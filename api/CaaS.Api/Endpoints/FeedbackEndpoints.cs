using System.Globalization;
using System.Security.Claims;
using CaaS.Alerting.Ports;
using CaaS.Api.Commands;
using CaaS.Api.Mapping;
using CaaS.Client.Wire;
using CaaS.Rca.Ports;
using CaaS.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>What people say of incidents, and how right the platform was by it.</summary>
internal static class FeedbackEndpoints
{
    private const int WordCountMax = 100_000;

    public static void Map(RouteGroupBuilder reads, RouteGroupBuilder writes)
    {
        reads.MapGet("/incidents/{id}/feedback", ListAsync).WithName("Feedback").WithTags("Incidents")
            .WithSummary("The last word of each person on an incident, newest first.");
        reads.MapGet("/accuracy", AccuracyAsync).WithName("Accuracy").WithTags("Incidents")
            .WithSummary("How often the cause was ranked first and among the first three, and how right its confidence is, measured on the incidents people judged.");
        writes.MapPost("/incidents/{id}/feedback", GiveAsync).WithName("GiveFeedback").WithTags("Incidents")
            .WithSummary("Says of an incident whether it was right: confirmed, wrong or noise. The last word of each person counts.");
    }

    private static async Task<Ok<IReadOnlyList<Wire.Feedback>>> ListAsync(
        string id, IFeedbackStore feedback, CancellationToken end)
    {
        var said = await feedback.FeedbackAsync(id, 1000, end).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.Feedback>>([.. said.Select(ToWire.Of)]);
    }

    private static async Task<Ok<Wire.Accuracy>> AccuracyAsync(IFeedbackStore feedback, CancellationToken end) =>
        TypedResults.Ok(ToWire.Of(
            CaaS.Alerting.Feedback.Accuracy.Of(await feedback.FeedbackAsync(null, WordCountMax, end).ConfigureAwait(false))));

    private static async CommandAnswer GiveAsync(
        string id,
        FeedbackRequest body,
        IIncidentStore incidents,
        ClaimsPrincipal user,
        CommandSender sender,
        CancellationToken end)
    {
        // Which causes are listed is the incident's to know: alerting keeps the first alone.
        var listed = (await incidents.FindAsync(id, end).ConfigureAwait(false))?.Hypotheses ?? [];
        var cause = body.Verdict == Wire.FeedbackVerdict.Confirmed
            ? listed.FirstOrDefault(cause =>
                (string.IsNullOrEmpty(body.Entity) || cause.Entity.ToString() == body.Entity)
                && (string.IsNullOrEmpty(body.FaultClass) || cause.FaultClass == body.FaultClass))
            : null;
        var arguments = new Dictionary<string, string>
        {
            ["verdict"] = ToWire.Camel(body.Verdict),
            ["entity"] = cause?.Entity.ToString() ?? body.Entity ?? "",
            ["faultClass"] = cause?.FaultClass ?? body.FaultClass ?? "",
            ["rank"] = (cause?.Rank ?? 0).ToString(CultureInfo.InvariantCulture),
            ["note"] = body.Note ?? "",
        };
        return await Answers.OfAsync(sender.SendAsync(user, CommandVerbs.AlertFeedback, id, arguments, end))
            .ConfigureAwait(false);
    }
}
