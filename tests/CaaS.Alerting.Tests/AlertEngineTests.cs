using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Signals;
using Xunit;
using static CaaS.Alerting.Tests.Given;

namespace CaaS.Alerting.Tests;

public class AlertEngineTests
{
    private readonly AlertEngine _engine = new(new AlertingOptions(), ["hook"]);

    [Fact]
    public void An_incident_opens_one_alert_and_tells_once()
    {
        var output = Step(Seen(Incident(1)));

        var alert = Assert.Single(output.Alerts);
        Assert.Equal((Id, 1, AlertStatus.Open, Cart, "bad-release", 1),
            (alert.Id, alert.Revision, alert.Status, alert.Entity, alert.FaultClass, alert.Count));
        Assert.Equal(NotificationReason.Opened, Assert.Single(output.Notifications).Reason);
    }

    [Fact]
    public void The_same_revision_again_repeats_the_alert_and_tells_nobody()
    {
        var first = Step(Seen(Incident(2)));

        var again = Step(Seen(Incident(2)), 5);
        var older = Step(Seen(Incident(1)), 6);

        Assert.Equal(first.Alerts, again.Alerts);
        Assert.Empty(again.Notifications);
        Assert.True(older.IsEmpty);
    }

    [Fact]
    public void Acknowledging_owns_the_alert_and_stops_telling_until_it_is_over()
    {
        Step(Seen(Incident(1)));

        var acknowledged = Step(Asked(CommandVerbs.AlertAcknowledge), 1);
        var graver = Step(Seen(Incident(2, severity: IncidentSeverity.Critical)), 2);
        var waiting = Step(Operation(OperationStatus.Proposed), 3);
        var over = Step(Seen(Incident(3, IncidentStatus.Resolved)), 4);

        var alert = Assert.Single(acknowledged.Alerts);
        Assert.Equal((AlertStatus.Acknowledged, "ada", 2), (alert.Status, alert.Assignee, alert.Revision));
        Assert.True(Assert.Single(acknowledged.Outcomes).Ok);
        Assert.Empty(graver.Notifications);
        Assert.Empty(waiting.Notifications);
        Assert.Equal(NotificationReason.Resolved, Assert.Single(over.Notifications).Reason);
        Assert.Equal(AlertStatus.Resolved, Assert.Single(over.Alerts).Status);
    }

    [Fact]
    public void Asking_the_same_twice_changes_nothing_the_second_time()
    {
        Step(Seen(Incident(1)));
        foreach (var ask in new[]
        {
            Asked(CommandVerbs.AlertAcknowledge),
            Asked(CommandVerbs.AlertAssign, Id, ("assignee", "bob")),
            Asked(CommandVerbs.AlertComment, Id, ("text", "Looking.")),
            Silence(TimeSpan.FromHours(1)),
            Asked(CommandVerbs.AlertResolve),
        })
        {
            var once = Step(ask, 1);
            var twice = Step(ask, 1);

            Assert.All(twice.Outcomes, outcome => Assert.True(outcome.Ok));
            Assert.Empty(twice.Notifications);
            Assert.All(twice.Alerts, alert => Assert.Equal(Assert.Single(once.Alerts), alert));
        }
    }

    [Fact]
    public void A_silenced_incident_tells_only_its_end()
    {
        Step(Seen(Incident(1)));

        var silenced = Step(Silence(TimeSpan.FromHours(2)), 1);
        var other = Step(Seen(Incident(2, severity: IncidentSeverity.Critical, cause: Stock)), 600);
        var over = Step(Seen(Incident(3, IncidentStatus.Resolved)), 700);

        var alert = Assert.Single(silenced.Alerts);
        Assert.Equal((T0.AddHours(2), "ada"), (alert.SilencedUntil, alert.SilencedBy));
        Assert.Empty(other.Notifications);
        Assert.Equal(NotificationReason.Resolved, Assert.Single(over.Notifications).Reason);
    }

    [Fact]
    public void A_silence_over_an_entity_mutes_what_opens_later_and_tells_when_it_ends()
    {
        Step(Silence(TimeSpan.FromMinutes(1), "", "shop/Deployment/cart"));

        var opened = Step(Seen(Incident(1)), 10);
        var still = Step(new AlertInput.Tick(), 59);
        var ended = Step(new AlertInput.Tick(), 60);

        Assert.NotNull(Assert.Single(opened.Alerts).SilencedUntil);
        Assert.Empty(opened.Notifications);
        Assert.True(still.IsEmpty);
        Assert.Null(Assert.Single(ended.Alerts).SilencedUntil);
        Assert.Equal(NotificationReason.Opened, Assert.Single(ended.Notifications).Reason);
    }

    [Fact]
    public void An_alert_silenced_for_its_whole_life_is_never_told()
    {
        Step(Silence(TimeSpan.FromMinutes(9), "", "shop/Deployment/cart"));
        Step(Seen(Incident(1)), 10);

        var over = Step(Seen(Incident(2, IncidentStatus.Resolved)), 20);

        Assert.Empty(over.Notifications);
    }

    [Fact]
    public void Ending_a_silence_by_hand_tells_what_was_held_back()
    {
        Step(Silence(TimeSpan.FromMinutes(9), "", "shop/Deployment/cart"));
        Step(Seen(Incident(1)), 10);
        var silence = Step(Silence(TimeSpan.FromMinutes(9), "", "shop/Deployment/cart"), 11).Outcomes[0].Subject;

        var ended = Step(Asked(CommandVerbs.AlertUnsilence, silence), 12);

        Assert.True(Assert.Single(ended.Outcomes).Ok);
        Assert.Equal(T0.AddSeconds(12), Assert.Single(ended.Silences).Until);
        Assert.Equal(NotificationReason.Opened, Assert.Single(ended.Notifications).Reason);
    }

    [Theory]
    [InlineData("", "2026-09-01T13:00:00Z", "why", "names an incident")]
    [InlineData("shop/cart", "2026-09-01T13:00:00Z", "why", "names an incident")]
    [InlineData("shop/Deployment/cart", "2026-09-01T13:00:00Z", " ", "reason")]
    [InlineData("shop/Deployment/cart", "soon", "why", "end")]
    [InlineData("shop/Deployment/cart", "2026-09-01T12:00:00Z", "why", "future")]
    [InlineData("shop/Deployment/cart", "2026-10-02T12:00:00Z", "why", "30 days")]
    public void A_silence_without_target_reason_or_sane_end_is_refused(
        string entity, string until, string reason, string why)
    {
        var output = Step(Asked(
            CommandVerbs.AlertSilence, "", ("entity", entity), ("until", until), ("reason", reason)));

        var outcome = Assert.Single(output.Outcomes);
        Assert.False(outcome.Ok);
        Assert.Contains(why, outcome.Why, StringComparison.Ordinal);
        Assert.Empty(output.Silences);
    }

    [Fact]
    public void Commands_on_unknown_or_finished_alerts_are_refused_and_other_stages_verbs_passed_over()
    {
        Assert.False(Assert.Single(Step(Asked(CommandVerbs.AlertAcknowledge, "nope")).Outcomes).Ok);
        Assert.False(Assert.Single(Step(Asked("alert.dance")).Outcomes).Ok);
        Assert.False(Assert.Single(Step(Asked(CommandVerbs.AlertUnsilence, "nope")).Outcomes).Ok);
        Assert.True(Step(Asked(CommandVerbs.OperationApprove)).IsEmpty);
        Step(Seen(Incident(1)));
        Step(Asked(CommandVerbs.AlertResolve));
        Assert.False(Assert.Single(Step(Asked(CommandVerbs.AlertAcknowledge)).Outcomes).Ok);
        Assert.False(Assert.Single(Step(Silence(TimeSpan.FromHours(1))).Outcomes).Ok);
    }

    [Fact]
    public void Closed_by_hand_it_stays_closed_until_it_becomes_worse()
    {
        Step(Seen(Incident(1)));
        var closed = Step(Asked(CommandVerbs.AlertResolve), 1);

        var same = Step(Seen(Incident(2)), 2);
        var worse = Step(Seen(Incident(3, severity: IncidentSeverity.Critical)), 3);

        Assert.Equal(NotificationReason.Resolved, Assert.Single(closed.Notifications).Reason);
        Assert.Equal(AlertStatus.Resolved, Assert.Single(same.Alerts).Status);
        Assert.Equal(AlertStatus.Open, Assert.Single(worse.Alerts).Status);
        Assert.Null(worse.Alerts[0].ResolvedAt);
        Assert.Equal(NotificationReason.Opened, Assert.Single(worse.Notifications).Reason);
    }

    [Fact]
    public void An_incident_that_opens_again_opens_its_alert_again()
    {
        Step(Seen(Incident(1)));
        Step(Seen(Incident(2, IncidentStatus.Resolved)), 1);

        var again = Step(Seen(Incident(3)), 2);

        Assert.Equal(AlertStatus.Open, Assert.Single(again.Alerts).Status);
        Assert.Equal(NotificationReason.Opened, Assert.Single(again.Notifications).Reason);
    }

    [Fact]
    public void A_wavering_cause_is_told_at_most_once_an_interval_but_a_graver_one_at_once()
    {
        Step(Seen(Incident(1)));

        var wavered = Step(Seen(Incident(2, cause: Stock)), 10);
        var graver = Step(Seen(Incident(3, severity: IncidentSeverity.Critical, cause: Stock)), 20);
        var back = Step(Seen(Incident(4, severity: IncidentSeverity.Critical)), 30);
        var later = Step(new AlertInput.Tick(), 20 + 300);

        Assert.Empty(wavered.Notifications);
        Assert.Equal(NotificationReason.Changed, Assert.Single(graver.Notifications).Reason);
        Assert.Empty(back.Notifications);
        Assert.Equal(NotificationReason.Changed, Assert.Single(later.Notifications).Reason);
    }

    [Fact]
    public void An_operation_that_waits_or_ends_is_told_once()
    {
        Step(Seen(Incident(1)));

        var waits = Step(Operation(OperationStatus.Proposed), 1);
        var again = Step(Operation(OperationStatus.Proposed), 2);
        var checking = Step(Operation(OperationStatus.Checking), 3);

        Assert.Equal(NotificationReason.Operation, Assert.Single(waits.Notifications).Reason);
        Assert.True(again.IsEmpty);
        Assert.True(checking.IsEmpty);
    }

    [Fact]
    public void What_was_kept_is_known_after_a_restart()
    {
        var opened = Step(Seen(Incident(1)));
        var silence = Step(Silence(TimeSpan.FromHours(1)), 1).Silences[0];
        var kept = Step(new AlertInput.Tick(), 2);
        Assert.True(kept.IsEmpty);
        var restarted = new AlertEngine(new AlertingOptions(), ["hook"]);
        var alert = Step(Seen(Incident(1)), 3).Alerts[0];
        Assert.Equal(Id, restarted.Wanted(Seen(Incident(1))));

        restarted.Restore([alert], [silence], opened.Notifications);

        Assert.Null(restarted.Wanted(Seen(Incident(1))));
        var again = restarted.Step(Seen(Incident(1)), T0.AddSeconds(4));
        Assert.Equal(alert, Assert.Single(again.Alerts));
        Assert.Empty(again.Notifications);
        Assert.Empty(restarted.Step(Seen(Incident(2, cause: Stock)), T0.AddSeconds(5)).Notifications);
        var over = restarted.Step(Seen(Incident(3, IncidentStatus.Resolved)), T0.AddSeconds(6));
        Assert.Equal(NotificationReason.Resolved, Assert.Single(over.Notifications).Reason);
    }

    [Fact]
    public void Only_so_many_finished_alerts_are_held()
    {
        var engine = new AlertEngine(new AlertingOptions { ResolvedCountMax = 3 }, []);
        for (var number = 0; number < 10; number++)
        {
            engine.Step(Seen(Incident(1, IncidentStatus.Resolved, id: $"incident-{number}")), T0);
        }

        Assert.Equal(3, engine.Count);
        Assert.Null(engine.Wanted(Seen(Incident(2, id: "incident-9"))));
        Assert.Equal("incident-0", engine.Wanted(Seen(Incident(2, id: "incident-0"))));
    }

    [Fact]
    public void Comments_are_bounded_and_never_empty()
    {
        var engine = new AlertEngine(new AlertingOptions { CommentCountMax = 10 }, []);
        engine.Step(Seen(Incident(1)), T0);
        Assert.False(engine.Step(Asked(CommandVerbs.AlertComment, Id, ("text", "  ")), T0).Outcomes[0].Ok);
        for (var number = 0; number < 10; number++)
        {
            var text = ("text", $"comment {number}");
            Assert.True(engine.Step(Asked(CommandVerbs.AlertComment, Id, text), T0.AddSeconds(number)).Outcomes[0].Ok);
        }

        var full = engine.Step(Asked(CommandVerbs.AlertComment, Id, ("text", "one more")), T0);

        Assert.False(full.Outcomes[0].Ok);
    }

    private AlertOutput Step(AlertInput input, int second = 0) => _engine.Step(input, T0.AddSeconds(second));
}
