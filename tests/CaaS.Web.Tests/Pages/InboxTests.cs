using System.Net;
using Bunit;
using CaaS.Client.Wire;
using CaaS.Web.Pages;
using Xunit;

namespace CaaS.Web.Tests.Pages;

public sealed class InboxTests : PageTest
{
    [Fact]
    public void An_empty_inbox_says_that_all_is_quiet()
    {
        var page = Open<Inbox>("/");

        Assert.Contains("All quiet.", page.Find(".state.empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_without_hits_does_not_say_that_all_is_quiet()
    {
        Api.Alerts = Given.Alerts(3);

        var page = Open<Inbox>("/?q=nowhere");

        Assert.Contains("matches “nowhere”", page.Find(".state.empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/?tab=open", page.Find(".state.empty a").GetAttribute("href"));
    }

    [Fact]
    public void While_it_loads_it_says_so()
    {
        var gate = new TaskCompletionSource();
        Api.Hold = _ => gate.Task;

        var page = Start<Inbox>("/");

        Assert.Contains("Loading", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        gate.SetResult();
        page.WaitForElement(".state.empty");
    }

    [Fact]
    public void An_error_is_shown_with_its_reason_and_trying_again_recovers()
    {
        Api.Alerts = Given.Alerts(1);
        Api.Refuse = _ => (HttpStatusCode.ServiceUnavailable, "The database is locked.");
        var page = Open<Inbox>("/");
        Assert.Contains("The database is locked.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        Api.Refuse = _ => null;
        page.Find("[role=alert] button").Click();

        page.WaitForElement("#a-i1");
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Theory]
    [InlineData("/", "1–50 of 130", "/?tab=open&skip=50")]
    [InlineData("/?skip=50", "51–100 of 130", "/?tab=open|/?tab=open&skip=100")]
    [InlineData("/?skip=100", "101–130 of 130", "/?tab=open&skip=50")]
    [InlineData("/?skip=5000", "none here of 130", "/?tab=open&skip=4950")]
    [InlineData("/?skip=-3", "1–50 of 130", "/?tab=open&skip=50")]
    [InlineData("/?skip=many", "1–50 of 130", "/?tab=open&skip=50")]
    public void Many_alerts_come_in_pages(string address, string place, string links)
    {
        Api.Alerts = Given.Alerts(130);

        var page = Open<Inbox>(address);

        Assert.Equal(place, page.Find(".pager span").TextContent);
        Assert.Equal(links.Split('|'), page.FindAll(".pager a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("", "status=open&status=acknowledged&silenced=false&offset=0")]
    [InlineData("open", "status=open&status=acknowledged&silenced=false&offset=0")]
    [InlineData("mine", "status=open&status=acknowledged&assignee=ada&offset=0")]
    [InlineData("unassigned", "status=open&status=acknowledged&assignee=&silenced=false&offset=0")]
    [InlineData("silenced", "status=open&status=acknowledged&silenced=true&offset=0")]
    [InlineData("resolved", "status=resolved&offset=0")]
    [InlineData("no-such-tab", "status=open&status=acknowledged&silenced=false&offset=0")]
    public void A_tab_asks_for_its_alerts(string tab, string query)
    {
        Open<Inbox>(tab.Length == 0 ? "/" : $"/?tab={tab}");

        Assert.Contains($"GET alerts?{query}&limit=50", Api.Requests);
    }

    [Fact]
    public void The_tab_that_is_shown_is_marked_for_everyone()
    {
        var page = Open<Inbox>("/?tab=mine");

        var marked = Assert.Single(page.FindAll("[aria-current=page]"));
        Assert.Equal("Mine", marked.TextContent);
    }

    [Fact]
    public void A_search_is_put_into_the_address_and_keeps_the_tab()
    {
        var page = Open<Inbox>("/?tab=resolved&skip=50");

        page.Find("input[type=search]").Change("cart & co");

        Assert.EndsWith("/?tab=resolved&q=cart%20%26%20co", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("GET alerts?status=resolved&text=cart%20%26%20co&offset=0&limit=50", Api.Requests));
    }

    [Fact]
    public async Task Keys_move_the_cursor_and_stop_at_the_ends()
    {
        Api.Alerts = Given.Alerts(3);
        var page = Open<Inbox>("/");

        await PressAsync(page, "j");
        Assert.Equal("a-i1", Cursor(page));
        await PressAsync(page, "j", "j", "j", "j");
        Assert.Equal("a-i3", Cursor(page));
        await PressAsync(page, "k");
        Assert.Equal("a-i2", Cursor(page));
        await PressAsync(page, "k", "k", "k");
        Assert.Equal("a-i1", Cursor(page));
        await PressAsync(page, "Escape");
        Assert.Null(Cursor(page));
    }

    [Fact]
    public async Task The_cursor_stays_on_its_row_when_rows_arrive_above()
    {
        Api.Alerts = Given.Alerts(3);
        var page = Open<Inbox>("/");
        await PressAsync(page, "j", "j");

        Api.Alerts.InsertRange(0, [Given.Alert("new1"), Given.Alert("new2")]);
        await FeedIsOpenAsync();
        await Api.SayAsync(FeedKind.Alert, "new1");

        page.WaitForElement("#a-new2");
        Assert.Equal("a-i2", Cursor(page));
        await PressAsync(page, "a");
        Assert.Contains("POST alerts/i2/acknowledge", Api.Requests);
    }

    [Fact]
    public async Task When_the_row_under_the_cursor_leaves_keys_do_nothing_until_it_is_moved()
    {
        Api.Alerts = Given.Alerts(4);
        var page = Open<Inbox>("/");

        await PressAsync(page, "j", "j", "e", "e", "a", "Enter");
        Assert.Equal(["POST alerts/i2/resolve"], Api.Requests.Where(request => request.StartsWith("POST", StringComparison.Ordinal)));
        await PressAsync(page, "j");

        Assert.Equal("a-i3", Cursor(page));
    }

    [Theory]
    [InlineData("a", "POST alerts/i1/acknowledge")]
    [InlineData("m", "POST alerts/i1/assign {\"assignee\":\"ada\"}")]
    [InlineData("e", "POST alerts/i1/resolve")]
    public async Task A_key_acts_on_the_row_under_the_cursor(string key, string request)
    {
        Api.Alerts = Given.Alerts(2);
        var page = Open<Inbox>("/");

        await PressAsync(page, "j", key);

        Assert.Contains(request, Api.Requests);
    }

    [Fact]
    public async Task Enter_opens_the_incident()
    {
        Api.Alerts = Given.Alerts(2);
        var page = Open<Inbox>("/");

        await PressAsync(page, "j", "j", "Enter");

        Assert.EndsWith("/incidents/i2", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S_asks_how_long_and_why_and_then_silences()
    {
        Api.Alerts = Given.Alerts(2);
        var page = Open<Inbox>("/");

        await PressAsync(page, "j", "s");
        Assert.Equal("silence", JSInterop.VerifyInvoke("caas.open").Arguments[0]);
        page.Find("dialog input").Input("  planned work ");
        page.Find("dialog form").Submit();

        Assert.Contains(
            "POST silences {\"incidentId\":\"i1\",\"entity\":null,\"until\":\"2026-03-01T14:00:00+00:00\",\"reason\":\"planned work\"}",
            Api.Requests);
    }

    [Fact]
    public async Task A_viewer_changes_nothing()
    {
        Api.Me = new Me("eve", Role.Viewer);
        Api.Alerts = Given.Alerts(2);
        var page = Open<Inbox>("/");

        await PressAsync(page, "j", "a", "m", "s", "e");

        Assert.DoesNotContain(Api.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
        Assert.Empty(JSInterop.Invocations["caas.open"]);
        Assert.Empty(page.FindAll(".row-actions button"));
    }

    [Fact]
    public async Task What_is_over_is_not_acted_on()
    {
        Api.Alerts = [Given.Alert("i1") with { Status = AlertStatus.Resolved, ResolvedAt = Given.Now }];
        var page = Open<Inbox>("/?tab=resolved");

        await PressAsync(page, "j", "a", "m", "s", "e");

        Assert.DoesNotContain(Api.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".row-actions button"));
    }

    [Fact]
    public async Task A_refused_command_says_why()
    {
        Api.Alerts = Given.Alerts(1);
        Api.Command = _ => new Outcome("c1", OutcomeState.Refused, "Somebody else resolved it.", "");
        var page = Open<Inbox>("/");

        await PressAsync(page, "j", "a");

        Assert.Contains("Somebody else resolved it.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_title_counts_what_waits_on_every_tab()
    {
        Api.Alerts = Given.Alerts(70);
        Api.Alerts[0] = Api.Alerts[0] with { Status = AlertStatus.Acknowledged };

        Open<Inbox>("/?tab=resolved");

        Assert.Contains("GET alerts?status=open&silenced=false&offset=0&limit=1", Api.Requests);
    }

    [Fact]
    public void Markup_in_a_title_is_text()
    {
        Api.Alerts = [Given.Alert("i1") with { Title = "<img src=x onerror=alert(1)>", Verdict = "<script>1</script>" }];

        var page = Open<Inbox>("/");

        Assert.Empty(page.FindAll("td img, td script"));
        Assert.Equal("<img src=x onerror=alert(1)>", page.Find(".what a").TextContent);
    }

    [Fact]
    public void A_changed_address_during_a_slow_load_wins()
    {
        var slow = new TaskCompletionSource();
        Api.Alerts = [Given.Alert("live"), Given.Alert("over") with { Status = AlertStatus.Resolved }];
        Api.Hold = path => path.Contains("status=acknowledged", StringComparison.Ordinal) ? slow.Task : Task.CompletedTask;
        var page = Start<Inbox>("/");

        Navigation.NavigateTo("/?tab=resolved");
        slow.SetResult();

        page.WaitForElement("#a-over");
        Assert.Empty(page.FindAll("#a-live"));
    }

    private static string? Cursor(IRenderedComponent<Inbox> page) =>
        page.FindAll("tr.cursor[aria-current=true]").SingleOrDefault()?.Id;
}
