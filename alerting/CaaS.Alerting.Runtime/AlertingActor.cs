using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using CaaS.Alerting.Feedback;
using CaaS.Alerting.Ports;
using CaaS.Alerting.Runtime.Models;
using CaaS.Alerting.Runtime.Receivers;
using CaaS.Alerting.Runtime.Store;
using CaaS.Log;
using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Alerting.Runtime;

/// <summary>Reads incidents, operations and commands, steps the core, keeps and publishes what changed.</summary>
/// <remarks>
/// Handlers are asynchronous and hold the mailbox: step, save, publish and commit of one read must not overlap with the
/// next, for the engine has one owner and its order is the order of the log. No thread is blocked. A failure restarts
/// the actor, which restores from the store and reads again from the committed offset: seeing a record twice is
/// harmless.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "PostStop, the end of an actor's life, disposes it.")]
internal sealed class AlertingActor : ReceiveActor, IWithTimers
{
    private const int ReadBytesMax = 1024 * 1024;
    private const int RestorePageSize = 500;
    private const int WordCountMax = 100_000;
    private static readonly Topic[] Sources = [Topics.Incidents, Topics.Operations, Topics.Commands];

    private readonly AlertEngine _engine;
    private readonly AlertingOptions _options;
    private readonly AlertStore _store;
    private readonly IFeedbackStore _feedback;
    private readonly ActiveModel _model;
    private readonly ILog _log;
    private readonly NotificationSender _sender;
    private readonly AlertingMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<AlertingActor> _logger;
    private readonly CancellationTokenSource _stop = new();
    private IUsefulnessModel? _chosen;

    public AlertingActor(
        IOptions<AlertingOptions> options,
        IReadOnlyList<INotificationReceiver> receivers,
        AlertStore store,
        IFeedbackStore feedback,
        ActiveModel model,
        ILog log,
        NotificationSender sender,
        AlertingMeter meter,
        TimeProvider time,
        ILogger<AlertingActor> logger)
    {
        _options = options.Value;
        _engine = new AlertEngine(_options, [.. receivers.Select(receiver => receiver.Name)]);
        _store = store;
        _feedback = feedback;
        _model = model;
        _log = log;
        _sender = sender;
        _meter = meter;
        _time = time;
        _logger = logger;
        ReceiveAsync<Start>(_ => StartAsync());
        ReceiveAsync<Arrived>(ArriveAsync);
        ReceiveAsync<TimePassed>(_ => PassTimeAsync());
        Receive<Status.Failure>(failure => throw new LogUnavailableException("Reading failed.", failure.Cause));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Self.Tell(new Start());

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task StartAsync()
    {
        var silences = await _store.SilencesAsync(null, _time.GetUtcNow(), _stop.Token).ConfigureAwait(true);
        _engine.Restore([], silences, []);
        _engine.Restore(
            await _feedback.ExamplesAsync(_options.ExperienceCountMax, _stop.Token).ConfigureAwait(true),
            await _feedback.FeedbackAsync(null, WordCountMax, _stop.Token).ConfigureAwait(true));
        AlertPage page;
        var offset = 0;
        do
        {
            var query = new AlertQuery(
                null, [AlertStatus.Open, AlertStatus.Acknowledged], [], null, null, "", offset, RestorePageSize);
            page = await _store.ListAsync(query, _stop.Token).ConfigureAwait(true);
            foreach (var alert in page.Alerts)
            {
                await RestoreAsync(alert).ConfigureAwait(true);
            }

            offset += page.Alerts.Count;
        }
        while (page.Alerts.Count == RestorePageSize);

        _logger.Started(_engine.Count, silences.Count);
        foreach (var topic in Sources)
        {
            var next = await _log.CommittedAsync(AlertingShell.Group, topic, 0, _stop.Token).ConfigureAwait(true)
                ?? await _log.OffsetAtAsync(topic, 0, _time.GetUtcNow() - _options.WarmUp, _stop.Token)
                    .ConfigureAwait(true);
            Read(topic, next);
        }

        Timers.StartPeriodicTimer("tick", new TimePassed(), TimeSpan.FromSeconds(1));
    }

    private async Task RestoreAsync(Alert alert)
    {
        var told = await _store.NotificationsAsync(alert.Id, 1000, _stop.Token).ConfigureAwait(true);
        _engine.Restore([alert], [], [.. told.Reverse()]);
    }

    private void Read(Topic topic, long next) =>
        _log.ReadAsync(topic, 0, next, ReadBytesMax, _stop.Token).AsTask()
            .PipeTo(Self, Self, entries => new Arrived(topic, entries));

    private async Task ArriveAsync(Arrived arrived)
    {
        var changes = new PendingChanges();
        foreach (var entry in arrived.Entries)
        {
            if (DecodeOrNull(arrived.Topic, entry) is not { } input)
            {
                continue;
            }

            if (_engine.Wanted(input) is { } wanted
                && (changes.FindOrNull(wanted)
                    ?? await _store.FindAsync(wanted, _stop.Token).ConfigureAwait(true)) is { } kept)
            {
                await RestoreAsync(kept).ConfigureAwait(true);
            }

            changes.Add(_engine.Step(input, entry.AppendedAt));
        }

        await KeepAsync(changes).ConfigureAwait(true);
        var next = arrived.Entries[^1].Offset + 1;
        await _log.CommitAsync(AlertingShell.Group, arrived.Topic, 0, next, _stop.Token).ConfigureAwait(true);
        Read(arrived.Topic, next);
    }

    private async Task PassTimeAsync()
    {
        var changes = new PendingChanges();
        var now = _time.GetUtcNow();
        if (_model.Current != _chosen)
        {
            _chosen = _model.Current;
            changes.Add(_engine.Step(new AlertInput.ModelChosen(_chosen), now));
        }

        changes.Add(_engine.Step(new AlertInput.Tick(), now));
        await KeepAsync(changes).ConfigureAwait(true);
        _meter.Held(_engine.Count);
    }

    private async Task KeepAsync(PendingChanges changes)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        // First: an alert that is kept is not opened again, and what was known when it was opened would be lost.
        await _feedback.SaveAsync(changes.Examples, changes.Feedback, _stop.Token).ConfigureAwait(true);
        await _store.SaveAsync(changes.Alerts, changes.Silences, changes.Notifications, _stop.Token)
            .ConfigureAwait(true);
        foreach (var record in changes.Records())
        {
            await _log.AppendAsync(Topics.Notifications, 0, SignalsJson.Encode(record), _stop.Token)
                .ConfigureAwait(true);
        }

        foreach (var judged in changes.Judged)
        {
            await _log.AppendAsync(Topics.Signals, 0, SignalBatchCodec.Encode(judged.ToBatch()), _stop.Token)
                .ConfigureAwait(true);
        }

        foreach (var outcome in changes.Outcomes)
        {
            await _log.AppendAsync(Topics.Outcomes, 0, SignalsJson.Encode(outcome), _stop.Token).ConfigureAwait(true);
            _meter.Answered(outcome.Ok);
        }

        if (changes.Notifications.Count > 0)
        {
            _sender.Wake();
        }
    }

    private AlertInput? DecodeOrNull(Topic topic, LogEntry entry)
    {
        try
        {
            _meter.Received(topic.Name);
            var bytes = entry.Payload.Span;
            return topic == Topics.Incidents ? new AlertInput.IncidentSeen(SignalsJson.Decode<IncidentRecord>(bytes))
                : topic == Topics.Operations ? new AlertInput.OperationSeen(SignalsJson.Decode<OperationRecord>(bytes))
                : new AlertInput.CommandSeen(SignalsJson.Decode<Command>(bytes));
        }
        catch (FormatException e)
        {
            _meter.Dropped("malformed");
            _logger.Malformed(topic.Name, entry.Offset, e.Message);
            return null;
        }
    }

    /// <summary>Begin.</summary>
    internal sealed record Start;

    /// <summary>Records were read.</summary>
    internal sealed record Arrived(Topic Topic, IReadOnlyList<LogEntry> Entries);

    /// <summary>A second went by.</summary>
    internal sealed record TimePassed;
}
