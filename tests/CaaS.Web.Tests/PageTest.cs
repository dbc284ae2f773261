using System.Security.Claims;
using Bunit;
using CaaS.Web.Components;
using CaaS.Web.Session;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CaaS.Web.Tests;

/// <summary>A browser tab of a signed-in user, against an API in memory.</summary>
public abstract class PageTest : BunitContext
{
    private const string TokenClaim = "token";

    protected PageTest()
    {
        // Only how long a failing test waits.
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        Services.AddSingleton(new ApiConnection(() => new Uri("http://caas.test/"), TokenClaim, Api));
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddScoped<UserClient>();
        Services.AddScoped<LiveFeed>();
        AddAuthorization().SetAuthorized("ada").SetClaims(new Claim(TokenClaim, "secret"));
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("caas.listen", _ => true);
    }

    protected FakeApi Api { get; } = new();

    protected FakeTimeProvider Time { get; } = new(Given.Now);

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    /// <summary>Opens a page at an address and waits until it has loaded or failed.</summary>
    protected IRenderedComponent<T> Open<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : Page
    {
        var page = Start(address, parameters);
        page.WaitForState(() => page.FindAll(".spinner").Count == 0);
        return page;
    }

    /// <summary>Opens a page and does not wait.</summary>
    protected IRenderedComponent<T> Start<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : Page
    {
        Navigation.NavigateTo(address);
        return Render<T>(parameters ?? (_ => { }));
    }

    /// <summary>Presses keys, one after the other.</summary>
    protected static async Task PressAsync<T>(IRenderedComponent<T> page, params string[] keys)
        where T : KeyPage
    {
        foreach (var key in keys)
        {
            await page.InvokeAsync(() => page.Instance.OnKey(key));
        }
    }

    /// <summary>Waits until the tab's feed is open: what is said from now on is heard.</summary>
    protected async Task FeedIsOpenAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Api.FeedCount == 0)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Waits until the API was asked something a number of times.</summary>
    protected async Task AskedAsync(string start, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Api.Count(start) < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
