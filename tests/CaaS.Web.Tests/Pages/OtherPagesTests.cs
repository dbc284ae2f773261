using System.Net;
using AngleSharp.Dom;
using Bunit;
using CaaS.Client.Wire;
using CaaS.Web.Components;
using CaaS.Web.Layout;
using CaaS.Web.Pages;
using Xunit;

namespace CaaS.Web.Tests.Pages;

public sealed class OtherPagesTests : PageTest
{
    [Fact]
    public void Every_control_of_every_page_has_a_name()
    {
        Given.Everything(Api);
        IRenderedComponent<Page>[] pages =
        [
            Open<Inbox>("/"), Open<IncidentPage>("/incidents/i1", parameters => parameters.Add(page => page.Id, "i1")),
            Open<Operations>("/operations"), Open<Policies>("/policies"), Open<TopologyPage>("/topology"),
            Open<Explore>($"/explore?entity={Given.Cart}"), Open<Audit>("/audit"), Open<StatusPage>("/status"),
            Open<BacktestPage>($"/backtest?entity={Given.Cart}&metric=queue_length&value=10"), Open<PlatformBadge>("/"),
        ];

        var nameless = pages.SelectMany(page => page.FindAll("a, button, input, select, svg[role=img], th"))
            .Where(control => Name(control).Trim().Length == 0)
            .Select(control => control.OuterHtml);

        Assert.Empty(nameless);
        Assert.All(pages[..^1], page => Assert.Single(page.FindAll("h1")));
    }

    [Fact]
    public void Every_page_shows_why_it_could_not_load()
    {
        Api.Refuse = _ => (HttpStatusCode.ServiceUnavailable, "Starting.");
        IRenderedComponent<Page>[] pages =
        [
            Open<Operations>("/operations"), Open<Policies>("/policies"), Open<TopologyPage>("/topology"),
            Open<Explore>("/explore"), Open<Audit>("/audit"), Open<StatusPage>("/status"), Open<BacktestPage>("/backtest"),
        ];

        Assert.All(pages, page => Assert.Contains("Starting.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_is_whole_when_there_is_nothing()
    {
        Assert.Contains("Nothing has been proposed", Open<Operations>("/operations").Markup, StringComparison.Ordinal);
        Assert.Contains("No policies are loaded", Open<Policies>("/policies").Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing is known of the topology", Open<TopologyPage>("/topology").Markup, StringComparison.Ordinal);
        Assert.Contains("History of one thing", Open<Explore>("/explore").Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing was measured", Open<Explore>($"/explore?entity={Given.Cart}").Markup, StringComparison.Ordinal);
        Assert.Contains("Nobody has changed anything", Open<Audit>("/audit").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kill_switch_is_set_and_released()
    {
        var page = Open<Operations>("/operations");

        page.Find(".head button").Click();
        page.WaitForElement(".head .primary").Click();

        page.WaitForAssertion(() => Assert.Contains("PUT kill-switch {\"engaged\":false}", Api.Requests));
        Assert.Contains("PUT kill-switch {\"engaged\":true}", Api.Requests);
    }

    [Fact]
    public void An_operator_sets_a_policys_mode()
    {
        Given.Everything(Api);
        var page = Open<Policies>("/policies");

        page.FindAll(".chip").Single(chip => chip.TextContent == "auto").Click();

        Assert.Contains("PUT policies/rollback-bad-release/mode {\"mode\":\"auto\"}", Api.Requests);
        Assert.Equal("approve", page.Find(".chip[aria-pressed=true]").TextContent);
    }

    [Fact]
    public void A_viewer_cannot_press_a_policys_mode_or_the_kill_switch()
    {
        Given.Everything(Api);
        Api.Me = new Me("eve", Role.Viewer);

        Assert.All(Open<Policies>("/policies").FindAll(".chip"), chip => Assert.True(chip.HasAttribute("disabled")));
        Assert.Empty(Open<Operations>("/operations").FindAll(".head button"));
    }

    [Fact]
    public void The_map_marks_the_path_of_an_incident()
    {
        Given.Everything(Api);

        var page = Open<TopologyPage>("/topology?incident=i1");

        Assert.Equal("cart", page.Find(".node.cause text:last-child").TextContent);
        Assert.Equal("checkout", page.Find(".node.between text:last-child").TextContent);
        Assert.Equal("gateway", page.Find(".node.symptom text:last-child").TextContent);
        Assert.Equal(3, page.FindAll(".node.aside").Count);
        Assert.Equal(2, page.FindAll(".edge.on").Count);
        Assert.Contains("Errors in checkout", page.Find(".head a").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_of_an_unknown_incident_is_the_plain_map()
    {
        Given.Everything(Api);

        var page = Open<TopologyPage>("/topology?incident=nope");

        Assert.Empty(page.FindAll(".aside, .on"));
        Assert.Equal(6, page.FindAll(".node").Count);
    }

    [Fact]
    public void A_namespace_is_chosen_and_keeps_the_incident()
    {
        Given.Everything(Api);
        var page = Open<TopologyPage>("/topology?incident=i1");

        page.Find("select").Change("other");

        Assert.EndsWith("/topology?namespace=other&incident=i1", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(
            ["cart", "checkout", "gateway", "node1", "wiki"],
            page.FindAll(".node text:last-child").Select(text => text.TextContent).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("then=1h", -60, null)]
    [InlineData("then=before&incident=i1", -5, "onset")]
    public void The_graph_then_is_held_against_the_graph_now(string query, int minutes, string? from)
    {
        Given.Everything(Api);
        Api.Diff = Api.Diff with
        {
            AddedNodes = [Given.Checkout],
            RemovedNodes = ["shop/Deployment/old", "other/Deployment/gone"],
            ChangedNodes =
            [
                new(Given.Cart, [new("replicas", "2", "3"), new("readySince", "then", "now"), new("environment", "A=1\nB=1", "A=1\nB=2")], [new("cart-2", "node1")], []),
                new("shop/Deployment/stock", [new("readySince", "then", "now")], [], []),
            ],
            AddedEdges = [new("mounts", Given.Checkout, "shop/Secret/keys")],
        };

        var page = Open<TopologyPage>($"/topology?namespace=shop&{query}");

        var then = (from is null ? Given.Now : Given.Onset).AddMinutes(minutes);
        Assert.Contains($"Changed since {then:yyyy-MM-dd HH:mm:ss} UTC", page.Find(".card h2").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["− removed Deployment old", "+ added Deployment checkout", "± changed Deployment cart"],
            page.FindAll(".changes tbody tr").Select(row => $"{row.Children[0].TextContent} {row.Children[1].TextContent}"));
        Assert.Equal(
            ["mounts shop/Secret/keys, new", "replicas: 2 → 3", "environment: − B=1", "environment: + B=2", "cart-2 came, on node1"],
            page.FindAll(".changes tbody div").Select(how => how.TextContent));
        Assert.Equal("checkout", page.Find(".node.added text:last-child").TextContent);
        Assert.Equal("cart", page.Find(".node.changed text:last-child").TextContent);
    }

    [Fact]
    public void A_graph_in_which_nothing_changed_says_so()
    {
        Given.Everything(Api);

        Assert.Contains("nothing", Open<TopologyPage>("/topology?then=24h").Find(".card h2").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Changed since", Open<TopologyPage>("/topology?then=before").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_graph_is_compared_with_is_chosen_and_keeps_the_rest()
    {
        Given.Everything(Api);
        var page = Open<TopologyPage>("/topology?namespace=shop&incident=i1");

        page.FindAll("select")[1].Change("before");

        Assert.EndsWith("/topology?namespace=shop&incident=i1&then=before", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("2147483647", 43200)]
    [InlineData("99999999999999", 15)]
    [InlineData("-5", 15)]
    [InlineData("x", 15)]
    public void A_strange_length_of_time_is_brought_within_limits(string minutes, int expected)
    {
        Open<Explore>($"/explore?entity={Given.Cart}&minutes={minutes}");

        var from = Given.Now.AddMinutes(-expected).UtcDateTime.ToString("yyyy-MM-dd'T'HH", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(Api.Requests, request => request.StartsWith($"GET series?from={Uri.EscapeDataString(from)}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_counter_is_shown_as_a_rate()
    {
        Given.Everything(Api);

        var page = Open<Explore>($"/explore?entity={Given.Cart}");

        Assert.Contains(Api.Requests, request => request.Contains("metric=requests_total", StringComparison.Ordinal) && request.EndsWith("aggregate=rate", StringComparison.Ordinal));
        Assert.Contains("requests_total per second", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".onset"));
    }

    [Fact]
    public void The_badge_says_when_the_platform_does_not_answer()
    {
        Api.Refuse = _ => (HttpStatusCode.BadGateway, "No upstream.");

        var badge = Open<PlatformBadge>("/");

        badge.WaitForAssertion(() => Assert.Contains("no answer", badge.Find(".pill").TextContent, StringComparison.Ordinal));
    }

    private static string Name(IElement control) => string.Concat(
        control.TextContent, control.GetAttribute("aria-label"), control.GetAttribute("title"), control.Closest("label")?.TextContent);
}
