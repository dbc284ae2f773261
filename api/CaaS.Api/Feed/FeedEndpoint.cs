using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
using CaaS.Api.Access;
using CaaS.Client;
using CaaS.Client.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Feed;

/// <summary>The live feed: server-sent events, one a change, and a comment now and then as a sign of life.</summary>
internal static class FeedEndpoint
{
    public static void Map(RouteGroupBuilder reads) =>
        reads.MapGet("/feed", ServeAsync).WithName("Feed").WithTags("Platform")
            .WithSummary("What changes, as it changes (server-sent events).")
            .Produces<FeedEvent>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task ServeAsync(
        HttpContext context,
        FeedHub hub,
        AccessBook access,
        IOptions<ApiOptions> options,
        IHostApplicationLifetime lifetime)
    {
        if (hub.ListenOrNull() is not { } listener)
        {
            await TypedResults.Problem("Too many feeds are open.", statusCode: StatusCodes.Status503ServiceUnavailable)
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await WriteAsync(context, ": hello\n\n", end.Token).ConfigureAwait(false);
            await PumpAsync(context, listener, access, options.Value.FeedHeartbeat, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client left, or the server stops.
        }
        finally
        {
            hub.Leave(listener, "left");
        }
    }

    private static async Task PumpAsync(
        HttpContext context,
        Channel<FeedEvent> listener,
        AccessBook access,
        TimeSpan heartbeat,
        CancellationToken cancellationToken)
    {
        var hash = context.User.FindFirstValue(TokenAuthentication.HashClaim) ?? "";
        while (true)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            pause.CancelAfter(heartbeat);
            try
            {
                if (!await listener.Reader.WaitToReadAsync(pause.Token).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await WriteAsync(context, ": alive\n\n", cancellationToken).ConfigureAwait(false);
            }

            // Who was revoked meanwhile hears no more.
            if (!access.IsGood(hash))
            {
                return;
            }

            while (listener.Reader.TryRead(out var change))
            {
                var json = JsonSerializer.Serialize(change, CaaSJson.Options);
                await WriteAsync(context, $"data: {json}\n\n", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
