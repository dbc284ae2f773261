using Akka.Actor;
using CaaS.Log;
using CaaS.Rca;
using CaaS.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Orchestration.Runtime;

/// <summary>Owns the engine: takes one input at a time, makes its step durable, and only then starts its
/// effects.</summary>
/// <remarks>
/// The queue is bounded by construction: one batch of each topic, one tick and one report of each effect can be in it.
/// Any failure to store or publish ends the actor; its supervisor starts a new one from the ledger and the log.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Own disposable fields", Justification = "An actor's end is PostStop, which disposes.")]
internal sealed partial class OperationsActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _life = new();
    private readonly Queue<Told> _inbox = new();
    private readonly OperationsEngine _engine;
    private readonly OperationsPersistence _persistence;
    private readonly OperationsEffects _effects;
    private readonly KillSwitchFile _killSwitchFile;
    private readonly OrchestrationMeters _meters;
    private readonly TimeProvider _time;
    private readonly ILogger<OperationsActor> _logger;
    private bool _isSaving;
    private bool _isTickQueued;

    public OperationsActor(
        OperationsPersistence persistence, IExecutor executor, IOptions<OperationsOptions> options,
        KillSwitchFile killSwitchFile, OrchestrationMeters meters, TimeProvider time, ILogger<OperationsActor> logger)
    {
        _engine = new OperationsEngine(options.Value);
        _persistence = persistence;
        _effects = new OperationsEffects(executor, options.Value, meters, time);
        (_killSwitchFile, _meters, _time, _logger) = (killSwitchFile, meters, time, logger);
        Receive<OperationsPersistence.Start>(Begin);
        Receive<OperationsPersistence.Batch>(Take);
        Receive<OperationsInput>(input => Enqueue(new Told(input, _time.GetUtcNow(), Commit: null)));
        Receive<TickDue>(_ => QueueTick());
        Receive<Saved>(Finish);
        Receive<Status.Failure>(failure => throw new InvalidOperationException(
            "Orchestration could not read, store or publish.", failure.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        _persistence.StartAsync(_life.Token).PipeTo(Self);

    protected override void PostStop()
    {
        _life.Cancel();
        _life.Dispose();
    }

    private void Begin(OperationsPersistence.Start start)
    {
        LogStarted(_logger, start.Restored.Operations.Count(o => o.IsLive), start.Policies.Length, _killSwitchFile.Path);
        var now = _time.GetUtcNow();
        Enqueue(new Told(start.Restored, now, Commit: null));
        Enqueue(new Told(new OperationsInput.PoliciesChanged(start.Policies), now, Commit: null));
        Read(Topics.Incidents, start.IncidentsFrom);
        Read(Topics.Commands, start.CommandsFrom);
        Timers.StartPeriodicTimer(TickDue.Instance, TickDue.Instance, TickEvery);
    }

    private void Read(Topic topic, long from) => _persistence.ReadAsync(topic, from, _life.Token).PipeTo(Self);

    private void Take(OperationsPersistence.Batch batch)
    {
        for (var index = 0; index < batch.Entries.Count; index++)
        {
            var entry = batch.Entries[index];
            var commit = index == batch.Entries.Count - 1 ? new Commit(batch.Topic, entry.Offset + 1) : null;
            Enqueue(new Told(Decode(batch.Topic, entry), entry.AppendedAt, commit));
        }
    }

    private OperationsInput? Decode(Topic topic, LogEntry entry)
    {
        try
        {
            return topic == Topics.Incidents
                ? new OperationsInput.IncidentSeen(SignalsJson.Decode<IncidentRecord>(entry.Payload.Span))
                : new OperationsInput.CommandSeen(SignalsJson.Decode<Command>(entry.Payload.Span));
        }
        catch (FormatException e)
        {
            LogUnreadable(_logger, topic.Name, entry.Offset, e.Message);
            _meters.Dropped(topic.Name);
            return null;
        }
    }

    private void QueueTick()
    {
        if (!_isTickQueued)
        {
            _isTickQueued = true;
            Enqueue(new Told(new OperationsInput.Tick(_killSwitchFile.IsThere()), _time.GetUtcNow(), Commit: null));
        }
    }

    private void Enqueue(Told told)
    {
        _inbox.Enqueue(told);
        Pump();
    }

    /// <summary>Steps the next inputs until one has something to make durable.</summary>
    private void Pump()
    {
        while (!_isSaving && _inbox.TryDequeue(out var told))
        {
            _isTickQueued &= told.Input is not OperationsInput.Tick;
            var step = told.Input is null ? null : _engine.Step(told.Input, told.Now);
            if (told.Commit is not null || (step is not null && !IsEmpty(step)))
            {
                _isSaving = true;
                _persistence.SaveAsync(step, told.Now, told.Commit, _life.Token)
                    .PipeTo(Self, success: () => new Saved(step, told.Commit));
            }
        }
    }

    private void Finish(Saved saved)
    {
        _isSaving = false;
        if (saved.Step is not null)
        {
            Tell(saved.Step);
            _effects.Begin(saved.Step, Self, _life.Token);
        }

        if (saved.Commit is { } commit)
        {
            Read(commit.Topic, commit.Next);
        }

        Pump();
    }

    private void Tell(OperationsStep step)
    {
        foreach (var operation in step.Changed)
        {
            _meters.Revision(operation.Status);
            LogChanged(_logger, operation.Id, operation.Kind, operation.Target.ToString(), operation.Status,
                operation.History[^1].Actor, operation.History[^1].Text);
        }

        foreach (var outcome in step.Outcomes)
        {
            _meters.Command(outcome.Ok);
        }
    }

    private static bool IsEmpty(OperationsStep step) =>
        step is { Changed.IsEmpty: true, Effects.IsEmpty: true, Outcomes.IsEmpty: true, Changes.IsEmpty: true };

    /// <summary>One input waiting for its turn; none for a record that could not be read.</summary>
    private sealed record Told(OperationsInput? Input, DateTimeOffset Now, Commit? Commit);

    /// <summary>A step is durable and published.</summary>
    private sealed record Saved(OperationsStep? Step, Commit? Commit);

    /// <summary>A second has passed.</summary>
    private sealed class TickDue
    {
        public static readonly TickDue Instance = new();
    }
}
