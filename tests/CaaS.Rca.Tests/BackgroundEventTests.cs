using CaaS.Rca.Tests.Scenarios;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>Warnings a cluster always writes are neither evidence nor history of an incident; new ones are.</summary>
public class BackgroundEventTests
{
    private const int At = 300;

    [Fact]
    public void Probes_that_fail_while_a_pod_is_being_deleted_are_no_trouble()
    {
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        shop.At(At + 5, () =>
        {
            var pod = shop.PodOf("stock");
            shop.Alter(pod, p => p.IsTerminating = true);
            shop.Warn(shop.Find(pod), "Unhealthy", "Liveness probe failed: connection refused");
        });

        shop.RunTo(At + 75);

        Assert.DoesNotContain(shop.Incidents.SelectMany(incident => incident.Timeline),
            entry => entry.Text.Contains("Unhealthy", StringComparison.Ordinal));
    }

    [Fact]
    public void What_every_pod_always_complains_of_is_left_out_and_what_is_new_stays()
    {
        var shop = new Shop();
        shop.Complain("MissingClusterDNS", 10, At + 75);
        Faults.Play(shop, "bad-release", At);
        shop.At(At + 9, () => shop.Warn(shop.Find(shop.PodOf("payment")), "BackOff", "restarting failed container"));

        shop.RunTo(At + 75);

        var incident = Assert.Single(shop.Incidents);
        Assert.DoesNotContain(Said(incident), text => text.Contains("MissingClusterDNS", StringComparison.Ordinal));
        Assert.Contains(incident.Timeline, entry => entry.Lane == "event" && entry.Text.StartsWith("BackOff", StringComparison.Ordinal));
        Assert.Contains(incident.Timeline, entry => entry.Lane == "change");
        Assert.Contains(incident.Hypotheses[0].Evidence, reason => reason.Text.StartsWith("BackOff", StringComparison.Ordinal));
    }

    [Fact]
    public void What_all_others_complain_of_is_background_for_a_newcomer_too()
    {
        var shop = new Shop();
        shop.Complain("MissingClusterDNS", 10, At + 75);
        Faults.Play(shop, "cpu-contention", At);

        shop.RunTo(At + 75);

        Assert.DoesNotContain(Said(Assert.Single(shop.Incidents)), text => text.Contains("MissingClusterDNS", StringComparison.Ordinal));
    }

    [Fact]
    public void What_one_entity_always_complains_of_is_still_new_of_another()
    {
        var shop = new Shop();
        foreach (var second in new[] { 20, 80, 140, At + 20 })
        {
            shop.At(second, () => shop.Warn(shop.Find(shop.PodOf("checkout")), "Unhealthy", "checkout as always"));
        }

        shop.At(At + 9, () => shop.Warn(shop.Find(shop.PodOf("payment")), "Unhealthy", "payment is new to it"));
        Faults.Play(shop, "bad-release", At);

        shop.RunTo(At + 75);

        var said = Said(Assert.Single(shop.Incidents)).ToArray();
        Assert.DoesNotContain("Unhealthy: checkout as always", said);
        Assert.Contains("Unhealthy: payment is new to it", said);
    }

    [Fact]
    public void What_many_complain_of_only_since_it_began_is_no_background()
    {
        var shop = new Shop();
        shop.Complain("NodeNotReady", At + 5, At + 75);
        Faults.Play(shop, "bad-release", At);

        shop.RunTo(At + 75);

        Assert.Contains(Assert.Single(shop.Incidents).Timeline, entry => entry.Text.StartsWith("NodeNotReady", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Said(Incident incident) =>
        incident.Timeline.Select(entry => entry.Text)
            .Concat(incident.Hypotheses.Concat(incident.RuledOut).SelectMany(cause => cause.Evidence).Select(reason => reason.Text));
}
