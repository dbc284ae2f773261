using System.Collections.Immutable;
using CaaS.Analytics;
using CaaS.Rca.Changes;
using CaaS.Rca.FaultClasses;
using CaaS.Rca.Findings;
using CaaS.Rca.Incidents;
using CaaS.Rca.Priors;
using CaaS.Rca.Ranking;
using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca;

/// <summary>Root-cause analysis of one scope: folds signals into a live graph, groups symptoms into incidents, and
/// ranks their causes.</summary>
/// <remarks>
/// Pure and deterministic: the same steps give the same records, byte for byte. Single writer. A step costs O(rows of
/// its batch and what they touch of the view); about once a second of virtual time a pass costs O(what is not well +
/// open incidents × candidates).
/// </remarks>
public sealed class RcaEngine
{
    private static readonly TimeSpan PassInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HastyInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    /// <summary>The platform's own sources speak when somebody acts: their silence means nothing.</summary>
    private static readonly string[] OwnSources = [CauseFeedback.Source, "orchestration"];

    private readonly RcaOptions _options;
    private readonly Scope _scope;
    private readonly LiveGraph _graph;
    private readonly CallBook _calls;
    private readonly FlowBook _flows;
    private readonly OperationBook _operations;
    private readonly GraphFold _topology;
    private readonly PulseBook _pulses;
    private readonly UsageBook _usage;
    private readonly ServeBook _serving;
    private readonly ReadyBook _ready;
    private readonly SpanBook _spans;
    private readonly LogBook _logs;
    private readonly MetricReader _metrics;
    private readonly AnomalyBook _anomalies;
    private readonly EventBook _events;
    private readonly UnusualBook _unusual;
    private readonly ChangeBook _changes;
    private readonly StateWatch _watch;
    private readonly StorageWatch _storage;
    private readonly SymptomBook _symptoms;
    private readonly PriorBook _priors;
    private readonly Desk _desk;

    private ILookup<EntityRef, LiveSymptom> _facts = Array.Empty<LiveSymptom>().ToLookup(symptom => symptom.Entity);
    private Dictionary<EntityRef, (double Strength, string Text)> _nodeTroubles = [];
    private DateTimeOffset? _startedAt;
    private DateTimeOffset _now;
    private DateTimeOffset _passedAt;
    private DateTimeOffset _sweptAt;
    private long _offset = long.MinValue;
    private long _knowledge;

    /// <summary>Makes an engine without knowledge.</summary>
    /// <param name="options">Settings; read while it works.</param>
    /// <param name="scope">The one scope it looks at; batches of others are ignored.</param>
    public RcaEngine(RcaOptions options, Scope scope)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(scope);
        _options = options;
        _scope = scope;
        _graph = new LiveGraph(options);
        _calls = new CallBook(options);
        _flows = new FlowBook(options, _graph);
        _topology = new GraphFold(_graph, _calls, _flows, scope);
        _operations = new OperationBook(options);
        _pulses = new PulseBook(options);
        _usage = new UsageBook(options);
        _serving = new ServeBook(options);
        _ready = new ReadyBook(options, _graph);
        _spans = new SpanBook(options, _graph, scope);
        _logs = new LogBook(options);
        _metrics = new MetricReader(options, _calls, _pulses, _usage, _serving);
        _anomalies = new AnomalyBook(options, _graph);
        _events = new EventBook(options, _graph);
        _unusual = new UnusualBook(options, _graph);
        _changes = new ChangeBook(options, _graph);
        _watch = new StateWatch(options, _graph, _changes);
        _storage = new StorageWatch(_graph);
        _symptoms = new SymptomBook(options);
        _priors = new PriorBook(options.Feedback);
        var linker = new Linker(options);
        _desk = new Desk(
            options, scope, _symptoms, linker, new Former(options, linker), new Ranker(options, FaultCatalogue.Default), Open);
    }

    /// <summary>The scope it looks at.</summary>
    public Scope Scope => _scope;

    /// <summary>Incidents that are open or mitigated.</summary>
    public int OpenCount => _desk.OpenCount;

    /// <summary>Things not remembered because a limit was reached, since the start.</summary>
    public long DroppedCount =>
        _graph.DroppedCount + _calls.DroppedCount + _flows.DroppedCount + _operations.DroppedCount
        + _spans.DroppedCount + _anomalies.DroppedCount + _symptoms.DroppedCount;

    /// <summary>Takes one signal record and what analytics found in it.</summary>
    /// <param name="offset">Offset of the record; one at or below the last is dropped.</param>
    /// <param name="batch">The record; a batch of another scope is dropped.</param>
    /// <param name="anomalies">Anomalies found at that offset.</param>
    /// <param name="now">Append time of the record, UTC.</param>
    /// <param name="observeOnly">True while warming up: everything is learned, nothing is opened or changed.</param>
    /// <returns>Changes of incidents, in order; mostly none.</returns>
    public ImmutableArray<IncidentRecord> Step(
        long offset, SignalBatch batch, IReadOnlyList<Anomaly> anomalies, DateTimeOffset now, bool observeOnly = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(anomalies);
        if (offset <= _offset || batch.Scope != _scope)
        {
            return [];
        }

        _offset = offset;
        _now = now;
        _startedAt ??= now;
        Fold(batch, anomalies, now);
        _topology.Refresh();
        var since = now - _passedAt;
        if (since < PassInterval && (!anomalies.Any(IsEvidence) || since < HastyInterval))
        {
            return [];
        }

        _passedAt = now;
        var isStarting = now - _startedAt < _options.StartGrace;
        var conditions = _watch.Read(_topology.View, now);
        _storage.Read(conditions, now);
        _symptoms.Fold(conditions, isStarting, now);
        _symptoms.EndOf(symptom => IsGone(symptom, now), now);
        Sweep(now);
        _facts = _symptoms.All.Where(symptom => symptom.IsActive && symptom.IsHard).ToLookup(symptom => symptom.Entity);
        _nodeTroubles = [];
        if (observeOnly || isStarting)
        {
            return [];
        }

        var records = ImmutableArray.CreateBuilder<IncidentRecord>();
        _desk.Pass(offset, _knowledge, now, records);
        return records.ToImmutable();
    }

    /// <summary>Takes over incidents that were open before a restart; to be called after the warm-up.</summary>
    /// <param name="open">Incidents; those that are resolved or merged are left out.</param>
    public void Restore(IReadOnlyList<Incident> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        foreach (var incident in open.Where(incident => incident.Scope == _scope))
        {
            _desk.Restore(incident, _now > incident.ChangedAt ? _now : incident.ChangedAt);
        }
    }

    /// <summary>Takes over what people said of causes before a restart; to be called before the warm-up.</summary>
    /// <param name="said">Words; one that the log tells again counts once.</param>
    public void Restore(IReadOnlyList<CauseFeedback> said)
    {
        ArgumentNullException.ThrowIfNull(said);
        foreach (var word in said.Where(word => word.Scope == _scope))
        {
            _priors.Fold(word);
        }
    }

    /// <summary>The graph as it is, pods folded into their workloads.</summary>
    /// <param name="now">Instant to write into it, UTC.</param>
    /// <returns>An immutable snapshot; O(nodes + edges).</returns>
    public GraphSnapshot Snapshot(DateTimeOffset now)
    {
        _topology.Refresh();
        var abnormal = _symptoms.All.Where(symptom => symptom.IsActive).Select(symptom => symptom.Anchor(_topology.View)).ToHashSet();
        return SnapshotWriter.Write(_graph, _topology.View, _flows, _operations.All, abnormal, _scope, now);
    }

    private void Fold(SignalBatch batch, IReadOnlyList<Anomaly> anomalies, DateTimeOffset now)
    {
        if (!batch.IsTick && !OwnSources.Contains(batch.Source))
        {
            _pulses.BeatSource(batch.Source, now);
        }

        foreach (var word in CauseFeedback.In(batch, out _))
        {
            _priors.Fold(word);
        }

        _knowledge += batch.Objects.Length + batch.Changes.Length + batch.Events.Length + anomalies.Count(IsEvidence);
        foreach (var seen in batch.Objects)
        {
            _graph.Fold(seen, now);
            _watch.Take(seen.Entity, now);
            _ready.Take(seen.Entity, now);
        }

        foreach (var change in batch.Changes)
        {
            _changes.Fold(change, now);
        }

        foreach (var seen in batch.Events)
        {
            _events.Fold(seen);
        }

        var flowVersion = _flows.Version;
        foreach (var flow in batch.Flows)
        {
            _flows.Fold(flow);
        }

        _knowledge += _flows.Version - flowVersion;
        foreach (var span in batch.Spans)
        {
            _calls.Fold(span, now);
            _operations.Fold(span, now);
            _spans.Fold(span, now);
        }

        _logs.Fold(batch.Logs, now);
        _metrics.Fold(batch.Metrics, now);
        foreach (var anomaly in anomalies)
        {
            if (!IsEvidence(anomaly))
            {
                _unusual.Fold(anomaly);
            }
            else if (_anomalies.Fold(anomaly, now) is { } live)
            {
                _symptoms.Fold(live, now);
            }
        }
    }

    /// <summary>The unusual alone neither opens an incident nor speaks for or against a cause.</summary>
    private static bool IsEvidence(Anomaly anomaly) => anomaly.Kind != AnomalyKind.Unusual;

    private void Sweep(DateTimeOffset now)
    {
        if (now - _sweptAt < SweepInterval)
        {
            return;
        }

        _sweptAt = now;
        _graph.Sweep(now);
        _calls.Sweep(now);
        _flows.Sweep(now);
        _operations.Sweep(now);
        _pulses.Sweep(now);
        _usage.Sweep(now);
        _serving.Sweep(now);
        _ready.Sweep(now);
        _spans.Sweep(now);
        _logs.Sweep(now);
        _metrics.Sweep(now);
        _anomalies.Sweep(now);
        _events.Sweep(now);
        _unusual.Sweep(now);
        _changes.Sweep(now);
        _watch.Sweep();
        _storage.Sweep();
        _symptoms.Sweep(_desk.IsOpen, now);
    }

    /// <summary>True when the one pod, or the whole workload, a metric symptom is about has been gone for a
    /// while.</summary>
    private bool IsGone(LiveSymptom symptom, DateTimeOffset now)
    {
        var horizon = now - _options.FluxWindow;
        var entity = symptom.Pod.Length > 0
            ? new EntityRef(_scope, symptom.Entity.Namespace, EntityKinds.Pod, symptom.Pod)
            : symptom.Entity;
        return _graph.Find(entity)?.GoneAt < horizon;
    }

    private CaseFile Open(IReadOnlyList<LiveSymptom> members, DateTimeOffset onset, DateTimeOffset now) => new()
    {
        Options = _options,
        Graph = _graph,
        View = _topology.View,
        Anomalies = _anomalies,
        Pulses = _pulses,
        Usage = _usage,
        Serving = _serving,
        Flows = _flows,
        Ready = _ready,
        Spans = _spans,
        Logs = _logs,
        Events = _events,
        Unusual = _unusual,
        Changes = _changes,
        Watch = _watch,
        Priors = _priors,
        Symptoms = members,
        NodeTroubles = _nodeTroubles,
        Facts = _facts,
        Onset = onset,
        Now = now,
    };
}
