using System.Security.Claims;
using CaaS.Api.Commands;
using CaaS.Api.Mapping;
using CaaS.Orchestration;
using CaaS.Orchestration.Ports;
using CaaS.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>Operations, the policies that propose them, and the switch that stops them all.</summary>
internal static class OperationEndpoints
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static void Map(RouteGroupBuilder reads, RouteGroupBuilder writes)
    {
        reads.MapGet("/operations", ListAsync).WithName("Operations").WithTags("Operations")
            .WithSummary("Operations, newest first.");
        reads.MapGet("/operations/{id}", FindAsync).WithName("Operation").WithTags("Operations")
            .WithSummary("One operation with its checks, dry run and history.");
        reads.MapGet("/policies", (IPolicyStore policies) =>
                TypedResults.Ok<IReadOnlyList<Wire.Policy>>([.. policies.All().Select(ToWire.Of)]))
            .WithName("Policies").WithTags("Operations").WithSummary("Policies, by name.");
        reads.MapGet("/kill-switch", KillSwitchAsync).WithName("KillSwitch").WithTags("Operations")
            .WithSummary("Whether all operations are stopped.");

        writes.MapPost("/operations/{id}/approve", ApproveAsync).WithName("ApproveOperation").WithTags("Operations")
            .WithSummary("Approves a proposed operation.");
        writes.MapPost("/operations/{id}/reject", RejectAsync).WithName("RejectOperation").WithTags("Operations")
            .WithSummary("Rejects a proposed operation.");
        writes.MapPost("/operations", RequestAsync).WithName("RequestOperation").WithTags("Operations")
            .WithSummary("Asks for an operation; it is checked and then waits like any other.");
        writes.MapPut("/policies/{name}/mode", SetModeAsync).WithName("SetPolicyMode").WithTags("Operations")
            .WithSummary("Sets how far a policy may go.");
        writes.MapPut("/kill-switch", SetKillSwitchAsync).WithName("SetKillSwitch").WithTags("Operations")
            .WithSummary("Stops or resumes all operations.");
    }

    private static Dictionary<string, string> With(string name, string? value) => new() { [name] = value ?? "" };

    private static Dictionary<string, string> ArgumentsOf(Wire.OperationRequest request)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Parameters ?? Nothing)
        {
            // Only what an operation knows may pass: the other arguments of a command are not the caller's to set.
            if (PolicyWords.ParameterNames.Contains(name))
            {
                arguments[name] = value;
            }
        }

        arguments["kind"] = PolicyWords.Of((OperationKind)request.Kind);
        arguments["entity"] = request.Target ?? "";
        arguments["incident"] = request.IncidentId ?? "";
        arguments["reason"] = request.Reason ?? "";
        return arguments;
    }

    private static async Task<Ok<IReadOnlyList<Wire.Operation>>> ListAsync(
        string? incident, int? limit, IOperationStore operations, CancellationToken end)
    {
        var found = await operations.ListAsync(incident, Answers.Limit(limit, 100, 1000), end).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.Operation>>([.. found.Select(ToWire.Of)]);
    }

    private static async Task<Results<Ok<Wire.Operation>, NotFound>> FindAsync(
        string id, IOperationStore operations, CancellationToken end) =>
        Answers.Found(await operations.FindAsync(id, end).ConfigureAwait(false) is { } found ? ToWire.Of(found) : null);

    private static async Task<Ok<Wire.KillSwitch>> KillSwitchAsync(IOperationStore operations, CancellationToken end) =>
        TypedResults.Ok(new Wire.KillSwitch(await operations.KillSwitchAsync(end).ConfigureAwait(false)));

    private static CommandAnswer ApproveAsync(
        string id, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.OperationApprove, id, Nothing, end));

    private static CommandAnswer RejectAsync(
        string id, Wire.ReasonRequest body, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.OperationReject, id, With("reason", body.Reason), end));

    private static CommandAnswer RequestAsync(
        Wire.OperationRequest body, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.OperationRequest, "", ArgumentsOf(body), end));

    private static CommandAnswer SetModeAsync(
        string name, Wire.PolicyModeRequest body, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(
            user, CommandVerbs.PolicySetMode, name, With("mode", ToWire.Camel(body.Mode)), end));

    private static CommandAnswer SetKillSwitchAsync(
        Wire.KillSwitch body, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(
            user, CommandVerbs.OperationKillSwitch, "", With("engaged", body.Engaged ? "true" : "false"), end));
}
