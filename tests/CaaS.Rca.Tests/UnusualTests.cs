using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>The unusual is told in an incident's story, and changes nothing else.</summary>
public class UnusualTests
{
    private const int At = 300;

    [Fact]
    public void However_much_is_unusual_no_incident_is_opened()
    {
        var shop = new Shop();
        shop.At(At, () => Strange(shop, SignalRole.Errors, SignalRole.Latency, SignalRole.Cpu, SignalRole.Other));

        shop.RunTo(At + 120);

        Assert.Empty(shop.Incidents);
    }

    [Theory]
    [InlineData("memory-leak")]
    [InlineData("dependency-latency")]
    [InlineData("config-error")]
    public void An_incident_lists_it_in_its_timeline_and_judges_as_without(string faultClass)
    {
        var (plain, strange) = (new Shop(), new Shop());
        Faults.Play(plain, faultClass, At);
        Faults.Play(strange, faultClass, At);
        strange.At(At - 20, () => Strange(strange, SignalRole.Errors, SignalRole.Latency, SignalRole.Cpu));

        plain.RunTo(At + 125);
        strange.RunTo(At + 125);

        var (expected, incident) = (Assert.Single(plain.Incidents), Assert.Single(strange.Incidents));
        Assert.Contains(incident.Timeline, entry => entry is { Lane: "unusual", Text: "hardly ever so" });
        var without = incident with { Timeline = [.. incident.Timeline.Where(entry => entry.Lane != "unusual")] };
        Assert.Equal(SignalsJson.Encode(expected), SignalsJson.Encode(without));
    }

    private static void Strange(Shop shop, params SignalRole[] roles)
    {
        foreach (var role in roles)
        {
            foreach (var service in (string[])["gateway", "cart", "stock", "payment"])
            {
                shop.Raise($"unusual {service} {role}", Shop.Workload(service), role, $"strange_{role}", [], 0.9,
                    AnomalyKind.Unusual, "hardly ever so");
            }
        }
    }
}
