using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Api.Access;

/// <summary>Finds out who a caller is: by <c>Authorization: Bearer</c> for programs, by cookie for browsers.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessBook access) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public new const string Scheme = "caas";

    /// <summary>Name of the cookie that holds a session's secret.</summary>
    public const string Cookie = "caas-session";

    /// <summary>Claim with the hash of the secret: lets long requests ask whether it still holds.</summary>
    public const string HashClaim = "hash";

    /// <summary>Claim with the id of the token or session.</summary>
    public const string IdClaim = "id";

    /// <summary>Claim that is there when a cookie told who it is: such requests are checked for their origin.</summary>
    public const string CookieClaim = "cookie";

    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // A person who opens a page is shown where to sign in; a program is told 401.
        var isPage = HttpMethods.IsGet(Request.Method)
            && !Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (isPage)
        {
            Response.Redirect("/sign-in?return=" + Uri.EscapeDataString(Request.Path + Request.QueryString));
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Result(access.FindOrNull(header[Bearer.Length..].Trim()), session: "");
        }

        return Request.Cookies.TryGetValue(Cookie, out var secret)
            ? Result(access.FindOrNull(secret), secret)
            : AuthenticateResult.NoResult();
    }

    private static AuthenticateResult Result(Grant? grant, string session)
    {
        if (grant is null)
        {
            return AuthenticateResult.Fail("The token is unknown, revoked or expired.");
        }

        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, grant.Name));
        identity.AddClaim(new Claim(ClaimTypes.Role, Roles.Of(grant.Role)));
        identity.AddClaim(new Claim(IdClaim, grant.Id));
        identity.AddClaim(new Claim(HashClaim, grant.Hash));
        if (session.Length > 0)
        {
            identity.AddClaim(new Claim(CookieClaim, "true"));
            identity.AddClaim(new Claim(ApiShell.SessionClaim, session));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }
}
