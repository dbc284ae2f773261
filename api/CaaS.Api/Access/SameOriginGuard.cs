using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CaaS.Api.Access;

/// <summary>Refuses what another site makes a signed-in browser do.</summary>
/// <remarks>
/// Only requests a browser authenticates by itself (cookie) can be forged; those that change something or open a web
/// socket must come from a page of this server. The cookie is also SameSite=Strict: this is the second lock.
/// </remarks>
/// <param name="next">Next step.</param>
/// <param name="meter">Counts refusals.</param>
/// <param name="logger">Log.</param>
internal sealed class SameOriginGuard(RequestDelegate next, ApiMeter meter, ILogger<SameOriginGuard> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method);
        var isForgeable = context.User.HasClaim(claim => claim.Type == TokenAuthentication.CookieClaim);
        var mustBeOurs = isForgeable && (!isSafe || context.WebSockets.IsWebSocketRequest);
        if (mustBeOurs && !IsSameOrigin(request, isMissingFine: false))
        {
            logger.OtherOrigin(request.Method, request.Path);
            meter.Refused("other-origin");
            await TypedResults.Problem("The request comes from another site.", statusCode: StatusCodes.Status403Forbidden)
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    /// <summary>Whether a request comes from a page of this server.</summary>
    /// <param name="request">Request.</param>
    /// <param name="isMissingFine">Answer when the caller says nothing about it, as programs do.</param>
    internal static bool IsSameOrigin(HttpRequest request, bool isMissingFine)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site == "same-origin";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            ? isMissingFine
            : string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
