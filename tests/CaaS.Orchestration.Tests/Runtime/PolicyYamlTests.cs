using CaaS.Orchestration.Runtime;
using Microsoft.Extensions.Options;
using Xunit;

namespace CaaS.Orchestration.Tests.Runtime;

public class PolicyYamlTests
{
    [Fact]
    public void The_policies_that_come_with_the_platform_say_this()
    {
        var store = new PolicyStore(Options.Create(new OrchestrationShellOptions()));

        Assert.Equal(
            """
            cordon-lost-node: When node-lost is the first-ranked cause on a Node, at least 40% likely, propose to keep new pods off it and do so when a person approves, at most 2 times an hour and with 10 min of rest for each target; if the symptoms last 10 min longer, say so.
            restart-leak: When memory-leak is the first-ranked cause on a Deployment, StatefulSet or DaemonSet, at least 40% likely, propose to restart it and do so when a person approves, at most 2 times an hour and with 30 min of rest for each target; if the symptoms last 10 min longer, say so.
            restart-slow-dependency: When dependency-latency is the first-ranked cause on a Deployment, at least 40% likely, suggest to restart it, at most 1 times an hour and with 30 min of rest for each target.
            rollback-bad-release: When bad-release is the first-ranked cause on a Deployment, at least 40% likely, propose to roll it back to the revision before and do so when a person approves, at most 3 times an hour and with 10 min of rest for each target; if the symptoms last 10 min longer, undo it.
            rollback-config: When config-error is the first-ranked cause on a Deployment, at least 40% likely, propose to roll it back to the revision before and do so when a person approves, at most 3 times an hour and with 10 min of rest for each target; if the symptoms last 10 min longer, undo it.
            rollback-leak: When memory-leak is the first-ranked cause on a Deployment, at least 40% likely and after a recent change, propose to roll it back to the revision before and do so when a person approves, at most 3 times an hour and with 10 min of rest for each target; if the symptoms last 10 min longer, undo it.
            rollback-regression: When release-regression is the first-ranked cause on a Deployment, at least 40% likely, propose to roll it back to the revision before and do so when a person approves, at most 3 times an hour and with 10 min of rest for each target; if the symptoms last 10 min longer, undo it.
            scale-down-cpu-hog: When cpu-contention is the first-ranked cause on a Deployment, at least 40% likely, suggest to scale it to 1 replicas, at most 1 times an hour and with 30 min of rest for each target.
            """,
            string.Join('\n', store.All().Select(policy => $"{policy.Name}: {PolicySentence.Of(policy)}")));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_file_line_and_key()
    {
        const string text = """
            policies:
              - name: Bad Name
                mode: sometimes
                when:
                  faultClass: []
                  minConfidence: 1.5
                  colour: red
                do:
                  operation: rollback
                  replicas: 3
                guard:
                  cooldown: soon
                  maxPerHour: 2.5
              - name: twice
                when: { faultClass: x }
                do: { operation: restart }
                mode: auto
              - name: ok
                when: { faultClass: x, entityKind: Node }
                do: { operation: restart }
              - name: good
                when: { faultClass: x }
                do: { operation: scale, replicas: 2 }
              - name: good
                when: { faultClass: x }
                do: { operation: restart }
              - do:
                  operation: [a, b]
                verify: { within: 1s, deeper: { no: 1 } }
              - just text
            more: 1
            """;

        var set = PolicyYaml.Read([("p.yaml", text)]);

        Assert.Equal(
            """
            p.yaml:31: more: is not known here; only 'policies' is.
            p.yaml:29: verify.deeper: must be a value or a list of values.
            p.yaml:30: a policy must be keys and values.
            p.yaml:7: when.colour: is no key of a policy; there are do.operation, do.replicas, do.toRevision, expiresAfter, guard.cooldown, guard.maxPerHour, mode, name, verify.undoOnFailure, verify.within, when.entityKind, when.faultClass, when.minConfidence, when.namespace, when.requiresRecentChange.
            p.yaml:2: name: 'Bad Name' must be 1 to 63 lower-case letters, digits and '-'.
            p.yaml:9: do.operation: Operation rollback takes no argument 'replicas'.
            p.yaml:3: mode: 'sometimes' is no mode; there are observe, suggest, approve, auto.
            p.yaml:5: when.faultClass: is missing.
            p.yaml:6: when.minConfidence: '1.5' must be a number from 0 to 1.
            p.yaml:12: guard.cooldown: 'soon' must be a time such as 30s, 10m or 2h, from 1 s to 24 h.
            p.yaml:13: guard.maxPerHour: '2.5' must be a whole number from 1 to 100.
            p.yaml:17: mode: restart cannot be undone, so it cannot be auto.
            p.yaml:19: when.entityKind: restart cannot be done to a Node.
            p.yaml:24: name: there is another policy 'good'.
            p.yaml:28: do.operation: must be one value.
            p.yaml:28: do.operation: '' is no operation; there are restart, rollback, scale, cordon, uncordon, delete-pod.
            p.yaml:27: when.faultClass: is missing.
            p.yaml:29: verify.within: '1s' must be a time such as 30s, 10m or 2h, from 10 s to 24 h.
            p.yaml:27: name: is missing.
            """,
            string.Join('\n', set.Messages));
        Assert.Equal("good", Assert.Single(set.Policies).Name);
    }

    [Theory]
    [InlineData("", "p.yaml:1: must be one document with a list 'policies'.")]
    [InlineData("- a", "p.yaml:1: must be one document with a list 'policies'.")]
    [InlineData("policies: 3", "p.yaml:1: must be one document with a list 'policies'.")]
    public void A_file_that_is_no_policy_file_is_named(string text, string message) =>
        Assert.Equal([message], PolicyYaml.Read([("p.yaml", text)]).Messages);

    [Theory]
    [InlineData("policies: [")]
    [InlineData("policies:\n  - name: a\n    name: b")]
    public void Broken_yaml_is_told_with_its_line(string text) =>
        Assert.Matches("^p.yaml:[0-9]+: is no YAML: ", Assert.Single(PolicyYaml.Read([("p.yaml", text)]).Messages));

    [Fact]
    public void A_missing_file_stops_the_start()
    {
        var options = Options.Create(new OrchestrationShellOptions { PolicyFiles = ["/nowhere/p.yaml"] });

        var error = Assert.Throws<OptionsValidationException>(() => new PolicyStore(options));

        Assert.Contains("/nowhere/p.yaml cannot be read", Assert.Single(error.Failures), StringComparison.Ordinal);
    }
}
