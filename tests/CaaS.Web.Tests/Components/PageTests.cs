using System.Net;
using Bunit;
using CaaS.Client.Wire;
using CaaS.Web.Components;
using CaaS.Web.Pages;
using CaaS.Web.Session;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CaaS.Web.Tests.Components;

/// <summary>What all pages do when time passes, things change and people leave.</summary>
public sealed class PageTests : PageTest
{
    private int _heard;

    [Fact]
    public async Task Changes_that_come_close_together_lead_to_one_load()
    {
        var page = Open<Operations>("/operations");
        await ListenAsync();
        Assert.Equal(1, Api.Count("GET operations"));

        await Api.SayAsync(FeedKind.Operation, "o1");
        page.WaitForAssertion(() => Assert.Equal(2, Api.Count("GET operations")));
        for (var number = 0; number < 50; number++)
        {
            await Api.SayAsync(FeedKind.Operation, "o1");
        }

        await HeardAsync(51, page);
        Assert.Equal(2, Api.Count("GET operations"));
        Time.Advance(TimeSpan.FromMilliseconds(250));

        page.WaitForAssertion(() => Assert.Equal(3, Api.Count("GET operations")));
        Time.Advance(TimeSpan.FromSeconds(5));
        await page.InvokeAsync(() => { });
        Assert.Equal(3, Api.Count("GET operations"));
    }

    [Fact]
    public async Task A_change_during_a_load_leads_to_one_more()
    {
        var page = Open<Operations>("/operations");
        await ListenAsync();
        var gate = new TaskCompletionSource();
        Api.Hold = path => path.StartsWith("operations", StringComparison.Ordinal) ? gate.Task : Task.CompletedTask;
        await Api.SayAsync(FeedKind.Operation, "o1");
        await AskedAsync("GET operations", 2);

        await Api.SayAsync(FeedKind.Operation, "o2");
        await HeardAsync(2, page);
        Api.Operations = [Given.Operation("o2", "")];
        gate.SetResult();
        while (Api.Count("GET operations") < 3)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        page.WaitForElement(".operation");
    }

    [Fact]
    public async Task What_does_not_concern_a_page_does_not_load_it()
    {
        Open<Policies>("/policies");
        var page = Open<Operations>("/operations");
        await ListenAsync();

        await Api.SayAsync(FeedKind.Alert, "i1");
        await HeardAsync(1, page);

        Assert.Equal(1, Api.Count("GET operations"));
        Assert.Equal(1, Api.Count("GET policies"));
    }

    [Fact]
    public void Time_alone_makes_a_page_look_again()
    {
        var page = Open<Operations>("/operations");

        Time.Advance(TimeSpan.FromSeconds(30));

        page.WaitForAssertion(() => Assert.Equal(2, Api.Count("GET operations")));
    }

    [Fact]
    public async Task Leaving_during_a_load_is_not_an_error_and_others_go_on()
    {
        var gate = new TaskCompletionSource();
        var other = Open<Inbox>("/");
        await FeedIsOpenAsync();
        Api.Hold = path => path.StartsWith("operations", StringComparison.Ordinal) ? gate.Task : Task.CompletedTask;
        var page = Start<Operations>("/operations");
        await AskedAsync("GET operations", 1);

        await page.InvokeAsync(page.Instance.Dispose);
        gate.SetResult();
        Api.Alerts = Given.Alerts(1);
        await Api.SayAsync(FeedKind.Operation, "o1");
        await Api.SayAsync(FeedKind.Alert, "i1");

        other.WaitForElement("#a-i1");
        Assert.Equal(1, Api.Count("GET operations"));
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task Disposing_twice_and_keys_after_it_do_nothing()
    {
        Api.Alerts = Given.Alerts(1);
        var page = Open<Inbox>("/");
        await PressAsync(page, "j");

        await page.InvokeAsync(async () => await page.Instance.DisposeAsync());
        await page.InvokeAsync(async () => await page.Instance.DisposeAsync());
        await PressAsync(page, "e");

        Assert.Equal(0, Api.Count("POST"));
    }

    [Fact]
    public void A_session_that_ended_leads_to_the_sign_in_and_back()
    {
        Api.Refuse = _ => (HttpStatusCode.Unauthorized, "Expired.");

        Start<Operations>("/operations?x=1");

        Assert.EndsWith("/sign-in?return=%2Foperations%3Fx%3D1", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_out_is_an_error_and_not_an_endless_load()
    {
        Api.Hold = path => path.StartsWith("operations", StringComparison.Ordinal)
            ? Task.FromException(new TaskCanceledException("The request was canceled.")) : Task.CompletedTask;

        var page = Open<Operations>("/operations");

        Assert.Contains("did not answer in time", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_an_error_that_heals_by_itself()
    {
        Api.Hold = _ => Task.FromException(new HttpRequestException("Connection refused"));
        var page = Open<Operations>("/operations");
        Assert.Contains("Connection refused", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        Api.Hold = _ => Task.CompletedTask;
        Time.Advance(TimeSpan.FromSeconds(30));

        page.WaitForElement(".state.empty");
    }

    // Listens after the pages: what it has heard, they have heard.
    private async Task ListenAsync()
    {
        Services.GetRequiredService<LiveFeed>().Listen(_ => Interlocked.Increment(ref _heard));
        await FeedIsOpenAsync();
    }

    private async Task HeardAsync<T>(int count, IRenderedComponent<T> page)
        where T : Page
    {
        while (Volatile.Read(ref _heard) < count)
        {
            Xunit.TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await page.InvokeAsync(() => { });
    }
}
