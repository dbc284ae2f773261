using CaaS.Log;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests.Runtime;

public class RcaFeedTests
{
    private const int At = 100;

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
