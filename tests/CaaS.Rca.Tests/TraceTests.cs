using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>Spans of sampled requests speak for and against causes of open incidents.</summary>
public class TraceTests
{
    private const int At = 300;
    private const int End = At + 75;

    [Fact]
    public void Own_time_speaks_for_the_slow_and_against_those_who_wait_for_it()
    {
        var incident = Play(shop => Faults.Play(shop, "dependency-latency", At), traces => traces.Own["stock"] = 0.4);

        var first = incident.Hypotheses[0];
        Assert.Equal(("stock", "dependency-latency"), (first.Entity.Name, first.FaultClass));
        Assert.Contains("stock itself takes 396 ms for GET /stock instead of 9.9 ms; it waits for nobody", Trace(first));
        var waiting = Assert.Single(All(incident), cause => cause.Entity.Name == "checkout" && cause.FaultClass == "dependency-latency");
        Assert.Contains(waiting.Evidence, item => item.Kind == EvidenceKind.Trace && item.Weight < 0
            && item.Text.EndsWith("% of the rise is spent waiting, most for stock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gap_between_caller_and_callee_is_the_way_between_them()
    {
        var incident = Play(SlowPayment, traces => traces.Way["payment"] = 0.3);

        var first = incident.Hypotheses[0];
        Assert.Equal(("payment", "network-delay"), (first.Entity.Name, first.FaultClass));
        Assert.Contains("Calls of checkout to payment take 300 ms longer than payment says, 1 ms before;"
            + " 1 of 1 ways to and from payment became longer", Trace(first));
        Assert.Contains(first.Evidence, item => item.Kind == EvidenceKind.Topology
            && item.Text.EndsWith("1 of the 1 ways to and from it became slower, up to 300 times", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_symptoms_without_a_gap_are_a_slow_service()
    {
        var incident = Play(SlowPayment, traces => traces.Own["payment"] = 0.3);

        Assert.Equal(("payment", "dependency-latency"), (incident.Hypotheses[0].Entity.Name, incident.Hypotheses[0].FaultClass));
    }

    [Fact]
    public void A_service_without_spans_is_seen_by_its_callers()
    {
        var incident = Play(SlowPayment, traces => traces.Own["payment"] = 0.3, traces => traces.Dark.Add("payment"));

        var first = incident.Hypotheses[0];
        Assert.Equal(("payment", "dependency-latency"), (first.Entity.Name, first.FaultClass));
        Assert.Contains(Trace(first), text => text.StartsWith("payment itself takes", StringComparison.Ordinal));
    }

    [Fact]
    public void Failures_are_told_apart_by_where_they_begin()
    {
        var incident = Play(shop => Faults.Play(shop, "config-error", At), traces => traces.Failing.Add("checkout"));

        var first = incident.Hypotheses[0];
        Assert.Equal(("checkout", "config-error"), (first.Entity.Name, first.FaultClass));
        Assert.Contains(Trace(first), text => text.Contains("fail in checkout itself, without a call that failed; 0 % before", StringComparison.Ordinal));
    }

    [Fact]
    public void Calls_that_are_no_longer_made_are_told()
    {
        var incident = Play(shop => Faults.Play(shop, "config-error", At), traces => traces.Forgotten.Add("payment"));

        Assert.Contains("GET /checkout of checkout calls payment in 0 % of sampled requests, 100 % before", Trace(incident.Hypotheses[0]));
    }

    [Fact]
    public void Without_room_for_spans_nothing_is_said_of_them()
    {
        var incident = Play(
            shop => Faults.Play(shop, "dependency-latency", At), traces => traces.Own["stock"] = 0.4, options: new RcaOptions { MaxSpans = 0 });

        Assert.Equal("stock", incident.Hypotheses[0].Entity.Name);
        Assert.DoesNotContain(All(incident).SelectMany(cause => cause.Evidence), item => item.Kind == EvidenceKind.Trace);
    }

    [Fact]
    public void Healthy_requests_say_nothing()
    {
        var incident = Play(shop => Faults.Play(shop, "bad-release", At), _ => { });

        Assert.DoesNotContain(All(incident).SelectMany(cause => cause.Evidence), item => item.Kind == EvidenceKind.Trace);
    }

    [Fact]
    public void The_same_spans_give_the_same_incident_again()
    {
        var shop = Run(SlowPayment, traces => traces.Way["payment"] = 0.3, null, new RcaOptions());
        var engine = new RcaEngine(new RcaOptions(), Scope.Default);

        var again = shop.Sent.SelectMany(sent => engine.Step(sent.Offset, sent.Batch, sent.Anomalies, sent.Now)).ToArray();

        Assert.Equal(SignalsJson.Encode(shop.Records), SignalsJson.Encode(again.ToList()));
    }

    /// <summary>Users and callers of payment wait; payment itself is not measured.</summary>
    private static void SlowPayment(Shop shop) => shop.At(At + 10, () =>
    {
        shop.Call("checkout", "payment", SignalRole.Latency, 0.31);
        shop.Serve("checkout", SignalRole.Latency, 0.35);
        shop.Call("gateway", "checkout", SignalRole.Latency, 0.35);
        shop.Serve("gateway", SignalRole.Latency, 0.36);
        shop.Call("loadgen", "gateway", SignalRole.Latency, 0.36);
    });

    private static Incident Play(Action<Shop> fault, Action<Traces> hurt, Action<Traces>? usual = null, RcaOptions? options = null) =>
        Assert.Single(Run(fault, hurt, usual, options ?? new RcaOptions()).Incidents);

    private static Shop Run(Action<Shop> fault, Action<Traces> hurt, Action<Traces>? usual, RcaOptions options)
    {
        var shop = new Shop(options);
        var traces = new Traces(shop, 60, End);
        usual?.Invoke(traces);
        shop.At(At, () => hurt(traces));
        fault(shop);
        return shop.RunTo(End);
    }

    private static IEnumerable<Hypothesis> All(Incident incident) => incident.Hypotheses.Concat(incident.RuledOut);

    private static IEnumerable<string> Trace(Hypothesis cause) =>
        cause.Evidence.Where(item => item.Kind == EvidenceKind.Trace).Select(item => item.Text);
}
