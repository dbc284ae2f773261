using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using CaaS.Alerting;
using CaaS.Alerting.Ports;
using CaaS.Api.Commands;
using CaaS.Api.Mapping;
using CaaS.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>The inbox, and what people do in it.</summary>
internal static class AlertEndpoints
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static void Map(RouteGroupBuilder reads, RouteGroupBuilder writes)
    {
        reads.MapGet("/alerts", ListAsync).WithName("Alerts").WithTags("Alerts")
            .WithSummary("One page of the inbox, last changed first unless asked otherwise.");
        reads.MapGet("/alerts/{id}", FindAsync).WithName("Alert").WithTags("Alerts")
            .WithSummary("One alert with its comments, silences and notifications.");
        reads.MapGet("/silences", SilencesAsync).WithName("Silences").WithTags("Alerts")
            .WithSummary("Silences that have not ended, soonest end first.");
        reads.MapGet("/notifications", NotificationsAsync).WithName("Notifications").WithTags("Alerts")
            .WithSummary("Who was told what, newest first.");

        writes.MapPost("/alerts/{id}/acknowledge", AcknowledgeAsync).WithName("AcknowledgeAlert").WithTags("Alerts")
            .WithSummary("I own it: tell no one again until it is over.");
        writes.MapPost("/alerts/{id}/resolve", ResolveAsync).WithName("ResolveAlert").WithTags("Alerts")
            .WithSummary("Closes an alert by hand; it opens again when it becomes worse.");
        writes.MapPost("/alerts/{id}/assign", AssignAsync).WithName("AssignAlert").WithTags("Alerts")
            .WithSummary("Says who works on it; empty for nobody.");
        writes.MapPost("/alerts/{id}/comment", CommentAsync).WithName("CommentAlert").WithTags("Alerts")
            .WithSummary("Adds a comment.");
        writes.MapPost("/silences", SilenceAsync).WithName("Silence").WithTags("Alerts")
            .WithSummary("Mutes an incident or an entity, for at most 30 days and for a reason.");
        writes.MapDelete("/silences/{id}", UnsilenceAsync).WithName("Unsilence").WithTags("Alerts")
            .WithSummary("Ends a silence.");
    }

    private static Dictionary<string, string> With(string name, string? value) => new() { [name] = value ?? "" };

    private static async Task<Ok<Wire.AlertPage>> ListAsync(
        [Description("open, acknowledged or resolved; may be repeated.")] Word<Wire.AlertStatus>[]? status,
        [Description("warning, high or critical; may be repeated.")] Word<Wire.IncidentSeverity>[]? severity,
        string? assignee,
        bool? silenced,
        string? text,
        [Description("changed or usefulness; which come first.")] Word<Wire.AlertOrder>? order,
        int? offset,
        int? limit,
        IAlertStore alerts,
        CancellationToken end)
    {
        var query = new AlertQuery(
            null,
            [.. (status ?? []).Select(word => (AlertStatus)word.Value)],
            [.. (severity ?? []).Select(word => (CaaS.Rca.IncidentSeverity)word.Value)],
            silenced,
            assignee,
            text ?? "",
            Math.Max(0, offset ?? 0),
            Answers.Limit(limit, 100, 500),
            (AlertOrder)(order?.Value ?? Wire.AlertOrder.Changed));
        var page = await alerts.ListAsync(query, end).ConfigureAwait(false);
        return TypedResults.Ok(new Wire.AlertPage([.. page.Alerts.Select(ToWire.Of)], page.Total));
    }

    private static async Task<Results<Ok<Wire.AlertDetail>, NotFound>> FindAsync(
        string id, IAlertStore alerts, TimeProvider time, CancellationToken end)
    {
        if (await alerts.FindAsync(id, end).ConfigureAwait(false) is not { } alert)
        {
            return TypedResults.NotFound();
        }

        var silences = await alerts.SilencesAsync(alert.Scope, time.GetUtcNow(), end).ConfigureAwait(false);
        var notifications = await alerts.NotificationsAsync(id, 200, end).ConfigureAwait(false);
        return TypedResults.Ok(new Wire.AlertDetail(
            ToWire.Of(alert),
            [.. alert.Comments.Select(ToWire.Of)],
            [.. silences.Where(silence => silence.IncidentId == id || silence.Entity == alert.Entity).Select(ToWire.Of)],
            [.. notifications.Select(ToWire.Of)]));
    }

    private static async Task<Ok<IReadOnlyList<Wire.Silence>>> SilencesAsync(
        IAlertStore alerts, TimeProvider time, CancellationToken end)
    {
        var silences = await alerts.SilencesAsync(null, time.GetUtcNow(), end).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.Silence>>([.. silences.Select(ToWire.Of)]);
    }

    private static async Task<Ok<IReadOnlyList<Wire.Notification>>> NotificationsAsync(
        string? alert, int? limit, IAlertStore alerts, CancellationToken end)
    {
        var notifications = await alerts.NotificationsAsync(alert, Answers.Limit(limit, 100, 1000), end)
            .ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.Notification>>([.. notifications.Select(ToWire.Of)]);
    }

    private static CommandAnswer AcknowledgeAsync(
        string id, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.AlertAcknowledge, id, Nothing, end));

    private static CommandAnswer ResolveAsync(
        string id, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.AlertResolve, id, Nothing, end));

    private static CommandAnswer AssignAsync(
        string id, Wire.AssignRequest body, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.AlertAssign, id, With("assignee", body.Assignee), end));

    private static CommandAnswer CommentAsync(
        string id, Wire.CommentRequest body, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.AlertComment, id, With("text", body.Text), end));

    private static CommandAnswer UnsilenceAsync(
        string id, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.AlertUnsilence, id, Nothing, end));

    private static CommandAnswer SilenceAsync(
        Wire.SilenceRequest body, ClaimsPrincipal user, CommandSender sender, CancellationToken end)
    {
        var arguments = new Dictionary<string, string>
        {
            ["entity"] = body.Entity ?? "",
            ["reason"] = body.Reason ?? "",
            ["until"] = body.Until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
        return Answers.OfAsync(
            sender.SendAsync(user, CommandVerbs.AlertSilence, body.IncidentId ?? "", arguments, end));
    }
}
