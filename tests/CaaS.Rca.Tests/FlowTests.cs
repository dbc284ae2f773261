using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>What a network counts names the policy that refuses flows, and where packets are lost.</summary>
public class FlowTests
{
    private const int At = 300;

    private static readonly EntityRef Policy = new(Scope.Default, "shop", EntityKinds.NetworkPolicy, "deny-payment");

    [Fact]
    public void A_new_policy_that_denies_the_flows_of_failing_requests_is_the_cause()
    {
        var shop = Fail(Allow(new Shop()));
        shop.At(At, () => shop.ChangePolicy(Policy.Name));
        Deny(shop, Policy.ToString());

        var incident = Assert.Single(shop.RunTo(At + 120).Incidents);

        Assert.Equal($"{Policy} network-policy-deny", First(incident));
        Assert.Equal(VerdictState.Confirmed, incident.VerdictState);
        var evidence = incident.Hypotheses[0].Evidence[0];
        Assert.Equal(
            "Since 08:05:00 flows from checkout to payment are denied by NetworkPolicy deny-payment (20 connections, 100 %); before they were allowed",
            evidence.Text);
        Assert.Equal([Policy, Shop.Workload("checkout"), Shop.Workload("gateway")], incident.Hypotheses[0].Path);
    }

    [Fact]
    public void A_policy_nobody_names_is_found_by_its_selector_and_its_change()
    {
        var shop = Allow(new Shop());
        shop.At(At, () => shop.State(Policy, [], (KubeFacts.PodSelector, "app == 'payment'")));
        shop.At(At, () => shop.State(Policy with { Name = "other" }, [], (KubeFacts.PodSelector, "app == 'stock'")));
        shop.At(At, () => shop.ChangePolicy(Policy.Name));
        shop.At(At, () => shop.ChangePolicy("other"));
        Deny(Fail(shop), "");

        Assert.Equal($"{Policy} network-policy-deny", First(Assert.Single(shop.RunTo(At + 120).Incidents)));
    }

    [Fact]
    public void Flows_that_were_denied_all_along_are_no_cause()
    {
        var shop = new Shop(new RcaOptions { LinkWindow = TimeSpan.FromMinutes(2) });
        for (var second = 0; second < At + 120; second += 30)
        {
            shop.At(second, () => shop.Flow("checkout", "payment", Policy.ToString(), isDenied: true));
        }

        Fail(shop);

        Assert.DoesNotContain(Assert.Single(shop.RunTo(At + 120).Incidents).Hypotheses, cause => cause.FaultClass == "network-policy-deny");
    }

    [Fact]
    public void Denied_flows_that_hurt_nobody_open_nothing()
    {
        var shop = Allow(new Shop());
        shop.At(At, () => shop.ChangePolicy(Policy.Name));
        Deny(shop, Policy.ToString());

        Assert.Empty(shop.RunTo(At + 240).Incidents);
    }

    [Fact]
    public void Denied_flows_of_others_do_not_explain_an_incident()
    {
        var shop = Allow(new Shop());
        for (var second = At; second < At + 120; second += 30)
        {
            shop.At(second, () => shop.Flow("scanner", "stock", Policy.ToString(), isDenied: true));
        }

        Assert.DoesNotContain(
            Assert.Single(Fail(shop).RunTo(At + 120).Incidents).Hypotheses, cause => cause.FaultClass == "network-policy-deny");
    }

    [Fact]
    public void Packets_sent_again_far_more_often_than_before_are_evidence()
    {
        var shop = Allow(new Shop());
        for (var second = At; second < At + 120; second += 30)
        {
            shop.At(second, () => shop.Flow("checkout", "payment", retransmits: 90));
        }

        shop.At(At + 10, () => shop.Call("checkout", "payment", SignalRole.Latency, 0.6));
        shop.At(At + 10, () => shop.Serve("checkout", SignalRole.Latency, 0.7));
        shop.At(At + 10, () => shop.Serve("gateway", SignalRole.Latency, 0.7));
        shop.At(At + 10, () => shop.Call("loadgen", "gateway", SignalRole.Latency, 0.7));

        Assert.Equal(
            $"{Shop.Workload("payment")} packets-lost", First(Assert.Single(shop.RunTo(At + 120).Incidents)));
    }

    [Fact]
    public void Flows_and_policies_are_edges_of_the_graph()
    {
        var shop = Allow(new Shop());
        shop.State(Policy, [], (KubeFacts.PodSelector, "app == 'payment'"));
        shop.State(
            new EntityRef(Scope.Default, "-", EntityKinds.GlobalNetworkPolicy, "all"), [],
            (KubeFacts.PodSelector, "projectcalico.org/namespace == 'shop' && app in {'stock'}"));

        var edges = shop.RunTo(60).Engine.Snapshot(shop.Now).Edges;

        Assert.Contains(new Relation(RelationKind.FlowsTo, Shop.Workload("checkout"), Shop.Workload("payment")), edges);
        Assert.Equal(
            ["-/GlobalNetworkPolicy/all shop/Deployment/stock", "shop/NetworkPolicy/deny-payment shop/Deployment/payment"],
            edges.Where(edge => edge.Kind == RelationKind.Configures).Select(edge => $"{edge.From} {edge.To}").Order(StringComparer.Ordinal));
    }

    /// <summary>Flows as they always are.</summary>
    private static Shop Allow(Shop shop)
    {
        for (var second = 0; second < At; second += 30)
        {
            shop.At(second, () => shop.Flow("checkout", "payment"));
        }

        return shop;
    }

    private static void Deny(Shop shop, string policy)
    {
        for (var second = At + 30; second < At + 120; second += 30)
        {
            shop.At(second, () => shop.Flow("checkout", "payment", policy, isDenied: true));
        }
    }

    private static Shop Fail(Shop shop)
    {
        shop.At(At + 10, () => shop.Call("checkout", "payment", SignalRole.Errors, 1));
        shop.At(At + 10, () => shop.Serve("checkout", SignalRole.Errors, 1));
        shop.At(At + 10, () => shop.Call("gateway", "checkout", SignalRole.Errors, 1));
        return shop.At(At + 10, () => shop.Serve("gateway", SignalRole.Errors, 0.3));
    }

    private static string First(Incident incident) => $"{incident.Hypotheses[0].Entity} {incident.Hypotheses[0].FaultClass}";
}
