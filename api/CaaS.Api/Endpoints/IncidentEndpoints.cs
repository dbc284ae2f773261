using CaaS.Api.Mapping;
using CaaS.History;
using CaaS.Rca.Ports;
using CaaS.Rca.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>Incidents with their causes, and the graph they are found on.</summary>
internal static class IncidentEndpoints
{
    public static void Map(RouteGroupBuilder reads)
    {
        reads.MapGet("/incidents", ListAsync).WithName("Incidents").WithTags("Incidents")
            .WithSummary("Incidents, last changed first.");
        reads.MapGet("/incidents/{id}", FindAsync).WithName("Incident").WithTags("Incidents")
            .WithSummary("One incident with its ranked causes, evidence, symptoms and story.");
        reads.MapGet("/topology", TopologyAsync).WithName("Topology").WithTags("Incidents")
            .WithSummary("The graph of the cluster as it is now, or as its objects stated it at an instant.");
        reads.MapGet("/topology/diff", TopologyDiffAsync).WithName("TopologyDiff").WithTags("Incidents")
            .WithSummary("What was added, removed and changed in the graph between two instants; to is now when left out.");
    }

    private static async Task<Ok<IReadOnlyList<Wire.Incident>>> ListAsync(
        bool? openOnly, int? limit, IIncidentStore incidents, CancellationToken end)
    {
        var found = await incidents.ListAsync(null, openOnly ?? false, Answers.Limit(limit, 100, 1000), end)
            .ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<Wire.Incident>>([.. found.Select(ToWire.Of)]);
    }

    private static async Task<Results<Ok<Wire.Incident>, NotFound>> FindAsync(
        string id, IIncidentStore incidents, CancellationToken end) =>
        Answers.Found(await incidents.FindAsync(id, end).ConfigureAwait(false) is { } found ? ToWire.Of(found) : null);

    private static async Task<Ok<Wire.Graph>> TopologyAsync(
        DateTimeOffset? at, ITopology topology, IHistory history, PlatformIdentity platform, CancellationToken end)
    {
        if (at is not { } instant)
        {
            return TypedResults.Ok(ToWire.Of(topology.Now(platform.Scope)));
        }

        return TypedResults.Ok(ToWire.Of(await PastAsync(instant, history, platform, end).ConfigureAwait(false)));
    }

    private static async Task<Ok<Wire.GraphDiff>> TopologyDiffAsync(
        DateTimeOffset from,
        DateTimeOffset? to,
        IHistory history,
        PlatformIdentity platform,
        TimeProvider time,
        CancellationToken end)
    {
        var before = await PastAsync(from, history, platform, end).ConfigureAwait(false);
        var after = await PastAsync(to ?? time.GetUtcNow(), history, platform, end).ConfigureAwait(false);
        return TypedResults.Ok(ToWire.Of(GraphDiff.Between(before, after)));
    }

    private static async Task<GraphSnapshot> PastAsync(
        DateTimeOffset at, IHistory history, PlatformIdentity platform, CancellationToken end) =>
        PastTopology.Of(
            platform.Scope, await history.ObjectsAtAsync(platform.Scope, at, end).ConfigureAwait(false), at);
}
