using CaaS.Web.Session;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaaS.Web;

/// <summary>Puts the pages into a host.</summary>
public static class WebRegistration
{
    /// <summary>Adds what the pages need.</summary>
    /// <param name="services">Container.</param>
    /// <param name="apiAddress">Gives the address of the API once the host listens.</param>
    /// <param name="tokenClaim">Claim of the signed-in user that carries the session's token; it never reaches the
    /// browser.</param>
    /// <returns>The container.</returns>
    public static IServiceCollection AddCaaSWeb(
        this IServiceCollection services, Func<IServiceProvider, Uri> apiAddress, string tokenClaim)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddSingleton(provider => new ApiConnection(
            () => apiAddress(provider),
            tokenClaim,
            new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }));
        services.AddScoped<UserClient>();
        services.AddScoped<LiveFeed>();
        return services;
    }

    /// <summary>Maps the pages; they show themselves to signed-in users only.</summary>
    /// <param name="endpoints">Endpoints of the host.</param>
    /// <returns>The pages' endpoints, to put a policy on.</returns>
    public static RazorComponentsEndpointConventionBuilder MapCaaSWeb(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode();
}
