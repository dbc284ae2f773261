using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>What grows with the share of new pods, level by level, speaks against a release.</summary>
public class DoseResponseTests
{
    private const int At = 300;
    private const int End = At + 210;

    /// <summary>Seconds between two pods of the rollout.</summary>
    private const int Turn = 50;

    [Fact]
    public void Failures_that_grow_with_each_new_pod_are_the_release_s()
    {
        var incident = Play((pod, isNew, _, _) => pod.FailedShare = isNew ? 0.3 : 0);

        var first = incident.Hypotheses[0];
        Assert.Equal(("checkout", "release-regression"), (first.Entity.Name, first.FaultClass));
        Assert.Equal("Failures follow the rollout: 0 % with no new pod, 10 % with 33 % new pods, 20 % with 67 % new pods",
            Assert.Single(Doses(incident)));
    }

    [Fact]
    public void Failures_that_new_pods_bring_upon_old_ones_count_too()
    {
        var incident = Play((pod, _, dose, _) => pod.FailedShare = 0.3 * dose);

        Assert.Equal("Failures follow the rollout: 0 % with no new pod, 10 % with 33 % new pods, 20 % with 67 % new pods",
            Assert.Single(Doses(incident)));
    }

    [Fact]
    public void Times_that_grow_with_each_new_pod_are_the_release_s()
    {
        var incident = Play((pod, isNew, _, _) => pod.Latency = isNew ? 0.1 : 0.01);

        Assert.Equal("Times follow the rollout: 1.0 times with no new pod, 4.0 times with 33 % new pods, 7.0 times with 67 % new pods",
            Assert.Single(Doses(incident)));
    }

    [Fact]
    public void One_step_in_the_middle_of_a_rollout_may_be_anybody_s() =>
        Assert.Empty(Doses(Play((pod, _, dose, _) => pod.FailedShare = dose >= 0.6 ? 0.3 : 0)));

    [Fact]
    public void What_grows_with_time_does_not_follow_the_rollout() =>
        Assert.Empty(Doses(Play((pod, _, _, second) => pod.FailedShare = Math.Clamp((second - At) * 0.002, 0, 1))));

    [Fact]
    public void What_gets_better_again_does_not_follow_the_rollout() =>
        Assert.Empty(Doses(Play((pod, isNew, dose, _) => pod.FailedShare = dose is > 0.3 and < 0.6 ? 0.3 : isNew ? 0.05 : 0)));

    [Fact]
    public void A_rollout_that_hurts_nobody_says_nothing() =>
        Assert.Empty(Doses(Play((pod, _, _, _) => pod.FailedShare = 0.01)));

    /// <summary>Three pods of checkout are replaced one by one; every five seconds it is set how each fares.</summary>
    /// <param name="fare">The pod, whether it is new, the share of new ones, and the second.</param>
    private static Incident Play(Action<Pod, bool, double, int> fare)
    {
        var shop = new Shop();
        var pods = new List<(string Name, bool IsNew)> { (shop.PodOf("checkout"), false) };
        pods.AddRange([(shop.StartPod("checkout", "node1", -3600), false), (shop.StartPod("checkout", "node2", -3600), false)]);
        shop.SendWorkload("checkout", "shop", 3, 3);
        shop.At(At, () => shop.Change("checkout", ChangeKind.Image, "checkout: image changed"));
        for (var turn = 0; turn < 3; turn++)
        {
            var second = At + 10 + (turn * Turn);
            shop.At(second, () =>
            {
                shop.StopPod(pods[0].Name);
                pods.RemoveAt(0);
                pods.Add((shop.StartPod("checkout", "node1", second), true));
            });
        }

        for (var second = 0; second < End; second += 5)
        {
            var at = second;
            shop.At(second, () =>
            {
                var dose = pods.Count(pod => pod.IsNew) / (double)pods.Count;
                foreach (var (name, isNew) in pods)
                {
                    fare(shop.Find(name), isNew, dose, at);
                }
            });
        }

        shop.At(At + 40, () => shop.Serve("checkout", SignalRole.Errors, 0.2));
        shop.At(At + 40, () => shop.Call("gateway", "checkout", SignalRole.Errors, 0.2));
        shop.At(At + 40, () => shop.Serve("gateway", SignalRole.Errors, 0.2));
        shop.At(At + 40, () => shop.Call("loadgen", "gateway", SignalRole.Errors, 0.2));
        return Assert.Single(shop.RunTo(End).Incidents);
    }

    private static string[] Doses(Incident incident) =>
        [.. Texts(incident).Where(text => text.Contains("follow the rollout", StringComparison.Ordinal)).Distinct()];

    private static IEnumerable<string> Texts(Incident incident) =>
        incident.Hypotheses.Concat(incident.RuledOut).SelectMany(cause => cause.Evidence).Select(item => item.Text);
}
