using CaaS.Api.Access;
using CaaS.Api.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Endpoints;

/// <summary>What needs no token: health, metrics, the API's description and the page people sign in at.</summary>
internal static class OpenEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Text("ok\n")).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/readyz", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var metrics = endpoints.MapGet("/metrics", MetricsAsync).ExcludeFromDescription();
        var needsToken = endpoints.ServiceProvider.GetRequiredService<IOptions<ApiOptions>>().Value.MetricsNeedToken;
        _ = needsToken ? metrics.RequireAuthorization(ApiShell.ViewerPolicy) : metrics.AllowAnonymous();
        MapPage(endpoints, "/sign-in", SignInPage.Html, "text/html; charset=utf-8");
        MapPage(endpoints, "/sign-in.js", SignInPage.Script, "text/javascript; charset=utf-8");
        MapPage(endpoints, "/sign-in.css", SignInPage.Style, "text/css; charset=utf-8");
    }

    private static void MapPage(IEndpointRouteBuilder endpoints, string path, string text, string contentType) =>
        endpoints.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = SignInPage.ContentSecurityPolicy;
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Text(text, contentType);
        }).AllowAnonymous().ExcludeFromDescription();

    private static async Task ReadyAsync(HttpContext context, PlatformReport report)
    {
        // The names of the stages that lag are enough for whoever operates it; the rest needs a token.
        var missing = await report.NotReadyAsync(context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = missing.Count == 0
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        var text = missing.Count == 0 ? "ready\n" : $"not ready: {string.Join(", ", missing)}\n";
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task MetricsAsync(HttpContext context, MetricsPage page)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await page.WriteAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
