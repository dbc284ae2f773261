using CaaS.Signals;
using Xunit;

namespace CaaS.Orchestration.Tests;

public class CommandTests
{
    [Theory]
    [InlineData("viewer")]
    [InlineData("")]
    [InlineData("Operator")]
    public void Only_an_operator_may_act(string role)
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();

        var outcome = bench.Ask(Bench.Command(CommandVerbs.OperationApprove, operation.Id, role: role));

        Assert.Equal(
            new CommandOutcome("c1", false, "alice is not an operator; only an operator may do this.", ""), outcome);
        Assert.Equal(operation, bench.Ledger[operation.Id]);
    }

    [Theory]
    [InlineData("operation.approve", "nope", "", "", "There is no operation nope.")]
    [InlineData("operation.reject", "nope", "", "", "There is no operation nope.")]
    [InlineData("operation.dance", "", "", "", "There is no command operation.dance.")]
    [InlineData("policy.set-mode", "nope", "mode", "auto", "There is no policy nope.")]
    [InlineData("policy.set-mode", "rollback-bad-release", "mode", "yolo",
        "'yolo' is no mode; there are observe, suggest, approve, auto.")]
    [InlineData("operation.kill-switch", "", "engaged", "maybe", "Argument 'engaged' must be true or false.")]
    [InlineData("operation.request", "", "kind", "explode",
        "'explode' is no operation; there are restart, rollback, scale, cordon, uncordon, delete-pod.")]
    [InlineData("operation.request", "", "kind", "restart", "'' is no entity; write namespace/Kind/name.")]
    public void A_refusal_says_what_is_wrong(string verb, string target, string name, string value, string why)
    {
        var bench = new Bench(policies: Bench.Rollback());

        var outcome = bench.Ask(Bench.Command(verb, target, "c1", "operator", (name.Length > 0 ? name : "x", value)));

        Assert.Equal(new CommandOutcome("c1", false, why, ""), outcome);
    }

    [Theory]
    [InlineData("cordon", "shop/Deployment/cart", "", "cordon cannot be done to a Deployment.")]
    [InlineData("scale", "shop/Deployment/cart", "", "Operation scale needs the argument 'replicas'.")]
    [InlineData("scale", "shop/Deployment/cart", "-1", "Argument 'replicas' must be a whole number from 0, not '-1'.")]
    [InlineData("restart", "shop/Deployment/cart", "3", "Operation restart takes no argument 'replicas'.")]
    public void A_request_that_makes_no_sense_is_refused(string kind, string entity, string replicas, string why)
    {
        var more = new List<(string, string)> { ("kind", kind), ("entity", entity), ("replicas", replicas) };

        var outcome = new Bench().Ask(Bench.Command(
            CommandVerbs.OperationRequest, "", "c1", "operator", [.. more]));

        Assert.Equal(why, outcome.Why);
    }

    [Fact]
    public void A_request_is_checked_shown_approved_and_verified_by_its_effect_alone()
    {
        var bench = new Bench();
        var outcome = bench.Ask(Bench.Command(CommandVerbs.OperationRequest, "", "c1", "operator",
            ("kind", "scale"), ("entity", "shop/Deployment/cart"), ("replicas", "3"), ("reason", "sale today")));
        Assert.True(outcome.Ok);
        var operation = bench.Ledger[outcome.Subject];
        Assert.Equal("alice asked for it: sale today", operation.Reason);

        bench.Report(operation);
        bench.Approve(operation, "c2");
        bench.Tell(new OperationsInput.ExecutionReported(operation.Id, CallOutcome.Accepted, ""));
        bench.Tell(new OperationsInput.EffectReported(operation.Id, EffectState.Reached, ""));

        Assert.Equal(OperationStatus.Succeeded, bench.Ledger[operation.Id].Status);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("21", false)]
    [InlineData("20", true)]
    public void Scaling_stays_inside_its_bounds(string replicas, bool allowed)
    {
        var bench = new Bench();
        var outcome = bench.Ask(Bench.Command(CommandVerbs.OperationRequest, "", "c1", "operator",
            ("kind", "scale"), ("entity", "shop/Deployment/cart"), ("replicas", replicas)));

        bench.Report(bench.Ledger[outcome.Subject]);

        Assert.Equal(allowed ? OperationStatus.Proposed : OperationStatus.Blocked, bench.Ledger[outcome.Subject].Status);
    }

    [Fact]
    public void A_pod_is_only_deleted_when_it_comes_back_and_others_are_ready()
    {
        foreach (var (facts, allowed) in new (TargetFacts, bool)[]
        {
            (new TargetFacts { IsReady = true, HasController = true, ReadyReplicas = 2 }, true),
            (new TargetFacts { IsReady = true, HasController = true, ReadyReplicas = 1 }, false),
            (new TargetFacts { IsReady = true, HasController = true }, false),
            (new TargetFacts { IsReady = false, HasController = true }, true),
            (new TargetFacts { IsReady = false, HasController = false }, false),
            (new TargetFacts { IsReady = true }, false),
        })
        {
            var bench = new Bench();
            var id = bench.Ask(Bench.Command(CommandVerbs.OperationRequest, "", "c1", "operator",
                ("kind", "delete-pod"), ("entity", "shop/Pod/cart-0"))).Subject;

            bench.Tell(new OperationsInput.CheckReported(bench.GoodReport(bench.Ledger[id]) with { Facts = facts }));

            Assert.Equal(allowed ? OperationStatus.Proposed : OperationStatus.Blocked, bench.Ledger[id].Status);
        }
    }

    [Fact]
    public void The_kill_switch_stops_an_approved_operation_that_is_still_being_checked()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();
        bench.Ask(Bench.Command(CommandVerbs.OperationApprove, operation.Id));

        var thrown = bench.Tell(new OperationsInput.CommandSeen(Bench.Command(
            CommandVerbs.OperationKillSwitch, "", "c2", "operator", ("engaged", "true"))));
        var step = bench.Report(bench.Ledger[operation.Id]);
        var refused = bench.Ask(Bench.Command(CommandVerbs.OperationApprove, operation.Id, "c3"));

        Assert.Equal(new OperationEffect.SetKillSwitch(true, "alice"), Assert.Single(thrown.Effects));
        Assert.Empty(step.Effects);
        Assert.Equal("Not now (kill-switch): The kill switch is engaged.", refused.Why);
    }

    [Fact]
    public void A_command_read_twice_is_answered_twice_and_carried_out_once()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();
        var command = Bench.Command(CommandVerbs.OperationApprove, operation.Id);

        var first = bench.Ask(command);
        var again = bench.Tell(new OperationsInput.CommandSeen(command));

        Assert.Equal(first, Assert.Single(again.Outcomes));
        Assert.Empty(again.Changed);
        Assert.Empty(again.Effects);
    }

    [Fact]
    public void A_second_approval_is_told_who_was_first()
    {
        var bench = new Bench(policies: Bench.Rollback());
        var operation = bench.Propose();
        bench.Ask(Bench.Command(CommandVerbs.OperationApprove, operation.Id));

        Assert.Equal($"Operation {operation.Id} was approved by alice already.",
            bench.Ask(Bench.Command(CommandVerbs.OperationApprove, operation.Id, "c2")).Why);
    }

    [Fact]
    public void Commands_of_other_stages_are_let_pass()
    {
        var step = new Bench().Tell(new OperationsInput.CommandSeen(Bench.Command(CommandVerbs.AlertAcknowledge, "x")));

        Assert.Empty(step.Outcomes);
    }
}
