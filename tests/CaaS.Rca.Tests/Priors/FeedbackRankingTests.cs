using CaaS.Analytics;
using CaaS.Rca.Priors;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests.Priors;

/// <summary>What people said decides between causes that the evidence leaves close, and no more.</summary>
public class FeedbackRankingTests
{
    private const int At = 300;
    private static readonly string[] Slow = ["payment", "stock"];
    private static readonly EntityRef Payment = Shop.Workload("payment");
    private static readonly EntityRef Stock = Shop.Workload("stock");

    [Fact]
    public void Of_two_equal_causes_the_one_that_was_confirmed_before_comes_first_and_says_so()
    {
        var silent = TwoSlow();
        var (first, second) = (silent.Hypotheses[0], silent.Hypotheses[1]);
        Assert.InRange(first.Confidence - second.Confidence, 0, 0.1);

        var confirmed = TwoSlow([.. Said.Often(4, second.Entity, "dependency-latency", CauseVerdict.Confirmed)]);
        var wrong = TwoSlow([.. Said.Often(4, first.Entity, "dependency-latency", CauseVerdict.Wrong)]);

        Assert.Equal(second.Entity, confirmed.Hypotheses[0].Entity);
        Assert.True(confirmed.Hypotheses[0].Confidence > second.Confidence);
        var line = Assert.Single(confirmed.Hypotheses[0].Evidence, reason => reason.Kind == EvidenceKind.Feedback);
        Assert.Equal(
            $"Feedback of the last 360 days: dependency-latency confirmed 4 times, {second.Entity.Name} confirmed 4 times", line.Text);
        Assert.InRange(line.Weight, 0.1, 1);
        Assert.Equal(second.Entity, wrong.Hypotheses[0].Entity);
        Assert.DoesNotContain(silent.Hypotheses.SelectMany(cause => cause.Evidence), reason => reason.Kind == EvidenceKind.Feedback);
    }

    [Fact]
    public void A_cause_that_is_seen_itself_stays_first_however_often_it_was_called_wrong()
    {
        var said = Said.Often(50, Payment, "bad-release", CauseVerdict.Wrong)
            .Concat(Said.Often(50, Shop.Workload("checkout"), "config-error", CauseVerdict.Confirmed));
        var shop = Listen(new Shop(), [.. said]);
        Faults.Play(shop, "bad-release", At);

        shop.RunTo(At + 75);

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal((Payment, "bad-release"), (incident.Hypotheses[0].Entity, incident.Hypotheses[0].FaultClass));
        Assert.Equal(VerdictState.Confirmed, incident.VerdictState);
        Assert.DoesNotContain("Feedback", incident.Verdict, StringComparison.Ordinal);
        Assert.Contains(incident.Hypotheses[0].Evidence, reason => reason is { Kind: EvidenceKind.Feedback, Weight: -1 });
        Assert.True(incident.Hypotheses[0].FirstAbnormal >= Shop.Start);
    }

    [Fact]
    public void What_is_said_of_an_incident_does_not_move_itself()
    {
        var silent = new Shop();
        Faults.Play(silent, "dependency-latency", At);
        silent.RunTo(At + 90);
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        shop.At(At + 50, () => Listen(shop,
            Said.Of(shop.Incidents[0].Id, Stock, "dependency-latency", CauseVerdict.Wrong) with { At = shop.Now }));

        shop.RunTo(At + 90);

        Assert.Equal(SignalsJson.Encode(silent.Incidents[0].Hypotheses), SignalsJson.Encode(shop.Incidents[0].Hypotheses));
    }

    [Fact]
    public void People_who_fall_silent_leave_no_gap_in_the_data()
    {
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        for (var time = 10; time <= 40; time += 10)
        {
            var second = time;
            shop.At(second, () => Listen(shop, Said.Of($"i{second}", Stock, "bad-release", CauseVerdict.Wrong)));
        }

        shop.RunTo(At + 60);

        Assert.Empty(shop.Incidents[0].MissingData);
    }

    [Fact]
    public void The_same_words_and_signals_give_the_same_bytes()
    {
        var shop = Listen(new Shop(), [.. Said.Often(4, Stock, "dependency-latency", CauseVerdict.Wrong)]);
        Faults.Play(shop, "dependency-latency", At);
        shop.RunTo(At + 60);
        var again = new RcaEngine(new RcaOptions(), Scope.Default);

        var records = shop.Sent.SelectMany(sent => again.Step(sent.Offset, sent.Batch, sent.Anomalies, sent.Now)).ToList();

        Assert.Equal(SignalsJson.Encode(shop.Records), SignalsJson.Encode(records));
        Assert.Contains(shop.Incidents[0].Hypotheses[0].Evidence, reason => reason.Kind == EvidenceKind.Feedback);
    }

    private static Incident TwoSlow(params CauseFeedback[] said)
    {
        var shop = Listen(new Shop(), said);
        shop.At(At, () =>
        {
            foreach (var name in Slow)
            {
                shop.Serve(name, SignalRole.Latency, 0.8);
                shop.Call("checkout", name, SignalRole.Latency, 0.8);
            }

            shop.Serve("checkout", SignalRole.Latency, 0.9);
            shop.Call("gateway", "checkout", SignalRole.Latency, 0.9);
            shop.Serve("gateway", SignalRole.Latency, 1);
            shop.Call("loadgen", "gateway", SignalRole.Latency, 1);
        });
        shop.RunTo(At + 60);
        return Assert.Single(shop.Incidents);
    }

    private static Shop Listen(Shop shop, params CauseFeedback[] said)
    {
        foreach (var word in said)
        {
            shop.Step(word.ToBatch());
        }

        return shop;
    }
}
