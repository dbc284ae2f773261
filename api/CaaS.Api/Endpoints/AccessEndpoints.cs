using System.Security.Claims;
using CaaS.Api.Access;
using CaaS.Api.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Wire = CaaS.Client.Wire;

namespace CaaS.Api.Endpoints;

/// <summary>Who the caller is, signing in and out, and tokens.</summary>
internal static class AccessEndpoints
{
    private const int NameLengthMax = 64;

    public static void Map(IEndpointRouteBuilder open, RouteGroupBuilder reads, RouteGroupBuilder writes)
    {
        reads.MapGet("/me", (ClaimsPrincipal user) => TypedResults.Ok(MeOf(user)))
            .WithName("Me").WithTags("Access").WithSummary("Who the caller is.");
        open.MapPost("/api/v1/session", SignInAsync).AllowAnonymous().RequireRateLimiting(Limits.SignIn)
            .WithMetadata(new RequestLimit()).WithName("SignIn").WithTags("Access")
            .WithSummary("Signs a browser in: answers with a cookie.");
        reads.MapDelete("/session", SignOutAsync).WithName("SignOut").WithTags("Access")
            .WithSummary("Ends the session of the caller's cookie.");
        writes.MapGet("/tokens", (AccessBook access) =>
                TypedResults.Ok<IReadOnlyList<Wire.AccessToken>>([.. access.Tokens().Select(token => token.ToWire())]))
            .WithName("Tokens").WithTags("Access").WithSummary("Tokens, by name; secrets are not kept.");
        writes.MapPost("/tokens", NewTokenAsync).WithName("NewToken").WithTags("Access")
            .WithSummary("Makes a token; its secret is shown this once.");
        writes.MapDelete("/tokens/{id}", RevokeTokenAsync).WithName("RevokeToken").WithTags("Access")
            .WithSummary("Revokes a token and ends the sessions opened with it.");
    }

    private static Wire.Me MeOf(ClaimsPrincipal user) => new(
        user.Identity?.Name ?? "", user.IsInRole(Roles.Operator) ? Wire.Role.Operator : Wire.Role.Viewer);

    private static async Task<Results<Ok<Wire.Me>, ProblemHttpResult>> SignInAsync(
        Wire.SignIn body,
        HttpContext context,
        AccessBook access,
        SignInCodes codes,
        AuditTrail audit,
        ApiMeter meter,
        IOptions<ApiOptions> options,
        TimeProvider time,
        CancellationToken end)
    {
        if (!SameOriginGuard.IsSameOrigin(context.Request, isMissingFine: true))
        {
            meter.Refused("other-origin");
            return TypedResults.Problem("The request comes from another site.", statusCode: StatusCodes.Status403Forbidden);
        }

        var secret = body.Token?.Trim() ?? "";
        var token = access.FindOrNull(secret);
        var isCode = token is null && secret.Length <= Secret.LengthMax && codes.Redeem(secret);
        if (!isCode && (token is null || token.IsSession))
        {
            meter.Refused("bad-token");
            return TypedResults.Problem(
                "The token is unknown, revoked or expired.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var (name, role, parent) = isCode ? ("operator", Wire.Role.Operator, "") : (token!.Name, token.Role, token.Id);
        var (session, key) = await access.NewSessionAsync(name, role, parent, end).ConfigureAwait(false);
        context.Response.Cookies.Append(TokenAuthentication.Cookie, key, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            IsEssential = true,
            MaxAge = options.Value.SessionLifetime,
        });
        await NoteAsync(audit, time, name, "access.sign-in", session.Id, end).ConfigureAwait(false);
        return TypedResults.Ok(new Wire.Me(name, role));
    }

    private static async Task<NoContent> SignOutAsync(
        HttpContext context, AccessBook access, AuditTrail audit, TimeProvider time, CancellationToken end)
    {
        // A token is not revoked by signing out: that is an operator's decision.
        if (context.User.HasClaim(claim => claim.Type == TokenAuthentication.CookieClaim))
        {
            var id = context.User.FindFirstValue(TokenAuthentication.IdClaim) ?? "";
            await access.RevokeAsync(id, end).ConfigureAwait(false);
            await NoteAsync(audit, time, MeOf(context.User).Name, "access.sign-out", id, end).ConfigureAwait(false);
            context.Response.Cookies.Delete(TokenAuthentication.Cookie);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Wire.NewToken>, ProblemHttpResult>> NewTokenAsync(
        Wire.TokenRequest body,
        ClaimsPrincipal user,
        AccessBook access,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken end)
    {
        var name = body.Name?.Trim() ?? "";
        if (name.Length is 0 or > NameLengthMax || name.Any(char.IsControl) || !Enum.IsDefined(body.Role))
        {
            return Answers.Bad($"A token needs a name of 1 to {NameLengthMax} characters and a role.");
        }

        var actor = MeOf(user).Name;
        var made = await access.NewTokenAsync(body with { Name = name }, actor, end).ConfigureAwait(false);
        if (made is null)
        {
            return TypedResults.Problem("There are too many tokens; revoke some.", statusCode: StatusCodes.Status409Conflict);
        }

        await NoteAsync(audit, time, actor, "access.new-token", made.Token.Id, end).ConfigureAwait(false);
        return TypedResults.Ok(made);
    }

    private static async Task<Results<Ok<Wire.AccessToken>, NotFound>> RevokeTokenAsync(
        string id, ClaimsPrincipal user, AccessBook access, AuditTrail audit, TimeProvider time, CancellationToken end)
    {
        var revoked = await access.RevokeAsync(id, end).ConfigureAwait(false);
        if (revoked is not null)
        {
            await NoteAsync(audit, time, MeOf(user).Name, "access.revoke-token", id, end).ConfigureAwait(false);
        }

        return Answers.Found(revoked?.ToWire());
    }

    private static Task NoteAsync(
        AuditTrail audit, TimeProvider time, string actor, string verb, string target, CancellationToken end) =>
        audit.AddAsync(
            new Wire.AuditEntry(
                time.GetUtcNow(), actor, verb, target, new Dictionary<string, string>(), "", Wire.OutcomeState.Done, ""),
            target,
            end);
}
