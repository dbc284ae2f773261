using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>Each of the six faults of the demo shop makes one incident, and its cause is ranked first within a
/// minute.</summary>
public class SixFaultsTests
{
    private const int At = 300;

    public static readonly TheoryData<string> Classes =
        ["memory-leak", "bad-release", "cpu-contention", "node-lost", "dependency-latency", "config-error"];

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_fault_makes_one_incident_and_its_cause_is_first(string faultClass)
    {
        var shop = new Shop();
        var (entity, expected) = Faults.Play(shop, faultClass, At);

        shop.RunTo(At + (faultClass == "memory-leak" ? 125 : 75));

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal(IncidentStatus.Open, incident.Status);
        Assert.Equal((entity.ToString(), expected), (incident.Hypotheses[0].Entity.ToString(), incident.Hypotheses[0].FaultClass));
        Assert.NotEqual(VerdictState.Inconclusive, incident.VerdictState);
        Assert.Contains(entity.ToString(), incident.Verdict, StringComparison.Ordinal);
        Assert.All(incident.Symptoms, symptom => Assert.NotEmpty(symptom.JoinedBecause));
        Assert.Equal(entity, incident.Hypotheses[0].Path[0]);
        Assert.True(incident.Hypotheses[0].Path.Length > 1);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_fault_whose_symptoms_arrive_in_any_order_makes_the_same_first_cause(string faultClass)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var shop = new Shop();
            var (entity, expected) = Faults.Play(shop, faultClass, At, new Random(seed));

            shop.RunTo(At + (faultClass == "memory-leak" ? 130 : 80));

            var incident = Assert.Single(shop.OpenIncidents);
            Assert.True(shop.Incidents.Length <= 2, $"seed {seed}: {shop.Incidents.Length} incidents");
            Assert.Equal(
                $"seed {seed}: {entity} {expected}",
                $"seed {seed}: {incident.Hypotheses[0].Entity} {incident.Hypotheses[0].FaultClass}");
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_decoy_deployment_elsewhere_is_not_blamed(string faultClass)
    {
        var shop = new Shop();
        var (entity, expected) = Faults.Play(shop, faultClass, At);
        shop.At(At - 60, () => shop.Rollout("catalogue", ChangeKind.Image));

        shop.RunTo(At + (faultClass == "memory-leak" ? 125 : 75));

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal((entity.ToString(), expected), (incident.Hypotheses[0].Entity.ToString(), incident.Hypotheses[0].FaultClass));
        Assert.DoesNotContain(incident.Hypotheses, cause => cause.Entity.Name == "catalogue" && cause.Confidence > 0.1);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void The_same_signals_give_the_same_bytes(string faultClass)
    {
        var first = new Shop();
        Faults.Play(first, faultClass, At);
        first.RunTo(At + 150);
        var again = new RcaEngine(new RcaOptions(), Scope.Default);

        var records = first.Sent.SelectMany(sent => again.Step(sent.Offset, sent.Batch, sent.Anomalies, sent.Now)).ToArray();

        Assert.NotEmpty(records);
        Assert.Equal(SignalsJson.Encode(first.Records), SignalsJson.Encode(records.ToList()));
    }
}
