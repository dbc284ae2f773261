using CaaS.Analytics.Objectives;
using CaaS.Analytics.Runtime;
using Xunit;

namespace CaaS.Analytics.Tests.Objectives;

public class ObjectiveWatchTests
{
    private const int FaultSecond = 300;

    [Fact]
    public void A_budget_that_burns_fast_is_told_of_that_service_only_and_cleared_when_it_stops()
    {
        var found = Run(new AnalyticsOptions { Slo = [Objective("shop/Deployment/*")] }, FaultSecond + 180, FaultSecond + 900);

        var told = found.Where(anomaly => anomaly.Signal == "slo_burn_rate").ToArray();
        Assert.All(told, anomaly => Assert.Equal(ShopWorld.Entity("cart"), anomaly.Entity));
        var raised = told[0];
        Assert.Equal((AnomalyState.Raised, SignalRole.Errors), (raised.State, raised.Role));
        Assert.Equal("fast", raised.Labels.Single(label => label.Name == "speed").Value);
        Assert.InRange((raised.At - ShopWorld.Start).TotalSeconds, FaultSecond + 60, FaultSecond + 300);
        Assert.True(raised.Observed > raised.ExpectedHigh && raised.PValue <= 0.01);
        Assert.Contains("budget of availability", raised.Explanation, StringComparison.Ordinal);
        Assert.Contains(told, anomaly => anomaly.State == AnomalyState.Cleared && anomaly.Id == raised.Id);
    }

    [Fact]
    public void Nothing_is_told_without_objectives_or_of_services_that_are_not_meant()
    {
        Assert.DoesNotContain(Run(new AnalyticsOptions(), FaultSecond + 120, FaultSecond + 120), IsBurn);
        Assert.DoesNotContain(
            Run(new AnalyticsOptions { Slo = [Objective("shop/Deployment/stock")] }, FaultSecond + 240, FaultSecond + 240), IsBurn);
    }

    [Fact]
    public void Healthy_load_burns_no_budget() => Assert.DoesNotContain(
        Run(new AnalyticsOptions { Slo = [Objective("*/*/*")] }, FaultSecond, FaultSecond), IsBurn);

    [Theory]
    [InlineData("shop/Deployment/cart", true)]
    [InlineData("*/Deployment/*", true)]
    [InlineData("other/Deployment/*", false)]
    [InlineData("shop/StatefulSet/cart", false)]
    [InlineData("cart", false)]
    public void An_objective_names_services_by_parts(string pattern, bool expected) =>
        Assert.Equal(expected, Objective(pattern).IsAbout(ShopWorld.Entity("cart")));

    [Fact]
    public void An_objective_that_cannot_be_met_or_found_stops_the_start_and_names_its_key()
    {
        var options = new AnalyticsOptions { Slo = [Objective("shop/Deployment/cart"), new ObjectiveOptions { Entity = "cart", Objective = 1 }] };

        var result = new ObjectivesValidator().Validate(null, options);

        Assert.Equal(3, result.Failures!.Count());
        Assert.All(result.Failures!, failure => Assert.StartsWith("Analytics:Slo:1", failure, StringComparison.Ordinal));
        Assert.True(new ObjectivesValidator().Validate(null, new AnalyticsOptions()).Succeeded);
    }

    private static bool IsBurn(Anomaly anomaly) => anomaly.Signal == "slo_burn_rate";

    private static ObjectiveOptions Objective(string entity) => new() { Name = "availability", Entity = entity };

    private static List<Anomaly> Run(AnalyticsOptions options, int faultEnds, int ends)
    {
        var world = new ShopWorld(1);
        var engine = new AnalyticsEngine(options);
        var found = new List<Anomaly>();
        while (world.Second < ends)
        {
            world.ErrorShare.Clear();
            if (world.Second >= FaultSecond && world.Second < faultEnds)
            {
                world.ErrorShare["cart"] = 0.5;
            }

            foreach (var batch in world.NextSecond())
            {
                found.AddRange(engine.Step(batch, world.Now));
            }
        }

        return found;
    }
}
