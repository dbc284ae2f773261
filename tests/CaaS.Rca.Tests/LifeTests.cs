using CaaS.Analytics;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using Xunit;

namespace CaaS.Rca.Tests;

/// <summary>An incident's life: opened, updated, mitigated, reopened, resolved, merged; and across a restart.</summary>
public class LifeTests
{
    private const int At = 300;

    [Fact]
    public void A_rollback_by_the_platform_resolves_a_bad_configuration()
    {
        var shop = new Shop();
        Faults.Play(shop, "config-error", At);
        shop.At(At + 100, () => shop.Change("checkout", ChangeKind.Operation, "Rollback of checkout", "caas:op1"));
        shop.At(At + 101, () => shop.Rollout("checkout", ChangeKind.Config));
        shop.At(At + 115, shop.ClearAll);

        shop.RunTo(At + 300);

        Assert.Equal(IncidentStatus.Resolved, Assert.Single(shop.Incidents).Status);
        Assert.Equal("resolved", shop.Records[^1].Change);
        Assert.Equal(("checkout", "config-error"),
            (shop.Incidents[0].Hypotheses[0].Entity.Name, shop.Incidents[0].Hypotheses[0].FaultClass));
        Assert.InRange((shop.Incidents[0].ResolvedAt!.Value - Shop.Start).TotalSeconds, At + 175, At + 180);
    }

    [Fact]
    public void A_rollback_resolves_a_crash_loop_and_keeps_its_diagnosis()
    {
        var shop = new Shop();
        Faults.Play(shop, "bad-release", At);
        shop.At(At + 100, () => shop.Change("payment", ChangeKind.Operation, "Rollback of payment", "caas:op1"));
        shop.At(At + 101, () => shop.Rollout("payment", ChangeKind.Image));
        shop.At(At + 106, () => shop.SendWorkload("payment", "shop", 1, 1));
        shop.At(At + 115, shop.ClearAll);

        shop.RunTo(At + 300);

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal(IncidentStatus.Resolved, incident.Status);
        Assert.Equal(("payment", "bad-release"), (incident.Hypotheses[0].Entity.Name, incident.Hypotheses[0].FaultClass));
    }

    [Fact]
    public void A_rollback_resolves_a_leak_as_soon_as_its_pods_are_gone()
    {
        var shop = new Shop();
        Faults.Play(shop, "memory-leak", At);
        shop.At(At + 150, () => shop.Change("cart", ChangeKind.Operation, "Rollback of cart", "caas:op1"));
        shop.At(At + 151, () => shop.Rollout("cart", ChangeKind.Config));
        shop.At(At + 165, shop.ClearAll);

        shop.RunTo(At + 300);

        Assert.Equal(IncidentStatus.Resolved, Assert.Single(shop.Incidents).Status);
    }

    [Fact]
    public void A_lost_node_whose_pods_moved_is_mitigated_and_resolves_when_it_is_back()
    {
        var shop = new Shop();
        Faults.Play(shop, "node-lost", At);
        shop.At(At + 120, () =>
        {
            foreach (var name in Faults.OnNode2)
            {
                shop.Alter(shop.PodOf(name), pod => pod.IsTerminating = true);
                shop.StartPod(name, "node1", At + 120);
                shop.Alter(shop.PodOf(name), pod => pod.IsReady = true);
                shop.SendWorkload(name, "shop", 1, 1);
            }
        });
        shop.At(At + 140, shop.ClearAll);
        shop.RunTo(At + 250);
        Assert.Equal(IncidentStatus.Mitigated, Assert.Single(shop.Incidents).Status);

        shop.Node("node2", "true");
        shop.Speak("node2");
        shop.RunTo(At + 350);

        Assert.Equal(IncidentStatus.Resolved, Assert.Single(shop.Incidents).Status);
        Assert.Equal(("node2", "node-lost"),
            (shop.Incidents[0].Hypotheses[0].Entity.Name, shop.Incidents[0].Hypotheses[0].FaultClass));
    }

    [Fact]
    public void Pods_that_wait_for_a_closed_node_keep_it_mitigated_without_reopening_it()
    {
        var shop = new Shop();
        Faults.Play(shop, "node-lost", At);
        shop.At(At + 30, shop.ClearAll);
        shop.RunTo(At + 150);
        Assert.Equal(IncidentStatus.Mitigated, Assert.Single(shop.Incidents).Status);

        shop.Node("node2", "true");
        shop.Speak("node2");
        shop.RunTo(At + 300);
        Assert.Equal(IncidentStatus.Mitigated, Assert.Single(shop.Incidents).Status);

        foreach (var name in Faults.OnNode2)
        {
            shop.SendWorkload(name, "shop", 1, 1);
        }

        shop.RunTo(At + 400);
        Assert.Equal(IncidentStatus.Resolved, Assert.Single(shop.Incidents).Status);
        Assert.DoesNotContain(shop.Records, record => record.Change == "reopened");
    }

    [Fact]
    public void A_mitigated_incident_reopens_when_users_are_hurt_again()
    {
        var shop = new Shop();
        Faults.Play(shop, "node-lost", At);
        shop.At(At + 100, () =>
        {
            foreach (var name in Faults.OnNode2)
            {
                shop.SendWorkload(name, "shop", 1, 1);
            }

            shop.ClearAll();
        });
        shop.At(At + 200, () => shop.Call("catalogue", "stock", SignalRole.Errors, 0.5));

        shop.RunTo(At + 260);

        Assert.Equal(IncidentStatus.Open, Assert.Single(shop.Incidents).Status);
        Assert.Equal(["mitigated", "reopened"],
            shop.Records.Select(r => r.Change).Where(change => change is "mitigated" or "reopened"));
    }

    [Fact]
    public void What_comes_back_after_the_end_is_a_new_incident()
    {
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        shop.At(At + 60, shop.ClearAll);
        Faults.Play(shop, "dependency-latency", At + 200);

        shop.RunTo(At + 280);

        Assert.Equal([IncidentStatus.Resolved, IncidentStatus.Open], shop.Incidents.Select(i => i.Status));
    }

    [Fact]
    public void Two_unrelated_faults_are_two_incidents_each_with_its_cause()
    {
        var shop = new Shop();
        Faults.Play(shop, "bad-release", At);
        shop.At(At + 90, () => shop.Rollout("catalogue", ChangeKind.Config));
        shop.At(At + 100, () => shop.Serve("catalogue", SignalRole.Errors, 0.8));
        shop.At(At + 100, () => shop.Call("gateway", "catalogue", SignalRole.Errors, 0.8));

        shop.RunTo(At + 200);

        Assert.Equal(["payment bad-release", "catalogue config-error"],
            shop.OpenIncidents.Select(i => $"{i.Hypotheses[0].Entity.Name} {i.Hypotheses[0].FaultClass}"));
    }

    [Fact]
    public void Two_unrelated_faults_at_the_same_moment_are_two_incidents()
    {
        var shop = new Shop();
        Faults.Play(shop, "bad-release", At);
        shop.At(At, () => shop.Rollout("catalogue", ChangeKind.Image, isReady: false));
        shop.At(At + 8, () => shop.Crash(shop.PodOf("catalogue"), "Error", "2"));
        shop.At(At + 10, () => shop.Call("gateway", "catalogue", SignalRole.Errors, 1));

        shop.RunTo(At + 60);

        Assert.Equal(["catalogue bad-release", "payment bad-release"],
            shop.OpenIncidents.Select(i => $"{i.Hypotheses[0].Entity.Name} {i.Hypotheses[0].FaultClass}").Order());
    }

    [Fact]
    public void A_change_after_the_symptom_is_refuted()
    {
        var shop = new Shop();
        shop.At(At, () => shop.Serve("payment", SignalRole.Errors, 0.5));
        shop.At(At, () => shop.Call("checkout", "payment", SignalRole.Errors, 0.5));
        shop.At(At + 60, () => shop.Rollout("payment", ChangeKind.Config));

        shop.RunTo(At + 120);

        var incident = Assert.Single(shop.Incidents);
        Assert.DoesNotContain(incident.Hypotheses, cause => cause.FaultClass is "config-error" or "bad-release" && cause.Confidence > 0.2);
        Assert.Contains(incident.RuledOut, cause => cause.FaultClass == "bad-release"
            && cause.Evidence.Any(e => e.Weight < 0 && e.Text.Contains("after it began", StringComparison.Ordinal)));
    }

    [Fact]
    public void Failing_requests_without_any_reason_are_inconclusive()
    {
        var shop = new Shop();
        shop.At(At, () => shop.Serve("payment", SignalRole.Errors, 0.5));
        shop.At(At, () => shop.Call("checkout", "payment", SignalRole.Errors, 0.5));

        shop.RunTo(At + 60);

        var incident = Assert.Single(shop.Incidents);
        Assert.Equal(VerdictState.Inconclusive, incident.VerdictState);
        Assert.StartsWith("No cause", incident.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_broken_before_the_platform_came_is_said_to_be_so()
    {
        var shop = new Shop();
        shop.At(2, () => shop.Crash(shop.PodOf("payment"), "Error", "1"));

        shop.RunTo(60);

        var incident = Assert.Single(shop.Incidents);
        Assert.Contains(incident.Symptoms, symptom => symptom.Text.Contains("already so", StringComparison.Ordinal));
    }

    [Fact]
    public void A_workload_without_ready_pods_opens_one_without_any_metric()
    {
        var shop = new Shop();
        shop.At(At, () => shop.Alter(shop.PodOf("stock"), pod => pod.IsReady = false));
        shop.At(At, () => shop.SendWorkload("stock", "shop", 1, 0));

        shop.RunTo(At + 60);

        Assert.Equal("Unavailable", Assert.Single(Assert.Single(shop.Incidents).Symptoms).Signal);
    }

    [Fact]
    public void An_open_incident_survives_a_restart_and_is_resolved_after_it()
    {
        var shop = new Shop();
        Faults.Play(shop, "bad-release", At);
        shop.At(At + 140, () => shop.Rollout("payment", ChangeKind.Image));
        shop.At(At + 150, () => shop.SendWorkload("payment", "shop", 1, 1));
        shop.At(At + 150, shop.ClearAll);
        shop.RunTo(At + 100);
        var before = Assert.Single(shop.Incidents);

        shop.Engine = new RcaEngine(new RcaOptions(), Scope.Default);
        foreach (var (offset, batch, anomalies, now) in shop.Sent)
        {
            Assert.Empty(shop.Engine.Step(offset, batch, anomalies, now, observeOnly: true));
        }

        shop.Engine.Restore([before]);
        shop.RunTo(At + 300);

        var after = Assert.Single(shop.Incidents);
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(IncidentStatus.Resolved, after.Status);
        Assert.Equal(Enumerable.Range(1, shop.Records.Count), shop.Records.Select(r => r.Incident.Revision));
        Assert.Single(shop.Records, r => r.Change == "opened");
    }

    [Fact]
    public void Records_of_other_scopes_and_repeated_offsets_are_dropped()
    {
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        shop.RunTo(At + 14);
        var (offset, batch, anomalies, now) = shop.Sent[^1];

        Assert.Empty(shop.Engine.Step(offset, batch, anomalies, now.AddMinutes(5)));
        Assert.Empty(shop.Engine.Step(offset + 1, SignalBatch.Tick(new Scope("else", "where")), [], now.AddMinutes(5)));
    }

    [Fact]
    public void The_snapshot_folds_pods_and_marks_what_is_wrong()
    {
        var shop = new Shop();
        Faults.Play(shop, "dependency-latency", At);
        shop.RunTo(At + 30);

        var graph = shop.Engine.Snapshot(shop.Now);

        Assert.Contains(new Relation(RelationKind.Calls, Shop.Workload("checkout"), Shop.Workload("stock")), graph.Edges);
        Assert.Contains(new Relation(RelationKind.RunsOn, Shop.Workload("stock"), Shop.NodeRef("node2")), graph.Edges);
        Assert.True(graph.Nodes.Single(node => node.Entity == Shop.Workload("stock")).IsAbnormal);
        Assert.False(graph.Nodes.Single(node => node.Entity == Shop.Workload("payment")).IsAbnormal);
        Assert.DoesNotContain(graph.Nodes, node => node.Entity.Kind is EntityKinds.Pod or EntityKinds.ReplicaSet);
    }
}
