using CaaS.Client;

namespace CaaS.Web.Session;

/// <summary>The pages' one connection pool to the API.</summary>
/// <param name="address">Gives the API's address; asked for each client, since it is known only once the host
/// listens.</param>
/// <param name="tokenClaim">Claim that carries a user's session token.</param>
/// <param name="handler">Sends the requests; disposed with this.</param>
public sealed class ApiConnection(Func<Uri> address, string tokenClaim, HttpMessageHandler handler) : IDisposable
{
    /// <summary>Claim that carries a user's session token.</summary>
    public string TokenClaim { get; } = tokenClaim;

    /// <summary>Makes a client that speaks for a user.</summary>
    /// <param name="token">The user's session token.</param>
    /// <returns>A client; its connections are pooled.</returns>
    public CaaSClient For(string token)
    {
        var http = new HttpClient(handler, disposeHandler: false) { BaseAddress = address() };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new CaaSClient(http);
    }

    /// <inheritdoc/>
    public void Dispose() => handler.Dispose();
}
