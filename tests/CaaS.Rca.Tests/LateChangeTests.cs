using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>A change counts from when it was made, not from when it was heard of.</summary>
public class LateChangeTests
{
    private const int At = 300;

    [Theory]
    [InlineData(40)]
    [InlineData(90)]
    [InlineData(300)]
    public void A_change_heard_of_late_becomes_the_first_cause_of_the_open_incident(int late)
    {
        var shop = Silent();
        shop.At(At + late, () => Tell(shop, At));

        shop.RunTo(At + late);
        var before = Assert.Single(shop.Incidents);
        shop.RunTo(At + late + 3);

        Assert.DoesNotContain(before.Hypotheses, cause => cause.FaultClass == "config-error" && cause.Confidence > 0.3);
        var after = Assert.Single(shop.Incidents);
        Assert.Equal((before.Id, IncidentStatus.Open), (after.Id, after.Status));
        Assert.Equal(("checkout", "config-error"), (after.Hypotheses[0].Entity.Name, after.Hypotheses[0].FaultClass));
        Assert.Contains(after.Timeline, entry => entry.Lane == "change" && entry.Time == Shop.Start.AddSeconds(At));
    }

    [Fact]
    public void A_change_heard_of_late_is_judged_after_a_restart_too()
    {
        var shop = Silent();
        shop.RunTo(At + 60);
        var before = Assert.Single(shop.Incidents);
        shop.Engine = new RcaEngine(new RcaOptions(), Scope.Default);
        foreach (var (offset, batch, anomalies, now) in shop.Sent)
        {
            shop.Engine.Step(offset, batch, anomalies, now, observeOnly: true);
        }

        shop.Engine.Restore([before]);
        shop.At(At + 61, () => Tell(shop, At));
        shop.RunTo(At + 70);

        var after = Assert.Single(shop.Incidents);
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(("checkout", "config-error"), (after.Hypotheses[0].Entity.Name, after.Hypotheses[0].FaultClass));
    }

    [Fact]
    public void A_change_made_after_it_began_is_refuted_however_late_it_is_heard_of()
    {
        var shop = Silent();
        shop.At(At + 120, () => Tell(shop, At + 60));

        shop.RunTo(At + 130);

        Assert.DoesNotContain(Assert.Single(shop.Incidents).Hypotheses,
            cause => cause.FaultClass is "config-error" or "bad-release" && cause.Confidence > 0.2);
    }

    [Fact]
    public void A_change_heard_of_too_late_is_told_but_is_no_suspect()
    {
        var shop = Silent(new RcaOptions { ChangeLateness = TimeSpan.FromMinutes(1) });
        shop.At(At + 90, () => Tell(shop, At));
        shop.At(At + 95, shop.ClearAll);

        shop.RunTo(At + 100);

        var incident = Assert.Single(shop.Incidents);
        Assert.DoesNotContain(incident.Hypotheses, cause => cause.FaultClass == "config-error" && cause.Confidence > 0.3);
        Assert.Contains(incident.Timeline, entry => entry.Lane == "change");
    }

    [Fact]
    public void A_change_told_when_seen_and_again_with_its_own_time_is_one()
    {
        var shop = Silent();
        shop.At(At + 30, () => Tell(shop, At + 30));
        shop.At(At + 60, () => Tell(shop, At));
        shop.At(At + 61, () => Tell(shop, At + 61));

        shop.RunTo(At + 70);

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal([Shop.Start.AddSeconds(At)], incident.Timeline.Where(entry => entry.Lane == "change").Select(entry => entry.Time));
        Assert.Equal("config-error", incident.Hypotheses[0].FaultClass);
    }

    [Fact]
    public void A_change_from_the_future_was_made_when_it_was_heard_of()
    {
        var shop = Silent();
        shop.At(At + 1, () => Tell(shop, At + 3600));

        shop.RunTo(At + 60);

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal("config-error", incident.Hypotheses[0].FaultClass);
        Assert.All(incident.Timeline, entry => Assert.True(entry.Time <= shop.Now));
    }

    /// <summary>A bad configuration of checkout of which no change is told.</summary>
    private static Shop Silent(RcaOptions? options = null)
    {
        var shop = new Shop(options);
        Faults.Play(shop, "config-error", At, isHeard: false);
        return shop;
    }

    private static void Tell(Shop shop, int madeAt) =>
        shop.Change("checkout", ChangeKind.Config, "checkout: configuration changed", at: madeAt);
}
