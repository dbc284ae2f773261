using System.Globalization;
using System.Security.Claims;
using CaaS.Analytics.Ports;
using CaaS.Api.Commands;
using CaaS.Api.Mapping;
using CaaS.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>The model that learns from people's feedback, and which version of it is believed.</summary>
internal static class ModelEndpoints
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static void Map(RouteGroupBuilder reads, RouteGroupBuilder writes)
    {
        reads.MapGet("/models", List).WithName("Models").WithTags("Models")
            .WithSummary("Versions of the model that rates incidents, newest first, and why each stands where it does.");
        writes.MapPost("/models/{version}/promote", PromoteAsync).WithName("PromoteModel").WithTags("Models")
            .WithSummary("Believes a version from now on.");
        writes.MapPost("/models/rollback", RollbackAsync).WithName("RollbackModel").WithTags("Models")
            .WithSummary("Goes back to the version that was believed before the active one, or to none.");
    }

    private static Ok<Wire.ModelReport> List(IModelRegistry models) =>
        TypedResults.Ok(new Wire.ModelReport(models.Notice, [.. models.Versions.Select(ToWire.Of)]));

    private static CommandAnswer PromoteAsync(
        int version, ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(
            user, CommandVerbs.ModelPromote, version.ToString(CultureInfo.InvariantCulture), Nothing, end));

    private static CommandAnswer RollbackAsync(ClaimsPrincipal user, CommandSender sender, CancellationToken end) =>
        Answers.OfAsync(sender.SendAsync(user, CommandVerbs.ModelRollback, "", Nothing, end));
}
