using CaaS.Api.Mapping;
using Xunit;

namespace CaaS.Api.Tests.Mapping;

public class ToWireTests
{
    [Theory]
    [InlineData(typeof(Alerting.AlertStatus), typeof(Client.Wire.AlertStatus))]
    [InlineData(typeof(Alerting.NotificationReason), typeof(Client.Wire.NotificationReason))]
    [InlineData(typeof(Rca.IncidentSeverity), typeof(Client.Wire.IncidentSeverity))]
    [InlineData(typeof(Rca.IncidentStatus), typeof(Client.Wire.IncidentStatus))]
    [InlineData(typeof(Rca.VerdictState), typeof(Client.Wire.VerdictState))]
    [InlineData(typeof(Rca.EvidenceKind), typeof(Client.Wire.EvidenceKind))]
    [InlineData(typeof(Orchestration.OperationKind), typeof(Client.Wire.OperationKind))]
    [InlineData(typeof(Orchestration.OperationStatus), typeof(Client.Wire.OperationStatus))]
    [InlineData(typeof(Orchestration.PolicyMode), typeof(Client.Wire.PolicyMode))]
    [InlineData(typeof(Analytics.Text.Fit), typeof(Client.Wire.Fit))]
    [InlineData(typeof(Analytics.Text.MentionKind), typeof(Client.Wire.MentionKind))]
    [InlineData(typeof(History.Aggregate), typeof(Client.Wire.Aggregate))]
    public void An_enumeration_has_the_same_names_and_numbers_on_the_wire(Type noun, Type wire)
    {
        Assert.Equal(
            Enum.GetValues(noun).Cast<object>().Select(value => $"{value}={(int)value}"),
            Enum.GetValues(wire).Cast<object>().Select(value => $"{value}={(int)value}"));
    }

    [Fact]
    public void A_policy_is_written_as_it_could_be_read()
    {
        const string Yaml =
            """
            - name: rollback-bad-release
              mode: approve
              when:
                faultClass: bad-release
                entityKind: Deployment
                namespace: [shop, pay]
                minConfidence: 0.4
                requiresRecentChange: true
              do:
                operation: rollback
              guard:
                cooldown: 10m
                maxPerHour: 3
              expiresAfter: 30m
              verify:
                within: 10m
                undoOnFailure: true

            """;

        Assert.Equal(Yaml, PolicyText.Of(FakeStages.Policy));
    }
}
