using CaaS.Rca;
using CaaS.Signals;
using Xunit;

namespace CaaS.Orchestration.Tests;

public class OperationsEngineTests
{
    [Fact]
    public void A_cause_becomes_a_proposal_an_approved_call_and_a_verified_success()
    {
        var bench = new Bench(policies: Bench.Rollback());

        var proposed = bench.Propose();
        Assert.Equal(OperationStatus.Proposed, proposed.Status);
        var sent = bench.Approve(proposed);
        var executing = Assert.Single(sent.Changed);
        Assert.Equal(executing, Assert.Single(sent.Effects.OfType<OperationEffect.Execute>()).Operation);
        var accepted = bench.Tell(new OperationsInput.ExecutionReported(proposed.Id, CallOutcome.Accepted, ""));
        var change = Assert.Single(accepted.Changes);
        bench.Tell(new OperationsInput.EffectReported(proposed.Id, EffectState.Reached, "2 of 2."));
        Assert.Equal(OperationStatus.Verifying, bench.Ledger[proposed.Id].Status);
        bench.See(Bench.Incident(revision: 2, status: IncidentStatus.Resolved));

        var done = bench.Ledger[proposed.Id];
        Assert.Equal(ChangeKind.Operation, change.Kind);
        Assert.Equal("rollback of shop/Deployment/cart to revision 3", change.Summary);
        Assert.Equal("caas:" + proposed.Id, change.Actor);
        Assert.Equal(
            """
            Checking policy:rollback-bad-release
            Proposed caas
            Checking alice
            Executing alice
            Verifying caas
            Verifying caas
            Succeeded caas
            """,
            string.Join('\n', done.History.Select(step => $"{step.Status} {step.Actor}")));
        Assert.Equal(done.History.Length, done.Revision);
        Assert.Equal("Put the pod template of revision 4 back.", done.Undo);
    }

    [Fact]
    public void An_effect_without_relief_fails_at_the_deadline_and_is_undone()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Send();
        bench.Tell(new OperationsInput.EffectReported(operation.Id, EffectState.Reached, ""));

        bench.Wait(TimeSpan.FromMinutes(10));
        var undo = Assert.Single(bench.Wait(TimeSpan.FromSeconds(1)).Effects.OfType<OperationEffect.Undo>());
        Assert.Equal(UndoState.Pending, undo.Operation.Undoing);
        Assert.True(undo.Operation.IsLive);
        var step = bench.Tell(new OperationsInput.UndoReported(operation.Id, CallOutcome.Accepted, ""));

        Assert.Equal(OperationStatus.RolledBack, bench.Ledger[operation.Id].Status);
        Assert.StartsWith("Undone: ", Assert.Single(step.Changes).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Undoing_waits_for_the_kill_switch_and_gives_up_after_three_attempts()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Send();
        bench.Wait(TimeSpan.FromMinutes(10), killSwitchFile: true);

        Assert.Empty(bench.Wait(TimeSpan.FromSeconds(1), killSwitchFile: true).Effects);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Single(bench.Wait(TimeSpan.FromSeconds(1)).Effects.OfType<OperationEffect.Undo>());
            bench.Tell(new OperationsInput.UndoReported(operation.Id, CallOutcome.Unknown, ""));
        }

        bench.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(UndoState.Failed, bench.Ledger[operation.Id].Undoing);
        Assert.Equal(OperationStatus.Failed, bench.Ledger[operation.Id].Status);
    }

    [Fact]
    public void A_waiting_proposal_is_superseded_when_another_cause_ranks_first()
    {
        var bench = new Bench(policies: [Bench.Rollback(), Bench.Cordon()]);
        var rollback = bench.Propose();

        var step = bench.See(Bench.Incident(revision: 2, cause: Bench.NodeTwo, faultClass: "node-lost"));

        Assert.Equal(OperationStatus.Expired, bench.Ledger[rollback.Id].Status);
        Assert.Equal(
            "Superseded: -/Node/node2 (node-lost) is now ranked first.", bench.Ledger[rollback.Id].History[^1].Text);
        Assert.Equal(OperationKind.Cordon, step.Changed[^1].Kind);
    }

    [Fact]
    public void A_cordoned_node_is_proposed_to_be_opened_once_it_is_well_again()
    {
        var bench = new Bench(policies: Bench.Cordon());
        var lost = new Symptom("s1", Bench.NodeTwo, "NodeNotReady", Bench.T0, null, "Node node2 is not ready", "first symptom");
        var incident = Bench.Incident(cause: Bench.NodeTwo, faultClass: "node-lost") with { Symptoms = [lost] };
        var cordon = bench.Send(incident);
        bench.Tell(new OperationsInput.EffectReported(cordon.Id, EffectState.Reached, "The node is closed."));
        bench.See(incident with { Revision = 2, Status = IncidentStatus.Mitigated });
        Assert.Equal(OperationStatus.Succeeded, bench.Ledger[cordon.Id].Status);
        Assert.Empty(bench.Wait(TimeSpan.FromSeconds(1)).Changed);

        bench.See(incident with { Revision = 3, Status = IncidentStatus.Mitigated, Symptoms = [lost with { Until = bench.Now }] });
        Assert.Empty(bench.Wait(TimeSpan.FromSeconds(20)).Changed);
        var lift = Assert.Single(bench.Wait(TimeSpan.FromMinutes(1)).Changed);
        Assert.Equal((OperationKind.Uncordon, Bench.NodeTwo), (lift.Kind, lift.Target));
        var blocked = bench.GoodReport(lift) with { Checks = [new OperationCheck("cluster", false, "The API server is away.")] };
        Assert.Equal(OperationStatus.Blocked, Assert.Single(bench.Tell(new OperationsInput.CheckReported(blocked)).Changed).Status);
        lift = Assert.Single(bench.Wait(bench.Options.ReproposeAfter).Changed);
        var proposed = Assert.Single(bench.Report(lift).Changed);
        Assert.Equal(OperationStatus.Proposed, proposed.Status);

        bench.See(incident with { Revision = 4, Status = IncidentStatus.Resolved });
        Assert.Empty(bench.Wait(TimeSpan.FromMinutes(30)).Changed);
        Assert.Single(bench.Approve(proposed).Effects.OfType<OperationEffect.Execute>());
    }

    [Fact]
    public void The_same_operation_for_another_class_of_the_same_cause_keeps_its_proposal()
    {
        var leak = Bench.Rollback() with { Name = "rollback-leak", FaultClasses = ["memory-leak"] };
        var bench = new Bench(policies: [Bench.Rollback(), leak]);
        var proposed = bench.Propose();

        Assert.Empty(bench.See(Bench.Incident(revision: 2, faultClass: "memory-leak")).Changed);
        Assert.Equal(OperationStatus.Proposed, bench.Ledger[proposed.Id].Status);
    }

    [Fact]
    public void The_policy_that_asks_for_a_recent_change_is_preferred_and_left_out_without_one()
    {
        var rollback = Bench.Rollback() with
        {
            Name = "z-rollback",
            FaultClasses = ["memory-leak"],
            RequiresRecentChange = true,
        };
        var restart = Bench.Rollback() with
        {
            Name = "a-restart",
            FaultClasses = ["memory-leak"],
            Operation = OperationKind.Restart,
        };

        var with = new Bench(policies: [restart, rollback]).Propose(Bench.Incident(faultClass: "memory-leak", change: true));
        var without = new Bench(policies: [restart, rollback]).Propose(Bench.Incident(faultClass: "memory-leak"));

        Assert.Equal(OperationKind.Rollback, with.Kind);
        Assert.Equal(OperationKind.Restart, without.Kind);
        Assert.Equal(Operation.Irreversible, without.Undo);
    }

    [Fact]
    public void A_cause_below_the_confidence_asked_proposes_nothing() =>
        Assert.Empty(new Bench(policies: Bench.Rollback()).See(Bench.Incident(confidence: 0.39)).Changed);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0.1)]
    public void The_floor_holds_whatever_a_policy_says(double confidence) => Assert.Empty(
        new Bench(policies: Bench.Rollback() with { MinConfidence = 0 }).See(Bench.Incident(confidence: confidence)).Changed);

    [Fact]
    public void A_proposal_lapses_and_a_late_approval_is_refused()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var proposed = bench.Propose();

        bench.Now += TimeSpan.FromMinutes(31);
        var outcome = bench.Ask(Bench.Command(CommandVerbs.OperationApprove, proposed.Id));
        bench.Wait(TimeSpan.Zero);

        Assert.False(outcome.Ok);
        Assert.Contains("lapsed at 2026-11-01 12:30:00Z", outcome.Why, StringComparison.Ordinal);
        Assert.Equal(OperationStatus.Expired, bench.Ledger[proposed.Id].Status);
    }

    [Fact]
    public void An_approval_from_before_an_outage_does_not_act_after_it()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var proposed = bench.Propose();
        bench.Ask(Bench.Command(CommandVerbs.OperationApprove, proposed.Id));

        bench.Now += TimeSpan.FromMinutes(5);
        var step = bench.Report(bench.Ledger[proposed.Id]);

        Assert.Empty(step.Effects.OfType<OperationEffect.Execute>());
        Assert.Equal(OperationStatus.Proposed, bench.Ledger[proposed.Id].Status);
        Assert.Contains("lapsed", bench.Ledger[proposed.Id].History[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_approved_must_be_what_is_sent()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var proposed = bench.Propose();
        bench.Ask(Bench.Command(CommandVerbs.OperationApprove, proposed.Id));
        var moved = bench.GoodReport(bench.Ledger[proposed.Id]) with { Diff = " context\n-a\n+b\n" };
        Assert.Single(bench.Tell(new OperationsInput.CheckReported(moved)).Effects.OfType<OperationEffect.Execute>());

        bench = new Bench(policies: Bench.Rollback());
        proposed = bench.Propose();
        bench.Ask(Bench.Command(CommandVerbs.OperationApprove, proposed.Id));
        var another = bench.GoodReport(bench.Ledger[proposed.Id]) with { Diff = "-x\n+y\n" };

        var step = bench.Tell(new OperationsInput.CheckReported(another));

        Assert.Empty(step.Effects);
        Assert.Equal(("", OperationStatus.Proposed), (step.Changed[0].ApprovedBy, step.Changed[0].Status));
    }

    [Fact]
    public void Data_that_is_missing_stale_or_silent_blocks()
    {
        foreach (var spoil in new Func<CheckReport, CheckReport>[]
        {
            report => report with { Checks = [] },
            report => report with { Diff = "" },
            report => report with { Facts = TargetFacts.Missing },
            report => report with { Checks = [new OperationCheck("dry-run", false, "The server said no.")] },
        })
        {
            var bench = new Bench(policies: Bench.Rollback());
            var checking = Assert.Single(bench.See(Bench.Incident()).Changed);

            bench.Tell(new OperationsInput.CheckReported(spoil(bench.GoodReport(checking))));

            Assert.Equal(OperationStatus.Blocked, bench.Ledger[checking.Id].Status);
        }
    }

    [Fact]
    public void A_stale_reading_does_not_send_an_approved_operation()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var proposed = bench.Propose();
        bench.Ask(Bench.Command(CommandVerbs.OperationApprove, proposed.Id));
        var stale = bench.GoodReport(bench.Ledger[proposed.Id]) with { ReadAt = bench.Now.AddSeconds(-31) };

        Assert.Empty(bench.Tell(new OperationsInput.CheckReported(stale)).Effects);
    }

    [Fact]
    public void Checks_that_never_answer_block()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var checking = Assert.Single(bench.See(Bench.Incident()).Changed);

        bench.Wait(bench.Options.ChecksTimeout);

        Assert.Equal(OperationStatus.Blocked, bench.Ledger[checking.Id].Status);
    }

    [Fact]
    public void Approving_what_is_blocked_tells_why_it_is()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var checking = Assert.Single(bench.See(Bench.Incident()).Changed);
        bench.Tell(new OperationsInput.CheckReported(bench.GoodReport(checking) with
        {
            Checks = [new OperationCheck("cluster", false, "This is a recording; there is nothing to act on.")],
        }));

        var outcome = bench.Ask(Bench.Command(CommandVerbs.OperationApprove, checking.Id));

        Assert.Equal(
            $"Operation {checking.Id} is blocked: cluster: This is a recording; there is nothing to act on.", outcome.Why);
    }

    [Fact]
    public void The_cooldown_counts_failures_and_other_policies_on_the_target()
    {
        var bench = new Bench(policies: Bench.Rollback() with { UndoOnFailure = false });
        var first = bench.Send();
        bench.Tell(new OperationsInput.EffectReported(first.Id, EffectState.Replaced, ""));
        Assert.Equal(OperationStatus.Failed, bench.Ledger[first.Id].Status);

        bench.Now += TimeSpan.FromMinutes(9);
        var second = bench.Propose(Bench.Incident("bbbbbbbbbbbb"));
        Assert.Equal(OperationStatus.Blocked, second.Status);
        Assert.StartsWith("cooldown: ", second.History[^1].Text, StringComparison.Ordinal);

        bench.Now += TimeSpan.FromMinutes(6);
        var checking = Assert.Single(bench.Wait(TimeSpan.Zero).Changed);
        Assert.Equal(OperationStatus.Proposed, Assert.Single(bench.Report(checking).Changed).Status);
    }

    [Fact]
    public void Only_one_operation_is_under_way_at_once()
    {
        var bench = new Bench(policies: [Bench.Rollback(), Bench.Cordon()]);
        bench.Send();
        var cordon = bench.Propose(Bench.Incident("bbbbbbbbbbbb", cause: Bench.NodeTwo, faultClass: "node-lost"));

        var outcome = bench.Ask(Bench.Command(CommandVerbs.OperationApprove, cordon.Id, "c2"));

        Assert.Equal("Not now (concurrency): 1 of 1 under way.", outcome.Why);
        Assert.Equal(OperationStatus.Proposed, bench.Ledger[cordon.Id].Status);
    }

    [Fact]
    public void Two_incidents_with_one_cause_get_one_live_operation()
    {
        var bench = new Bench(policies: Bench.Rollback());
        bench.Propose();

        Assert.Equal(OperationStatus.Blocked, bench.Propose(Bench.Incident("bbbbbbbbbbbb")).Status);
    }

    [Fact]
    public void The_last_node_and_a_second_node_are_never_cordoned()
    {
        foreach (var facts in new[]
        {
            new TargetFacts { OtherReadyNodes = 0, OtherCordonedNodes = 0 },
            new TargetFacts { OtherReadyNodes = 3, OtherCordonedNodes = 1 },
            new TargetFacts { OtherReadyNodes = 3 },
        })
        {
            var bench = new Bench(policies: Bench.Cordon());
            var checking = Assert.Single(
                bench.See(Bench.Incident(cause: Bench.NodeTwo, faultClass: "node-lost")).Changed);

            bench.Tell(new OperationsInput.CheckReported(bench.GoodReport(checking) with { Facts = facts }));

            Assert.StartsWith("other-nodes: ", bench.Ledger[checking.Id].History[^1].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Auto_acts_alone_but_not_without_data_and_not_when_it_cannot_be_undone()
    {
        var auto = new Bench(policies: Bench.Rollback(PolicyMode.Auto));
        var checking = Assert.Single(auto.See(Bench.Incident()).Changed);
        Assert.Single(auto.Report(checking).Effects.OfType<OperationEffect.Execute>());

        var blind = new Bench(policies: Bench.Rollback(PolicyMode.Auto));
        Assert.Equal(OperationStatus.Proposed,
            blind.Propose(Bench.Incident() with { MissingData = ["metrics of node2"] }).Status);
        Assert.Empty(blind.Wait(TimeSpan.FromMinutes(1)).Effects);

        var restart = new Bench(policies: Bench.Rollback(PolicyMode.Auto) with { Operation = OperationKind.Restart });
        Assert.Equal(OperationStatus.Proposed, restart.Propose().Status);
    }

    [Fact]
    public void Auto_waits_for_the_kill_switch_and_then_looks_again_before_it_acts()
    {
        var bench = new Bench(policies: Bench.Rollback(PolicyMode.Auto));
        bench.Wait(TimeSpan.Zero, killSwitchFile: true);
        var waiting = bench.Propose();
        Assert.Equal(OperationStatus.Proposed, waiting.Status);

        var step = bench.Wait(TimeSpan.FromSeconds(1));

        Assert.Single(step.Effects.OfType<OperationEffect.RunChecks>());
        Assert.Single(bench.Report(bench.Ledger[waiting.Id]).Effects.OfType<OperationEffect.Execute>());
    }

    [Fact]
    public void Observe_only_notes_and_suggest_notes_with_its_checks()
    {
        var observe = new Bench(policies: Bench.Rollback(PolicyMode.Observe)).See(Bench.Incident());
        Assert.Equal(OperationStatus.Noted, Assert.Single(observe.Changed).Status);
        Assert.Empty(observe.Effects);

        var suggested = new Bench(policies: Bench.Rollback(PolicyMode.Suggest)).Propose();
        Assert.Equal((OperationStatus.Noted, "-a\n+b\n"), (suggested.Status, suggested.Diff));
    }

    [Fact]
    public void A_policy_that_is_raised_proposes_what_it_noted_and_one_that_is_lowered_takes_it_back()
    {
        var bench = new Bench(policies: Bench.Rollback(PolicyMode.Observe));
        bench.See(Bench.Incident());

        var raised = bench.Tell(new OperationsInput.CommandSeen(Bench.Command(
            CommandVerbs.PolicySetMode, "rollback-bad-release", "c1", "operator", ("mode", "approve"))));
        var checking = Assert.Single(raised.Changed);
        bench.Report(checking);
        bench.Tell(new OperationsInput.CommandSeen(Bench.Command(
            CommandVerbs.PolicySetMode, "rollback-bad-release", "c2", "operator", ("mode", "suggest"))));

        Assert.Equal(
            new OperationEffect.SetPolicyMode("rollback-bad-release", PolicyMode.Approve, "alice"), raised.Effects[0]);
        Assert.Equal(OperationStatus.Expired, bench.Ledger[checking.Id].Status);
        Assert.Equal("Policy rollback-bad-release was set to suggest.", bench.Ledger[checking.Id].History[^1].Text);
    }

    [Fact]
    public void A_call_of_unknown_outcome_is_read_back_and_never_sent_again()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();
        bench.Approve(operation);

        var step = bench.Tell(new OperationsInput.ExecutionReported(operation.Id, CallOutcome.Unknown, "Timeout."));
        Assert.IsType<OperationEffect.Observe>(Assert.Single(step.Effects));
        bench.Tell(new OperationsInput.EffectReported(operation.Id, EffectState.Absent, "Unchanged."));
        Assert.Equal(OperationStatus.Executing, bench.Ledger[operation.Id].Status);
        bench.Now += bench.Options.ReadBackFor;
        bench.Tell(new OperationsInput.EffectReported(operation.Id, EffectState.Absent, "Unchanged."));

        Assert.Equal(OperationStatus.Failed, bench.Ledger[operation.Id].Status);
        Assert.Equal(UndoState.None, bench.Ledger[operation.Id].Undoing);
    }

    [Fact]
    public void A_restart_while_executing_reads_back_and_goes_on()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();
        bench.Approve(operation);

        var after = new Bench(policies: Bench.Rollback()) { Now = bench.Now };
        after.Tell(new OperationsInput.Restored([bench.Ledger[operation.Id]], [Bench.Incident()], KillSwitch: false));
        Assert.IsType<OperationEffect.Observe>(Assert.Single(after.Wait(TimeSpan.FromSeconds(1)).Effects));
        var found = after.Tell(new OperationsInput.EffectReported(operation.Id, EffectState.Progressing, "1 of 2."));

        Assert.Equal(OperationStatus.Verifying, after.Ledger[operation.Id].Status);
        Assert.Single(found.Changes);
    }

    [Fact]
    public void A_refused_call_fails_without_undoing_anything()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();
        bench.Approve(operation);

        bench.Tell(new OperationsInput.ExecutionReported(operation.Id, CallOutcome.Refused, "Budget (429)."));

        Assert.Equal((OperationStatus.Failed, UndoState.None),
            (bench.Ledger[operation.Id].Status, bench.Ledger[operation.Id].Undoing));
    }

    [Fact]
    public void What_a_person_rejected_is_not_proposed_again()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();
        Assert.True(bench.Ask(Bench.Command(
            CommandVerbs.OperationReject, operation.Id, "c1", "operator", ("reason", "we fix forward"))).Ok);

        Assert.Equal("Rejected: we fix forward", bench.Ledger[operation.Id].History[^1].Text);
        Assert.Empty(bench.See(Bench.Incident(revision: 2)).Changed);
        Assert.Empty(bench.Wait(TimeSpan.FromHours(1)).Changed);
    }

    [Fact]
    public void An_incident_that_resolves_itself_takes_its_proposal_back()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();

        bench.See(Bench.Incident(revision: 2, status: IncidentStatus.Resolved));

        Assert.Equal("The incident resolved itself first.", bench.Ledger[operation.Id].History[^1].Text);
    }

    [Fact]
    public void A_cause_that_keeps_changing_does_not_flood_people()
    {
        var bench = new Bench(policies: [Bench.Rollback(), Bench.Cordon()]);
        for (var revision = 1; revision <= 60; revision++)
        {
            bench.See(revision % 2 == 0
                ? Bench.Incident(revision: revision)
                : Bench.Incident(revision: revision, cause: Bench.NodeTwo, faultClass: "node-lost"));
        }

        Assert.Equal(bench.Options.MaxProposalsPerIncident, bench.Ledger.Count);
    }
}
