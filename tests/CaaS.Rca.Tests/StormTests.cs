using CaaS.Rca.Tests.Scenarios;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>A lost node with three hundred pods is one incident, and two faults that have nothing to do with each other
/// are two.</summary>
public class StormTests
{
    private const int At = 90;

    [Fact]
    public void A_lost_node_with_three_hundred_pods_is_one_incident_from_its_first_symptom_to_its_end()
    {
        var storm = new Storm();
        storm.LoseNode(At);

        storm.RunTo(At + 200);

        var incident = Assert.Single(storm.Incidents);
        Assert.Equal((Shop.NodeRef("n0"), "node-lost"), (incident.Hypotheses[0].Entity, incident.Hypotheses[0].FaultClass));
        Assert.All(incident.Symptoms, symptom => Assert.NotEmpty(symptom.JoinedBecause));
        Assert.All(
            Enumerable.Range(0, Storm.Spaces),
            space => Assert.Contains(incident.Symptoms, symptom => symptom.Entity.Namespace == $"team{space}"));

        storm.RunTo(At + 700);

        Assert.Equal(IncidentStatus.Resolved, Assert.Single(storm.Incidents).Status);
        Assert.Single(storm.Records, record => record.Change == "opened");
        Assert.Single(storm.Records, record => record.Change == "resolved");
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(0)]
    [InlineData(35)]
    public void A_release_that_breaks_another_application_meanwhile_is_an_incident_of_its_own(int later)
    {
        var storm = new Storm();
        storm.LoseNode(At);
        storm.BreakApart(At + later);

        storm.RunTo(At + 200);

        Assert.Equal(
            [("-/Node/n0", "node-lost"), ("apart/Deployment/s2", "bad-release")],
            storm.Incidents.Select(incident => (incident.Hypotheses[0].Entity.ToString(), incident.Hypotheses[0].FaultClass)).Order());
        Assert.All(storm.Incidents, incident => Assert.Single(incident.Symptoms.Select(symptom => symptom.Entity.Namespace == "apart").Distinct()));
    }
}
