using System.ComponentModel;
using CaaS.Analytics.Ports;
using CaaS.Analytics.Text;
using CaaS.Api.Mapping;
using CaaS.Api.Similar;
using CaaS.Rca.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>What is known already: incidents of the past, runbooks and post-mortems.</summary>
internal static class DocumentEndpoints
{
    private const int QueryLengthMax = 1000;

    public static void Map(RouteGroupBuilder reads)
    {
        reads.MapGet("/incidents/{id}/similar", SimilarAsync).WithName("SimilarIncidents").WithTags("Incidents")
            .WithSummary("Incidents opened before this one that are like it, with what was found then and what helped; none when none is.");
        reads.MapGet("/incidents/{id}/documents", OfIncidentAsync).WithName("IncidentDocuments").WithTags("Documents")
            .WithSummary("Runbooks and post-mortems that fit an incident, each with its best section; none when none does.");
        reads.MapGet("/documents", Search).WithName("Documents").WithTags("Documents")
            .WithSummary("Runbooks and post-mortems that hold what is asked, best first.");
    }

    private static async Task<Results<Ok<IReadOnlyList<Wire.SimilarIncident>>, NotFound>> SimilarAsync(
        string id, int? limit, IIncidentStore incidents, SimilarIncidents similar, CancellationToken end)
    {
        var incident = await incidents.FindAsync(id, end).ConfigureAwait(false);
        return Answers.Found(incident is null
            ? null
            : await similar.LikeAsync(incident, Answers.Limit(limit, 3, 20), end).ConfigureAwait(false));
    }

    private static async Task<Results<Ok<IReadOnlyList<Wire.DocumentMatch>>, NotFound>> OfIncidentAsync(
        string id, int? limit, IIncidentStore incidents, IDocumentLibrary library, CancellationToken end)
    {
        var incident = await incidents.FindAsync(id, end).ConfigureAwait(false);
        return Answers.Found(incident is null
            ? null
            : ToWire.Of(library.Search(IncidentQuestions.ForDocuments(incident), Answers.Limit(limit, 3, 20))));
    }

    private static Results<Ok<IReadOnlyList<Wire.DocumentMatch>>, ProblemHttpResult> Search(
        [Description("Words, codes, names: 1 to 1,000 characters.")] string query, int? limit, IDocumentLibrary library) =>
        query.Trim().Length is 0 or > QueryLengthMax
            ? Answers.Bad($"A query has 1 to {QueryLengthMax} characters.")
            : TypedResults.Ok(ToWire.Of(library.Search(TextQuestion.Search(query), Answers.Limit(limit, 10, 50))));
}
