using CaaS.Api.Platform;
using CaaS.Api.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>How the platform itself is, and who asked it for what.</summary>
internal static class PlatformEndpoints
{
    public static void Map(RouteGroupBuilder reads)
    {
        reads.MapGet("/status", StatusAsync).WithName("Status").WithTags("Platform")
            .WithSummary("Lag of every stage, sources and when they last said something, and what is still being learned.");
        reads.MapGet("/doctor", DoctorAsync).WithName("Doctor").WithTags("Platform")
            .WithSummary("What the running platform finds wrong with itself, and what to do about it.");
        reads.MapGet("/audit", AuditAsync).WithName("Audit").WithTags("Platform")
            .WithSummary("Who asked for what and what became of it, newest first.");
        reads.MapGet("/commands/{id}", OutcomeAsync).WithName("Command").WithTags("Platform")
            .WithSummary("What became of a command.");
    }

    private static async Task<Ok<Wire.PlatformStatus>> StatusAsync(PlatformReport report, CancellationToken end) =>
        TypedResults.Ok(await report.StatusAsync(end).ConfigureAwait(false));

    private static async Task<Ok<Wire.Doctor>> DoctorAsync(PlatformReport report, CancellationToken end) =>
        TypedResults.Ok(await report.DoctorAsync(end).ConfigureAwait(false));

    private static async Task<Ok<IReadOnlyList<Wire.AuditEntry>>> AuditAsync(
        string? target, int? limit, AuditTrail audit, CancellationToken end) =>
        TypedResults.Ok(await audit.ListAsync(target, Answers.Limit(limit, 100, 1000), end).ConfigureAwait(false));

    private static async Task<Results<Ok<Wire.Outcome>, NotFound>> OutcomeAsync(
        string id, AuditTrail audit, CancellationToken end) =>
        Answers.Found(await audit.FindAsync(id, end).ConfigureAwait(false));
}
