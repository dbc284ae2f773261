using System.Net;
using Bunit;
using CaaS.Client.Wire;
using CaaS.Web.Pages;
using Xunit;

namespace CaaS.Web.Tests.Pages;

public sealed class BacktestPageTests : PageTest
{
    private static readonly string Asked = $"/backtest?entity={Given.Cart}&metric=queue_length&minutes=360&test=threshold&side=above&for=60&value=10";

    [Fact]
    public void What_would_have_fired_is_shown_with_the_incidents_beside()
    {
        var page = Open<BacktestPage>(Asked);

        Assert.Equal(2, page.FindAll("rect.fired").Count);
        Assert.Equal(["same-entity", "missed", ""], page.FindAll(".strip a").Select(mark => mark.ClassName ?? ""));
        Assert.Equal(["✓ found", "✕ missed", "of others"], page.FindAll(".plain-list .pill").Select(pill => pill.TextContent));
        Assert.Contains("fired 1m before it was opened", page.Markup, StringComparison.Ordinal);
        Assert.Contains("70 is above 10", page.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("line.limit"));
        var request = Assert.Single(Api.Requests, request => request.StartsWith("GET backtests", StringComparison.Ordinal));
        Assert.Contains("detector=threshold&above=10&forSeconds=60", request, StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_leads_to_an_address_that_holds_the_question()
    {
        var page = Open<BacktestPage>(Asked);

        page.Find("select[aria-label='What is tried']").Change("burnRate");
        page.Find("input[aria-label=Objective]").Change("0.99");
        page.Find("form").Submit();

        Assert.EndsWith("test=burnRate&side=above&for=60&value=0.99", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_asked_nothing_measured_and_a_refusal_each_say_so()
    {
        Assert.Contains("What would have fired", Open<BacktestPage>("/backtest").Find(".empty").TextContent, StringComparison.Ordinal);

        Api.Backtest = Given.Backtest() with { SeriesCount = 0, FiringCount = 0, Firings = [], Incidents = [] };
        Assert.Contains("No such series", Open<BacktestPage>(Asked).Find(".empty").TextContent, StringComparison.Ordinal);

        Api.Refuse = path => path.StartsWith("backtests", StringComparison.Ordinal) ? (HttpStatusCode.BadRequest, "A threshold is a number.") : null;
        Assert.Contains("A threshold is a number.", Open<BacktestPage>(Asked).Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forecast_says_when_it_is_full()
    {
        Api.Forecasts =
        [
            Given.Forecast(new CapacityAnswer(1e10, "given", Given.Now.AddDays(2), Given.Now.AddDays(3), null, 0.25, 1e9)),
            Given.Forecast(new CapacityAnswer(1e10, "given", null, null, null, 0, 0)),
            Given.Forecast(null),
        ];

        var page = Open<BacktestPage>($"/backtest?entity={Given.Cart}&metric=used&test=forecast&value=1e10");

        Assert.Equal(
            [
                "Full (10G) about 2026-03-04 12:00:00 UTC, as it grows now; 25\u00a0% by 2026-03-01 14:00:00 UTC.",
                "Not full (10G) within ten years, as it grows now.", "No limit is known: give one to ask when it is full.",
            ],
            page.FindAll(".verdict-line").Select(line => line.TextContent));
        Assert.Equal(3, page.FindAll("path.future").Count);
        Assert.Contains("theta 70\u00a0%", page.Markup, StringComparison.Ordinal);
        Assert.Contains("capacity=10000000000", Assert.Single(Api.Requests, one => one.StartsWith("GET forecasts", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_little_to_forecast_says_so() => Assert.Contains(
        "Too little", Open<BacktestPage>($"/backtest?entity={Given.Cart}&metric=used&test=forecast").Find(".empty").TextContent,
        StringComparison.Ordinal);
}
