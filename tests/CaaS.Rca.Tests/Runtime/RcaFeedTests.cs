using CaaS.Log;
using CaaS.Rca.Priors;
using CaaS.Rca.Runtime;
using CaaS.Rca.Tests.Priors;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CaaS.Rca.Tests.Runtime;

public class RcaFeedTests
{
    private const int At = 100;

    private static readonly KubeEvent Nonsense = new(
        Shop.Start, "i9", Shop.Workload("stock"), Shop.Workload("stock"), "CauseUnknown", "", IsWarning: false, CountDelta: 1);

    [Fact]
    public async Task Incidents_reach_topic_and_store_and_the_offset_is_committed()
    {
        await using var stage = new Stage();
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        shop.RunTo(At + 60);
        await stage.WriteAsync(shop, 0, shop.Sent.Count);
        var feed = stage.NewFeed();

        await feed.OpenAsync(TestContext.Current.CancellationToken);
        await stage.DrainAsync(feed);

        Assert.Equal(SignalsJson.Encode(shop.Records), SignalsJson.Encode((await stage.RecordsAsync()).ToList()));
        var stored = Assert.Single(await stage.Store.ListAsync(Scope.Default, true, 10, TestContext.Current.CancellationToken));
        Assert.Equal(SignalsJson.Encode(shop.Incidents[0]), SignalsJson.Encode(stored));
        Assert.Equal(feed.NextOffset, await stage.Log.CommittedAsync("rca", Topics.Anomalies, 0, TestContext.Current.CancellationToken));
        Assert.NotEmpty(stage.Topology.Now(Scope.Default).Edges);
        Assert.Empty(stage.Topology.Now(new Scope("no", "body")).Edges);
    }

    [Fact]
    public async Task A_restart_goes_on_with_the_same_incident()
    {
        await using var stage = new Stage();
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        shop.At(At + 60, shop.ClearAll);
        shop.RunTo(At + 200);
        var half = shop.Sent.Count / 2;
        await stage.WriteAsync(shop, 0, half);
        var first = stage.NewFeed();
        await first.OpenAsync(TestContext.Current.CancellationToken);
        await stage.DrainAsync(first);

        await stage.RestartAsync();
        var second = stage.NewFeed();
        var warmed = await second.OpenAsync(TestContext.Current.CancellationToken);
        await stage.WriteAsync(shop, half, shop.Sent.Count);
        await stage.DrainAsync(second);

        Assert.Equal(half, warmed);
        var records = await stage.RecordsAsync();
        Assert.Single(records, record => record.Change == "opened");
        Assert.Equal("resolved", records[^1].Change);
        Assert.Single(records.Select(record => record.Incident.Id).Distinct());
        Assert.Equal(records.Count, records.Select(record => record.Incident.Revision).Distinct().Count());
        Assert.Empty(await stage.Store.ListAsync(null, true, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_record_nobody_can_read_is_passed_over()
    {
        await using var stage = new Stage();
        var stop = TestContext.Current.CancellationToken;
        await stage.Log.AppendAsync(Topics.Anomalies, 0, "not json"u8.ToArray(), stop);
        await stage.Log.AppendAsync(Topics.Signals, 0, "not a batch"u8.ToArray(), stop);
        var shop = new Shop();
        Faults.Play(shop, "config-error", At);
        shop.RunTo(At + 60);
        await stage.WriteAsync(shop, 0, shop.Sent.Count);
        var feed = stage.NewFeed();

        await feed.OpenAsync(stop);
        await stage.DrainAsync(feed);

        Assert.Contains(await stage.RecordsAsync(), record => record.Change == "opened");
    }

    [Fact]
    public async Task What_people_said_survives_a_restart_and_counts_once()
    {
        await using var stage = new Stage();
        var shop = new Shop();
        foreach (var word in Said.Often(4, Shop.Workload("stock"), "dependency-latency", CauseVerdict.Confirmed))
        {
            shop.Step(word.ToBatch());
        }

        shop.Step(new SignalBatch { Scope = Scope.Default, Source = CauseFeedback.Source, Events = [Nonsense] });
        Faults.Play(shop, "dependency-latency", At);
        shop.RunTo(At + 60);
        var half = shop.Sent.Count / 2;
        await stage.WriteAsync(shop, 0, half);
        var first = stage.NewFeed();
        await first.OpenAsync(TestContext.Current.CancellationToken);
        await stage.DrainAsync(first);

        await stage.RestartAsync();
        var second = stage.NewFeed();
        await second.OpenAsync(TestContext.Current.CancellationToken);
        await stage.WriteAsync(shop, half, shop.Sent.Count);
        await stage.DrainAsync(second);

        Assert.Equal(4, (await stage.Feedback.ListAsync(null, TestContext.Current.CancellationToken)).Count);
        Assert.Contains(shop.Incidents[0].Hypotheses[0].Evidence, reason => reason.Text.Contains("confirmed 4 times", StringComparison.Ordinal));
        Assert.Equal(SignalsJson.Encode(shop.Records), SignalsJson.Encode((await stage.RecordsAsync()).ToList()));
    }

    [Fact]
    public async Task What_people_said_before_the_log_begins_comes_from_the_store()
    {
        await using var stage = new Stage();
        var stop = TestContext.Current.CancellationToken;
        await stage.NewFeed().OpenAsync(stop);
        await stage.Feedback.SaveAsync([.. Said.Often(4, Shop.Workload("stock"), "dependency-latency", CauseVerdict.Wrong)], stop);
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        shop.RunTo(At + 60);
        await stage.WriteAsync(shop, 0, shop.Sent.Count);
        var feed = stage.NewFeed();

        await feed.OpenAsync(stop);
        await stage.DrainAsync(feed);

        var cause = (await stage.RecordsAsync())[^1].Incident.Hypotheses[0];
        Assert.Contains(cause.Evidence, reason => reason.Text.Contains("stock wrong 4 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_store_keeps_the_last_word_on_each_incident_and_the_newest_of_a_scope()
    {
        await using var stage = new Stage();
        var stop = TestContext.Current.CancellationToken;
        await stage.NewFeed().OpenAsync(stop);
        var cart = Shop.Workload("cart");
        var other = new Scope("other", "one");
        var elsewhere = Said.Of("z", cart with { Scope = other }, "", CauseVerdict.Wrong, 9) with { Scope = other };
        await stage.Feedback.SaveAsync([elsewhere], stop);

        await stage.Feedback.SaveAsync([.. Said.Often(2005, cart, "bad-release", CauseVerdict.Wrong)], stop);
        await stage.Feedback.SaveAsync([Said.Of("cart-Wrong-0", cart, "", CauseVerdict.Confirmed, 30)], stop);
        await stage.Feedback.SaveAsync([Said.Of("cart-Wrong-1", cart, "", CauseVerdict.Confirmed, 0.5)], stop);

        var kept = await stage.Feedback.ListAsync(Scope.Default, stop);
        Assert.Equal(2000, kept.Count);
        Assert.Equal(("cart-Wrong-1999", "cart-Wrong-1"), (kept[0].IncidentId, kept[^1].IncidentId));
        Assert.Equal(CauseVerdict.Wrong, kept[^2].Causes[0].Verdict);
        Assert.Equal(CauseVerdict.Confirmed, kept[^1].Causes[0].Verdict);
        Assert.Equal("z", Assert.Single(await stage.Feedback.ListAsync(other, stop)).IncidentId);
    }

    [Theory]
    [InlineData("Feedback:MaxNats", "1.5")]
    [InlineData("Feedback:MaxNats", "NaN")]
    [InlineData("Feedback:MaxNats", "-0.1")]
    [InlineData("Feedback:PseudoCount", "0")]
    [InlineData("Feedback:HalfLife", "00:00:00")]
    [InlineData("Feedback:MaxIncidents", "9")]
    [InlineData("Inquiry:MostNats", "-1")]
    [InlineData("Inquiry:Interval", "00:00:00")]
    [InlineData("Inquiry:LikelyFrom", "1.1")]
    public void A_bad_bound_stops_the_start_and_names_its_key(string name, string value)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>($"Rca:{name}", value)]).Build();
        using var services = new ServiceCollection().AddRca(configuration, _ => { }).BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains($"Rca:{name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_revision_never_replaces_a_newer_one()
    {
        await using var stage = new Stage();
        var stop = TestContext.Current.CancellationToken;
        await stage.NewFeed().OpenAsync(stop);
        var shop = new Shop();
        Faults.Play(shop, "config-error", At);
        shop.RunTo(At + 60);
        var incident = shop.Incidents[0];

        await stage.Store.SaveAsync([incident with { Revision = 7, Title = "new" }], stop);
        await stage.Store.SaveAsync([incident with { Revision = 3, Title = "old" }], stop);

        Assert.Equal("new", (await stage.Store.FindAsync(incident.Id, stop))!.Title);
        Assert.Null(await stage.Store.FindAsync("nobody", stop));
    }
}
