using System.Net;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Html;
using Bunit;
using CaaS.Client.Wire;
using CaaS.Testing;
using CaaS.Web.Pages;
using Xunit;

namespace CaaS.Web.Tests.Pages;

public sealed partial class IncidentPageTests : PageTest
{
    public IncidentPageTests() => Given.Everything(Api);

    [Fact]
    public void The_page_of_an_incident_with_everything_is_as_agreed()
    {
        var page = Open();

        var formatter = new PrettyMarkupFormatter { Indentation = "  ", NewLine = "\n" };
        var markup = string.Concat(page.Nodes.Select(node => node.ToHtml(formatter)));
        Golden.Check("incident-page.html", BlankLines().Replace(BlazorAttributes().Replace(markup, ""), "\n").Trim());
    }

    [Fact]
    public void An_unknown_incident_leads_back()
    {
        var page = Open<IncidentPage>("/incidents/nope", parameters => parameters.Add(one => one.Id, "nope"));

        Assert.Contains("There is no incident nope", page.Find(".state.empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_cause_is_open_and_another_opens_with_its_own_charts()
    {
        var page = Open();
        Assert.Equal(["true", "false", "false"], Expanded(page));
        Assert.Equal(4, page.FindAll(".evidence li").Count);

        page.FindAll(".cause-head")[1].Click();

        page.WaitForAssertion(() => Assert.Equal("http_server_request_duration_seconds", page.Find(".chart b").TextContent));
        Assert.Equal(["false", "true", "false"], Expanded(page));
        page.FindAll(".cause-head")[1].Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".chart")));
        Assert.Equal(["false", "false", "false"], Expanded(page));
    }

    [Fact]
    public void A_failure_while_a_cause_is_opened_is_shown()
    {
        var page = Open();
        Api.Refuse = path => path.StartsWith("series", StringComparison.Ordinal) ? (HttpStatusCode.BadGateway, "History is away.") : null;

        page.FindAll(".cause-head")[1].Click();

        page.WaitForAssertion(() => Assert.Contains("History is away.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_ranking_does_not_open_another_cause()
    {
        var page = Open();
        page.FindAll(".cause-head")[1].Click();
        page.WaitForAssertion(() => Assert.Equal(["false", "true", "false"], Expanded(page)));

        var old = Api.Incidents["i1"];
        Api.Incidents["i1"] = old with
        {
            Title = "Ranked anew",
            Hypotheses = [old.Hypotheses[1] with { Rank = 1 }, old.Hypotheses[0] with { Rank = 2 }],
        };
        await FeedIsOpenAsync();
        await Api.SayAsync(FeedKind.Incident, "i1");

        page.WaitForAssertion(() => Assert.Contains("Ranked anew", page.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Equal(["true", "false"], Expanded(page));
    }

    [Fact]
    public void What_was_ruled_out_says_why()
    {
        var page = Open();

        Assert.Contains("All pods are ready and none restarted.", page.Find("details:has(.plain-list)").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_hurt_and_how_much_is_told_apart_from_who_is_merely_impacted()
    {
        var page = Open();

        Assert.Equal(["Service gateway up to 18 % of requests fail"], page.FindAll(".impact .hurt li").Select(Flat));
        Assert.Equal(
            ["Service checkout requests take up to 11 times what is usual (over)"],
            page.FindAll(".impact ul:not(.hurt) li").Select(Flat));
        Assert.Equal(
            [
                "cause Deployment cart",
                "on the way Deployment checkout requests take up to 11 times what is usual (over)",
                "users feel it Deployment gateway up to 18 % of requests fail",
            ],
            page.FindAll(".path li").Select(step => string.Join(' ', step.Children.Select(Flat))));
    }

    [Fact]
    public void What_was_not_measured_and_what_to_look_at_next_is_said()
    {
        var verdict = Flat(Open().Find(".verdict-card"));

        Assert.Contains("70 % of what would tell causes apart was measured · not seen: spans of payment", verdict, StringComparison.Ordinal);
        Assert.Contains("Next check: Look at the latency of cart", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_wait_is_folded_until_it_is_asked_for()
    {
        var page = Open();
        Assert.Equal("false", page.Find(".fold button").GetAttribute("aria-expanded"));

        page.Find(".fold button").Click();

        Assert.Equal("true", page.Find(".fold.open button").GetAttribute("aria-expanded"));
        Assert.Equal("Hide Evidence", Flat(page.Find(".fold.open button")));
    }

    [Fact]
    public void The_operation_shows_its_checks_and_its_difference()
    {
        var page = Open();

        Assert.Equal(2, page.FindAll(".operation .checks .ok").Count);
        Assert.Contains("shop:1.0.0", page.Find(".diff .add").TextContent, StringComparison.Ordinal);
        Assert.Contains("shop:1.1.0", page.Find(".diff .del").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Approving_sends_it_once_and_shows_what_became_of_it()
    {
        var gate = new TaskCompletionSource();
        var page = Open();
        Api.Hold = path => path.EndsWith("approve", StringComparison.Ordinal) ? gate.Task : Task.CompletedTask;

        page.Find(".operation .primary").Click();
        page.Find(".operation .primary").Click();
        gate.SetResult();

        page.WaitForAssertion(() => Assert.Equal("executing", page.Find(".operation .pill").TextContent));
        Assert.Equal(1, Api.Count("POST operations/o1/approve"));
        Assert.Empty(page.FindAll(".operation .primary"));
    }

    [Fact]
    public void What_helped_before_and_the_runbook_are_shown()
    {
        Api.Similar.Add(Given.Similar("i-1", Fit.MayFit));
        var page = Open();

        var before = page.FindAll(".seen-before li");
        Assert.Equal(["alike", "may be alike"], before.Select(item => item.QuerySelector(".pill")!.TextContent));
        Assert.Equal("/incidents/i0", before[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Rollback of shop/Deployment/cart helped.", before[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("The cache never forgets.", before[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("A service leaks memory › What to do", Flat(page.Find(".runbooks li")), StringComparison.Ordinal);
        Assert.Contains("GET incidents/i1/documents?limit=3", Api.Requests);
    }

    [Fact]
    public void What_a_runbook_holds_is_text_and_not_markup()
    {
        Api.Documents[0] = Api.Documents[0] with { Title = "<img src=x onerror=alert(1)>", Excerpt = "<script>alert(1)</script>" };

        var page = Open();

        Assert.Empty(page.FindAll(".runbooks img, .runbooks script"));
        Assert.Equal("<script>alert(1)</script>", page.Find(".excerpt").TextContent);
    }

    [Fact]
    public void Where_nothing_fits_nothing_is_shown()
    {
        Api.Similar.Clear();
        Api.Documents.Clear();

        var page = Open();

        Assert.Empty(page.FindAll(".seen-before, .runbooks"));
    }

    [Fact]
    public void Rejecting_needs_a_reason()
    {
        var page = Open();
        Assert.True(RejectButton().HasAttribute("disabled"));

        page.Find(".operation input").Input("Not now");
        RejectButton().Click();

        page.WaitForAssertion(() => Assert.Contains("POST operations/o1/reject {\"reason\":\"Not now\"}", Api.Requests));

        AngleSharp.Dom.IElement RejectButton() => page.FindAll(".operation .buttons button")[1];
    }

    [Fact]
    public void A_refused_command_says_why_and_a_comment_is_not_lost()
    {
        Api.Command = _ => new Outcome("c1", OutcomeState.Refused, "The log is full.", "");
        var page = Open();

        page.Find(".comment input").Input("Rolled back by hand");
        page.Find(".comment").Submit();

        page.WaitForAssertion(() => Assert.Contains("The log is full.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Rolled back by hand", page.Find(".comment input").GetAttribute("value"));
        Api.Command = null;
        page.Find(".comment").Submit();
        page.WaitForAssertion(() => Assert.True(string.IsNullOrEmpty(page.Find(".comment input").GetAttribute("value"))));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task A_pending_command_is_said_to_be_until_it_is_carried_out()
    {
        Api.Command = _ => new Outcome("c7", OutcomeState.Pending, "", "");
        var page = Open();

        await PressAsync(page, "a");
        Assert.Contains("not carried out yet", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Api.Later = new Outcome("c7", OutcomeState.Done, "", "");
        await FeedIsOpenAsync();
        await Api.SayAsync(FeedKind.Alert, "i1");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
        Assert.Contains("GET commands/c7", Api.Requests);
    }

    [Fact]
    public async Task A_viewer_reads_and_changes_nothing()
    {
        Api.Me = new Me("eve", Role.Viewer);
        var page = Open();

        await PressAsync(page, "a", "s", "e");

        Assert.DoesNotContain(Api.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".incident-head button, .operation button, .comment"));
    }

    [Fact]
    public async Task Keys_act_only_where_the_buttons_do()
    {
        Api.Alerts = [Given.Alert("i1") with { Status = AlertStatus.Resolved }];
        var page = Open();

        await PressAsync(page, "a", "s", "e");

        Assert.DoesNotContain(Api.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
        await PressAsync(page, "u");
        Assert.Equal("http://localhost/", Navigation.Uri);
    }

    [Fact]
    public void An_incident_without_cause_story_or_alert_is_a_whole_page()
    {
        Api.Alerts = [];
        Api.Operations = [];
        Api.Incidents["i1"] = Api.Incidents["i1"] with
        {
            Hypotheses = [],
            RuledOut = [],
            Symptoms = [],
            Timeline = [],
            Affected = [],
            MissingData = [],
            Impacted = [],
            Harms = [],
            Completeness = null,
            NextCheck = "",
            VerdictState = VerdictState.Inconclusive,
            MergedInto = "i9",
        };

        var page = Open();

        Assert.Contains("No cause found", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Nobody is known to feel it", page.Find(".impact").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("was measured", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Next check", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing has happened yet.", page.Markup, StringComparison.Ordinal);
        Assert.NotNull(page.Find("a[href='/incidents/i9']"));
        Assert.Empty(page.FindAll("a[href^='/topology']"));
    }

    [Fact]
    public void Too_much_of_everything_is_cut_and_says_so()
    {
        var incident = Api.Incidents["i1"];
        var cause = incident.Hypotheses[0];
        Api.Incidents["i1"] = incident with
        {
            Hypotheses = [.. Enumerable.Range(1, 90).Select(rank => cause with
            {
                Rank = rank,
                Entity = $"shop/Deployment/d{rank}",
                Evidence = [.. Enumerable.Repeat(cause.Evidence[1], 300)],
            })],
            Symptoms = [.. Enumerable.Repeat(incident.Symptoms[0], 900)],
            Timeline = [.. Enumerable.Repeat(incident.Timeline[0], 900)],
            Affected = [.. Enumerable.Range(0, 40).Select(number => $"shop/Deployment/a{number}")],
            Impacted = [.. Enumerable.Range(0, 90).Select(number => $"shop/Deployment/b{number}")],
        };
        Api.Operations = [Api.Operations[0] with { History = [], Diff = string.Join('\n', Enumerable.Repeat("+ line", 5000)) }];

        var page = Open();

        Assert.Equal(["8", "5"], page.FindAll(".impact ul").Select(list => $"{list.ChildElementCount}"));
        Assert.Contains("and 32 more", page.Find(".impact").TextContent, StringComparison.Ordinal);
        Assert.Contains("and 85 more", page.Find(".impact").TextContent, StringComparison.Ordinal);
        Assert.Contains("and 275 weaker reasons", page.Markup, StringComparison.Ordinal);
        Assert.Contains("and 870 more", page.Markup, StringComparison.Ordinal);
        Assert.Contains("800 between the first 50 and the last 50", page.Markup, StringComparison.Ordinal);
        Assert.Contains("and 4600 lines more", page.Markup, StringComparison.Ordinal);
        Assert.Equal(20, page.FindAll(".cause-head").Count);
        Assert.True(page.FindAll("*").Count < 2500);
    }

    [GeneratedRegex("""\s?blazor:[\w:-]+(="[^"]*")?""")]
    private static partial Regex BlazorAttributes();

    [GeneratedRegex(@"\n\s*(?=\n)")]
    private static partial Regex BlankLines();

    private static string Flat(AngleSharp.Dom.IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string?> Expanded(IRenderedComponent<IncidentPage> page) =>
        page.FindAll(".cause-head").Select(head => head.GetAttribute("aria-expanded"));

    private IRenderedComponent<IncidentPage> Open() =>
        Open<IncidentPage>("/incidents/i1", parameters => parameters.Add(page => page.Id, "i1"));
}
