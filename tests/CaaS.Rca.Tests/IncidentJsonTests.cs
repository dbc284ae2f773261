using System.Text;
using System.Text.Json.Nodes;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>How incidents are kept on the topic and in the store.</summary>
public class IncidentJsonTests
{
    private static readonly EntityRef Cart = new(Scope.Default, "shop", EntityKinds.Service, "cart");

    private static readonly Incident Whole = new(
        "i1", Scope.Default, 1, IncidentStatus.Open, IncidentSeverity.High, DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null, "", "Slow requests", "", VerdictState.Likely, [], [],
        [], [], [Cart], [])
    {
        Impacted = [Cart with { Name = "stock" }],
        Harms = [new ServiceHarm(Cart, double.NaN, 3.5, "requests take 3.5 times as long")],
        Completeness = 0.7,
        NextCheck = "Look at the latency of stock.",
        OnsetRange = new OnsetRange(DateTimeOffset.UnixEpoch.AddSeconds(-20), DateTimeOffset.UnixEpoch.AddSeconds(5)),
    };

    [Fact]
    public void Everything_is_kept()
    {
        var read = SignalsJson.Decode<Incident>(SignalsJson.Encode(Whole));

        Assert.Equal(Whole.Impacted, read.Impacted);
        Assert.Equal(Whole.Harms, read.Harms);
        Assert.Equal((0.7, Whole.NextCheck), (read.Completeness, read.NextCheck));
        Assert.Equal(Whole.OnsetRange, read.OnsetRange);
    }

    [Fact]
    public void What_an_older_version_kept_says_nothing_of_what_it_did_not_know()
    {
        var json = JsonNode.Parse(SignalsJson.Encode(Whole))!.AsObject();
        foreach (var name in (string[])["impacted", "harms", "completeness", "nextCheck", "onsetRange"])
        {
            Assert.True(json.Remove(name));
        }

        var read = SignalsJson.Decode<Incident>(Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.Equal([], read.Impacted);
        Assert.Equal([], read.Harms);
        Assert.Equal((double.NaN, ""), (read.Completeness, read.NextCheck));
        Assert.Null(read.OnsetRange);
        Assert.Equal([Cart], read.Affected);
    }
}
