using Microsoft.Playwright;
using Xunit;

namespace CaaS.Live.Tests;

/// <summary>The pages in a real browser, on the demo's incident.</summary>
public sealed class BrowserTests(ITestOutputHelper output)
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    [Fact]
    public async Task An_incident_is_worked_through_with_the_keyboard()
    {
        Live.Require();
        using var demo = await Demo.StartAsync();
        output.WriteLine(demo.Said);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = Quiet });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new() { Width = 1440, Height = 1000 } });
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync(demo.SignIn);
        var row = page.Locator("table.inbox tbody tr").First;
        await row.WaitForAsync();
        await WhenLiveAsync(page);
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(row).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(row).ToContainTextAsync("acknowledged");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".verdict-line")).ToContainTextAsync("checkout");
        await Assertions.Expect(page.Locator(".cause").First).ToContainTextAsync("bad-release");
        await Assertions.Expect(page.Locator(".chart svg .line").First).ToBeAttachedAsync();
        await Assertions.Expect(page.Locator(".chart p")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".timeline:not(.small)").First).ToContainTextAsync("change");
        await page.Keyboard.PressAsync("s");
        await page.GetByPlaceholder("Reason, for whoever comes after you").FillAsync("browser test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Silence for 2h" }).ClickAsync();
        await Assertions.Expect(page.Locator(".incident-head")).ToContainTextAsync("silenced");
        await Assertions.Expect(page.Locator(".operation .pill").First).ToHaveTextAsync("waits for approval");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Assertions.Expect(page.Locator("section.operation")).ToContainTextAsync("This is a recording; there is nothing to act on.");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Every_page_opens_without_an_error_wide_and_narrow()
    {
        Live.Require();
        using var demo = await Demo.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = Quiet });
        var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(demo.SignIn);
        await page.Locator("table.inbox").WaitForAsync();
        var origin = new Uri(page.Url).GetLeftPart(UriPartial.Authority);

        foreach (var width in (int[])[1440, 390])
        {
            await page.SetViewportSizeAsync(width, 900);
            foreach (var path in (string[])["/", "/operations", "/policies", "/topology", "/explore", "/audit", "/status"])
            {
                await page.GotoAsync(origin + path);
                await page.Locator("h1").First.WaitForAsync();
                await Assertions.Expect(page.Locator(".state.error:visible")).ToHaveCountAsync(0);
                var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                Assert.True(overflow <= 0, $"{path} is {overflow} px too wide at {width}.");
            }
        }

        Assert.Empty(errors);
    }

    [Fact]
    public async Task Nobody_sees_anything_without_signing_in()
    {
        Live.Require();
        using var demo = await Demo.StartAsync();
        var origin = new Uri(demo.SignIn).GetLeftPart(UriPartial.Authority);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("Accept", "text/html");

        using var page = await http.GetAsync(new Uri(origin + "/"), TestContext.Current.CancellationToken);
        using var api = await http.GetAsync(new Uri(origin + "/api/v1/alerts"), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Found, page.StatusCode);
        Assert.StartsWith("/sign-in", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, api.StatusCode);
    }

    /// <summary>Waits until the page listens to keys: it is drawn by the server before its circuit is up.</summary>
    private static Task<IJSHandle> WhenLiveAsync(IPage page) =>
        page.WaitForFunctionAsync("() => window.caas?.listening === true");
}
