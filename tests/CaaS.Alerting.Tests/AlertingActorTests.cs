using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.TestKit.Xunit;
using CaaS.Alerting.Runtime;
using CaaS.Alerting.Runtime.Models;
using CaaS.Alerting.Runtime.Receivers;
using CaaS.Alerting.Runtime.Store;
using CaaS.Alerting.Tests.Store;
using CaaS.Log;
using CaaS.Rca;
using CaaS.Rca.Priors;
using CaaS.Signals;
using CaaS.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CaaS.Alerting.Tests.Given;

namespace CaaS.Alerting.Tests;

public sealed class AlertingActorTests : TestKit
{
    private readonly FakeTimeProvider _time = new(T0);
    private readonly Database _database = new();
    private readonly AlertingDatabase _tables;
    private readonly AlertStore _store;
    private readonly ActiveModel _model = new();
    private readonly MemoryLog _log;
    private readonly FakeReceiver _receiver = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationToken _none = TestContext.Current.CancellationToken;

    public AlertingActorTests()
    {
        _tables = new AlertingDatabase(_database);
        _store = new AlertStore(_tables);
        _log = new MemoryLog(_time);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _tables.Dispose();
        _database.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task An_incident_is_kept_published_and_sent_and_a_command_answered()
    {
        using var sender = Sender();
        Run(sender);
        await AppendAsync(Topics.Incidents, "not json"u8.ToArray());
        await AppendAsync(Topics.Incidents, SignalsJson.Encode(new IncidentRecord(7, "opened", Incident(1))));
        await UntilAsync(Topics.Incidents, 2);
        await AppendAsync(
            Topics.Commands, SignalsJson.Encode(Command(CommandVerbs.AlertAcknowledge, Id)));
        await UntilAsync(Topics.Commands, 1);

        await sender.DrainAsync(_receiver, _none);

        Assert.Equal(AlertStatus.Acknowledged, (await _store.FindAsync(Id, _none))!.Status);
        var outcome = SignalsJson.Decode<CommandOutcome>(Assert.Single(_log.Entries(Topics.Outcomes)).Payload.Span);
        Assert.True(outcome.Ok);
        var records = _log.Entries(Topics.Notifications).Select(e => SignalsJson.Decode<AlertRecord>(e.Payload.Span));
        Assert.Equal(
            ["alert 1", "sent False", "alert 2", "sent True"],
            records.Select(r => r.Alert is { } a ? $"alert {a.Revision}" : $"sent {r.Notification!.SentAt is not null}"));
        Assert.Single(_receiver.Taken);
    }

    [Fact]
    public async Task After_a_crash_before_the_commit_the_same_records_make_nothing_new()
    {
        using var sender = Sender();
        var first = Run(sender);
        await AppendAsync(Topics.Incidents, SignalsJson.Encode(new IncidentRecord(7, "opened", Incident(1))));
        await UntilAsync(Topics.Incidents, 1);
        await sender.DrainAsync(_receiver, _none);
        await first.GracefulStop(TimeSpan.FromSeconds(5));
        await _log.CommitAsync(AlertingShell.Group, Topics.Incidents, 0, 0, _none);

        Run(sender);
        await UntilAsync(Topics.Incidents, 1);
        await sender.DrainAsync(_receiver, _none);

        Assert.Single(_receiver.Taken);
        Assert.Equal(1, (await _store.FindAsync(Id, _none))!.Revision);
        Assert.Single(await _store.NotificationsAsync(Id, 10, _none));
    }

    [Fact]
    public async Task What_people_say_of_a_cause_is_a_signal_and_is_said_again_after_a_crash()
    {
        using var sender = Sender();
        var first = Run(sender);
        await AppendAsync(Topics.Incidents, SignalsJson.Encode(new IncidentRecord(7, "opened", Incident(1))));
        await UntilAsync(Topics.Incidents, 1);
        await AppendAsync(Topics.Commands, SignalsJson.Encode(Command(CommandVerbs.AlertFeedback, Id, ("verdict", "wrong"))));
        await UntilAsync(Topics.Commands, 1);
        await first.GracefulStop(TimeSpan.FromSeconds(5));
        await _log.CommitAsync(AlertingShell.Group, Topics.Commands, 0, 0, _none);

        Run(sender);
        await UntilAsync(Topics.Commands, 1);

        var said = _log.Entries(Topics.Signals)
            .Select(entry => Assert.Single(CauseFeedback.In(SignalBatchCodec.Decode(entry.Payload), out _))).ToList();
        Assert.Equal(2, said.Count);
        Assert.Equal(SignalsJson.Encode(said[0]), SignalsJson.Encode(said[1]));
        Assert.Equal(new JudgedCause(Cart, "bad-release", CauseVerdict.Wrong), Assert.Single(said[0].Causes));
        Assert.Equal(0.83, Assert.Single(await new FeedbackStore(_tables).FeedbackAsync(Id, 10, _none)).Confidence);
    }

    [Fact]
    public async Task A_receiver_that_is_away_is_tried_again_in_order_and_given_up_in_the_end()
    {
        using var sender = Sender();
        Run(sender);
        _receiver.Answer = new Attempt(false, true, "away");
        await AppendAsync(Topics.Incidents, SignalsJson.Encode(new IncidentRecord(7, "opened", Incident(1))));
        await AppendAsync(
            Topics.Incidents,
            SignalsJson.Encode(new IncidentRecord(8, "resolved", Incident(2, IncidentStatus.Resolved))));
        await UntilAsync(Topics.Incidents, 2);

        var afterOne = await sender.DrainAsync(_receiver, _none);
        var afterTwo = await sender.DrainAsync(_receiver, _none);
        var unsent = await _store.UnsentAsync("hook", 10, _none);
        _time.Advance(TimeSpan.FromHours(25));
        var afterAll = await sender.DrainAsync(_receiver, _none);

        Assert.Equal((1, 2, 0), (afterOne, afterTwo, afterAll));
        Assert.Equal(["away", ""], unsent.OrderBy(n => n.Reason).Select(n => n.Error));
        Assert.Empty(await _store.UnsentAsync("hook", 10, _none));
    }

    private NotificationSender Sender() => new(
        _store, _log, [_receiver], Options.Create(new AlertingOptions()), Meter(), _time,
        NullLogger<NotificationSender>.Instance);

    private AlertingMeter Meter() => new(_services.GetRequiredService<IMeterFactory>());

    private IActorRef Run(NotificationSender sender) => Sys.ActorOf(Props.Create(() => new AlertingActor(
        Options.Create(new AlertingOptions()), new[] { _receiver }, _store,
        new FeedbackStore(_tables), _model, _log, sender, Meter(), _time,
        NullLogger<AlertingActor>.Instance)));

    private async Task AppendAsync(Topic topic, byte[] payload) => await _log.AppendAsync(topic, 0, payload, _none);

    private Task UntilAsync(Topic topic, long next) => AwaitAssertAsync(
        async () => Assert.Equal(next, await _log.CommittedAsync(AlertingShell.Group, topic, 0, _none)),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMilliseconds(20));

    private sealed class FakeReceiver : INotificationReceiver
    {
        public string Name => "hook";

        public Attempt Answer { get; set; } = Attempt.Taken;

        public List<string> Taken { get; } = [];

        public Task<Attempt> SendAsync(Notification notification, Alert alert, CancellationToken cancellationToken)
        {
            if (Answer.Ok)
            {
                Taken.Add(notification.Id);
            }

            return Task.FromResult(Answer);
        }
    }
}
