using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>While a release goes on, its new pods are held against the old ones by what they serve.</summary>
public class ReleaseSplitTests
{
    private const int At = 300;
    private const string Split = "times as long to answer as old ones";

    [Fact]
    public void New_pods_that_are_slow_beside_old_ones_speak_against_their_release()
    {
        var incident = Play(newLatency: 0.3, oldLatency: 0.01);

        var first = incident.Hypotheses[0];
        Assert.Equal(("checkout", "release-regression"), (first.Entity.Name, first.FaultClass));
        Assert.Contains(first.Evidence, item => item.Kind == EvidenceKind.Change && item.Weight > 0
            && item.Text.Contains(Split, StringComparison.Ordinal));
    }

    [Fact]
    public void When_old_pods_are_as_slow_the_release_is_not_told_apart()
    {
        var incident = Play(newLatency: 0.3, oldLatency: 0.3);

        Assert.DoesNotContain(incident.Hypotheses.Concat(incident.RuledOut).SelectMany(cause => cause.Evidence),
            item => item.Text.Contains(Split, StringComparison.Ordinal));
    }

    private static Incident Play(double newLatency, double oldLatency)
    {
        var shop = new Shop(isTwin: true);
        shop.At(At, () =>
        {
            shop.Change("checkout", ChangeKind.Image, "checkout: image changed");
            shop.Alter(shop.StartPod("checkout", "node1", At), pod => pod.Latency = newLatency);
            shop.On("checkout", "node2").Latency = oldLatency;
        });
        shop.At(At + 20, () => shop.Serve("checkout", SignalRole.Latency, 0.2));
        shop.At(At + 20, () => shop.Call("gateway", "checkout", SignalRole.Latency, 0.2));
        shop.At(At + 20, () => shop.Serve("gateway", SignalRole.Latency, 0.2));
        shop.At(At + 20, () => shop.Call("loadgen", "gateway", SignalRole.Latency, 0.2));
        shop.RunTo(At + 90);
        return Assert.Single(shop.Incidents);
    }
}
