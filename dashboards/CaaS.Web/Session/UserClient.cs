using CaaS.Client;
using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components.Authorization;

namespace CaaS.Web.Session;

/// <summary>The API as the signed-in user may use it; one a browser tab.</summary>
/// <param name="connection">Connection pool.</param>
/// <param name="authentication">Who is signed in.</param>
public sealed class UserClient(ApiConnection connection, AuthenticationStateProvider authentication)
{
    private CaaSClient? _client;
    private Me? _me;

    /// <summary>The client.</summary>
    /// <returns>A client with the user's session token; the API refuses it when nobody is signed in.</returns>
    public async Task<CaaSClient> GetAsync()
    {
        if (_client is null)
        {
            var state = await authentication.GetAuthenticationStateAsync();
            _client = connection.For(state.User.FindFirst(connection.TokenClaim)?.Value ?? "");
        }

        return _client;
    }

    /// <summary>Who is signed in.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Name and role.</returns>
    public async Task<Me> MeAsync(CancellationToken cancellationToken) =>
        _me ??= await (await GetAsync()).MeAsync(cancellationToken);
}
