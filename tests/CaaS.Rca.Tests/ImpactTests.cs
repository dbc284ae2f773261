using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>Whose users are hurt, and who merely has symptoms.</summary>
public class ImpactTests
{
    private const int At = 300;

    [Fact]
    public void Users_are_hurt_where_they_come_in_and_the_way_there_is_impacted()
    {
        var shop = new Shop();
        shop.At(At, () =>
        {
            shop.Serve("payment", SignalRole.Errors, 0.6);
            shop.Call("checkout", "payment", SignalRole.Errors, 0.6);
            shop.Serve("checkout", SignalRole.Errors, 0.3);
            shop.Serve("gateway", SignalRole.Errors, 0.08);
            shop.Call("loadgen", "gateway", SignalRole.Errors, 0.12);
        });

        var incident = Assert.Single(shop.RunTo(At + 40).OpenIncidents);

        Assert.Equal([Service("gateway")], incident.Affected);
        Assert.Contains(Service("checkout"), incident.Impacted);
        Assert.DoesNotContain(incident.Impacted, entity => entity.Name == "loadgen");
        Assert.Equal(
            [
                "gateway .12: up to 12 % of requests fail",
                "checkout .30: up to 30 % of requests fail; its calls to payment fail",
            ],
            incident.Harms.Where(harm => harm.Service.Name != "payment")
                .Select(harm => $"{harm.Service.Name} {harm.FailingShare:.00}: {harm.Text}"));
        Assert.Equal(IncidentSeverity.High, incident.Severity);
    }

    [Fact]
    public void A_load_generator_behind_a_service_of_its_own_is_a_user_all_the_same()
    {
        var shop = new Shop();
        shop.State(Service("loadgen"), [], (KubeFacts.Selector, "app=loadgen"));
        shop.Alter(shop.PodOf("loadgen"), pod => (pod.Served, pod.Made) = (0.4, 25));
        shop.At(At, () =>
        {
            shop.Call("loadgen", "gateway", SignalRole.Errors, 0.3);
            shop.Call("loadgen", "gateway", SignalRole.Latency, 0.4);
        });

        var incident = Assert.Single(shop.RunTo(At + 40).OpenIncidents);

        Assert.Equal([Service("gateway")], incident.Affected);
        Assert.Empty(incident.Impacted);
        Assert.Equal(
            "up to 30 % of requests fail; requests take up to 8 times what is usual", Assert.Single(incident.Harms).Text);
        Assert.Equal(IncidentSeverity.Critical, incident.Severity);
    }

    [Fact]
    public void The_cause_is_not_merely_impacted()
    {
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);

        var incident = Assert.Single(shop.RunTo(At + 75).OpenIncidents);

        Assert.NotEqual(VerdictState.Inconclusive, incident.VerdictState);
        Assert.DoesNotContain(incident.Impacted, service => service.Name == incident.Hypotheses[0].Entity.Name);
        Assert.Equal(incident.Affected.Concat(incident.Impacted), incident.Harms.Select(harm => harm.Service));
    }

    [Fact]
    public void What_no_user_feels_is_only_a_warning()
    {
        var shop = new Shop();
        shop.At(At, () => shop.Serve("payment", SignalRole.Errors, 0.5));

        var incident = Assert.Single(shop.RunTo(At + 40).OpenIncidents);

        Assert.Empty(incident.Affected);
        Assert.Equal(IncidentSeverity.Warning, incident.Severity);
    }

    [Fact]
    public void That_users_feel_nothing_is_not_believed_where_they_come_in_unmeasured()
    {
        var shop = new Shop();
        shop.At(At - 200, () => shop.Silence("node1"));
        shop.At(At, () => shop.Serve("payment", SignalRole.Errors, 0.5));

        var incident = Assert.Single(shop.RunTo(At + 40).OpenIncidents);

        Assert.Empty(incident.Affected);
        Assert.Equal(IncidentSeverity.High, incident.Severity);
    }

    [Theory]
    [InlineData("LoadBalancer", true)]
    [InlineData("NodePort", true)]
    [InlineData("ClusterIP", false)]
    public void A_service_open_to_the_outside_has_users_of_its_own(string type, bool isOpen)
    {
        var shop = new Shop();
        shop.State(Service("catalogue"), [], (KubeFacts.Selector, "app=catalogue"), (KubeFacts.ServiceType, type));
        shop.At(At, () => shop.Serve("catalogue", SignalRole.Latency, 0.4));

        var incident = Assert.Single(shop.RunTo(At + 40).OpenIncidents);

        Assert.Equal(isOpen, incident.Affected.Contains(Service("catalogue")));
        Assert.Equal(isOpen ? IncidentSeverity.Critical : IncidentSeverity.Warning, incident.Severity);
        Assert.All(incident.Harms, harm => Assert.Equal("requests take up to 8 times what is usual", harm.Text));
    }

    [Fact]
    public void An_ingress_leads_users_in()
    {
        var shop = new Shop();
        var ingress = new EntityRef(Scope.Default, "shop", EntityKinds.Ingress, "web");
        shop.State(ingress, [new Relation(RelationKind.Calls, ingress, Service("catalogue"))]);
        shop.At(At, () => shop.Serve("catalogue", SignalRole.Latency, 0.1));

        var incident = Assert.Single(shop.RunTo(At + 40).OpenIncidents);

        Assert.Equal([Service("catalogue")], incident.Affected);
        Assert.Equal(IncidentSeverity.High, incident.Severity);
    }

    [Fact]
    public void A_service_short_of_pods_hurts_nobody_until_none_is_left()
    {
        var shop = new Shop(isTwin: true);
        shop.At(At, () => shop.SendWorkload("gateway", "shop", 2, 1));
        shop.At(At + 200, () => shop.SendWorkload("gateway", "shop", 2, 0));

        var degraded = Assert.Single(shop.RunTo(At + 180).OpenIncidents);
        var down = Assert.Single(shop.RunTo(At + 280).OpenIncidents);

        Assert.Equal([Service("gateway")], degraded.Impacted);
        Assert.Equal("only 50 % of its pods are ready", Assert.Single(degraded.Harms).Text);
        Assert.Equal(IncidentSeverity.Warning, degraded.Severity);
        Assert.Equal([Service("gateway")], down.Affected);
        Assert.Equal("no pod is ready", Assert.Single(down.Harms).Text);
        Assert.Equal(IncidentSeverity.Critical, down.Severity);
    }

    [Fact]
    public void The_worst_is_kept_when_it_gets_better_and_what_is_over_says_so()
    {
        var shop = new Shop();
        shop.At(At, () => shop.Serve("gateway", SignalRole.Errors, 0.4));
        shop.At(At + 40, () => shop.Serve("gateway", SignalRole.Errors, 0.02));
        shop.At(At + 60, () => shop.Clear("gateway|Errors"));

        var lasting = Assert.Single(shop.RunTo(At + 50).Incidents);
        var over = Assert.Single(shop.RunTo(At + 180).Incidents);

        Assert.Equal("up to 40 % of requests fail", Assert.Single(lasting.Harms).Text);
        Assert.Equal(IncidentStatus.Resolved, over.Status);
        Assert.Equal("up to 40 % of requests fail (over)", Assert.Single(over.Harms).Text);
        Assert.Equal(IncidentSeverity.Critical, over.Severity);
    }

    [Fact]
    public void Of_very_many_the_worst_fifty_are_named()
    {
        var shop = new Shop();
        for (var number = 0; number < 70; number++)
        {
            var name = $"site{number}";
            shop.Deploy(name, "node1", -3600);
            shop.State(Service(name), [], (KubeFacts.Selector, $"app={name}"));
        }

        shop.At(At, () =>
        {
            for (var number = 0; number < 70; number++)
            {
                shop.Serve($"site{number}", SignalRole.Latency, 0.1 + (number * 0.01));
            }
        });

        var incident = Assert.Single(shop.RunTo(At + 40).OpenIncidents);

        Assert.Equal(50, incident.Affected.Length);
        Assert.Equal(Service("site69"), incident.Affected[0]);
        Assert.Equal(incident.Affected, incident.Harms.Take(50).Select(harm => harm.Service));
    }

    private static EntityRef Service(string name) => new(Scope.Default, "shop", EntityKinds.Service, name);
}
