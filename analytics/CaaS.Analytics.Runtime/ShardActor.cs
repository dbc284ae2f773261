using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using CaaS.Analytics.Runtime.Snapshots;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime;

/// <summary>Reads signals, steps the core, publishes one record of anomalies per read, commits.</summary>
/// <remarks>
/// One read, one step, one append, one commit at a time. It begins with the newest snapshot, or without one that can be
/// used steps the recent log to learn; up to the committed offset it publishes nothing. A failure restarts it in the
/// same way: an anomaly may then be published twice, with the same id and offset, which readers drop. Snapshots are
/// taken after a commit and written aside, one at a time; the last one when it is stopped while it waits for records.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "PostStop, the end of an actor's life, disposes it.")]
internal sealed class ShardActor : ReceiveActor
{
    private readonly AnalyticsOptions _options;
    private readonly ILog _log;
    private readonly AnalyticsStanding _standing;
    private readonly AnalyticsMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<ShardActor> _logger;
    private readonly SnapshotStore _snapshots;
    private readonly SnapshotRecall _recall;
    private readonly CancellationTokenSource _stop = new();
    private AnalyticsEngine _engine;
    private long _publishFrom;
    private bool _isWarm;
    private Committed? _waitingAt;
    private DateTimeOffset _takenAt;
    private DateTimeOffset? _writtenAt;
    private bool _isWriting;

    public ShardActor(
        IOptions<AnalyticsOptions> options,
        ILog log,
        AnalyticsStanding standing,
        AnalyticsMetrics metrics,
        SnapshotStore snapshots,
        SnapshotRecall recall,
        TimeProvider time,
        ILogger<ShardActor> logger)
    {
        _options = options.Value;
        _engine = new AnalyticsEngine(_options);
        _log = log;
        _standing = standing;
        _metrics = metrics;
        _snapshots = snapshots;
        _recall = recall;
        _time = time;
        _logger = logger;
        Receive<Begin>(Start);
        Receive<Arrived>(Arrive);
        Receive<Committed>(GoOn);
        Receive<Written>(End);
        Receive<Status.Failure>(failure => throw new LogUnavailableException("The log failed.", failure.Cause));
    }

    /// <inheritdoc/>
    protected override void PreStart() => FindBeginAsync(_stop.Token).PipeTo(Self);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
        if (_waitingAt is { } at)
        {
            _snapshots.TryWrite(_snapshots.Take(_engine, at.Next, at.SteppedTo));
        }
    }

    /// <summary>Finds the committed offset, and the snapshot or the offset of the warm-up before it.</summary>
    private async Task<Begin> FindBeginAsync(CancellationToken cancellationToken)
    {
        var (first, end) = await _log.RangeAsync(Topics.Signals, 0, cancellationToken).ConfigureAwait(false);
        var committed = await _log.CommittedAsync(AnalyticsShell.Group, Topics.Signals, 0, cancellationToken)
            .ConfigureAwait(false);
        if (committed is not { } publishFrom)
        {
            return new Begin(first, first, null);
        }

        publishFrom = Math.Clamp(publishFrom, first, end);
        if (await _recall.RecallAsync(first, publishFrom, cancellationToken).ConfigureAwait(false) is { } recalled)
        {
            return new Begin(Math.Max(first, recalled.Offset), publishFrom, recalled);
        }

        if (publishFrom == first)
        {
            return new Begin(first, first, null);
        }

        var last = await _log.ReadAsync(Topics.Signals, 0, publishFrom - 1, 1, cancellationToken).ConfigureAwait(false);
        var warm = await _log.OffsetAtAsync(Topics.Signals, 0, last[0].AppendedAt - _options.WarmUp, cancellationToken)
            .ConfigureAwait(false);
        return new Begin(Math.Clamp(warm, first, publishFrom), publishFrom, null);
    }

    private void Start(Begin begin)
    {
        _publishFrom = begin.PublishFrom;
        _isWarm = begin.Recalled is not null || begin.ReadFrom >= begin.PublishFrom;
        if (begin.Recalled is { } recalled)
        {
            _engine = recalled.Engine;
            _takenAt = recalled.SteppedTo;
            _writtenAt = recalled.SteppedTo;
            _logger.GoingOn(begin.ReadFrom, begin.PublishFrom, _engine.Counts.Watched, _engine.Counts.Learning);
        }
        else
        {
            _logger.Starting(begin.ReadFrom, begin.PublishFrom);
        }

        _metrics.Restart(_engine.Counts);
        Read(begin.ReadFrom);
    }

    private void Read(long next) =>
        _log.ReadAsync(Topics.Signals, 0, next, _options.ReadBytes, _stop.Token).AsTask()
            .PipeTo(Self, Self, entries => new Arrived(entries));

    private void Arrive(Arrived arrived)
    {
        _waitingAt = null;
        var found = new List<FoundAt>();
        foreach (var entry in arrived.Entries)
        {
            Step(entry, found);
        }

        var last = arrived.Entries[^1];
        var next = last.Offset + 1;
        Stand(last.AppendedAt, next);
        if (next <= _publishFrom)
        {
            Read(next);
            return;
        }

        var record = new AnomalyRecord(Math.Max(arrived.Entries[0].Offset, _publishFrom), next, [.. found]);
        PublishAsync(record, last.AppendedAt, _stop.Token).PipeTo(Self);
    }

    private void GoOn(Committed committed)
    {
        _waitingAt = committed;
        if (!_isWriting && committed.SteppedTo - _takenAt >= _snapshots.Interval)
        {
            _isWriting = true;
            _takenAt = committed.SteppedTo;
            var snapshot = _snapshots.Take(_engine, committed.Next, committed.SteppedTo);
            Task.Run(() => _snapshots.TryWrite(snapshot)).PipeTo(
                Self, Self, isThere => new Written(isThere ? snapshot.SteppedTo : null));
        }

        Read(committed.Next);
    }

    private void End(Written written)
    {
        _isWriting = false;
        _writtenAt = written.At ?? _writtenAt;
    }

    private void Step(LogEntry entry, List<FoundAt> found)
    {
        if (DecodeOrNull(entry) is not { } batch)
        {
            return;
        }

        foreach (var anomaly in _engine.Step(batch, entry.AppendedAt))
        {
            if (entry.Offset >= _publishFrom)
            {
                found.Add(new FoundAt(entry.Offset, anomaly));
                _metrics.Found(anomaly);
                _logger.Told(anomaly.State, anomaly.Entity.ToString(), anomaly.Explanation);
            }
        }
    }

    private void Stand(DateTimeOffset steppedTo, long next)
    {
        var counts = _engine.Counts;
        _metrics.Stand(counts, _time.GetUtcNow() - steppedTo);
        if (_writtenAt is { } writtenAt)
        {
            _metrics.SnapshotAge(steppedTo - writtenAt);
        }

        _standing.Current = new AnalyticsStanding.Snapshot(counts, next, next < _publishFrom);
        if (!_isWarm && next >= _publishFrom)
        {
            _isWarm = true;
            _logger.WarmedUp(counts.Watched, counts.Learning);
        }
    }

    private async Task<Committed> PublishAsync(
        AnomalyRecord record, DateTimeOffset steppedTo, CancellationToken cancellationToken)
    {
        await _log.AppendAsync(Topics.Anomalies, 0, SignalsJson.Encode(record), cancellationToken).ConfigureAwait(false);
        await _log.CommitAsync(AnalyticsShell.Group, Topics.Signals, 0, record.ToOffset, cancellationToken)
            .ConfigureAwait(false);
        return new Committed(record.ToOffset, steppedTo);
    }

    private SignalBatch? DecodeOrNull(LogEntry entry)
    {
        try
        {
            return SignalBatchCodec.Decode(entry.Payload);
        }
        catch (FormatException e)
        {
            _metrics.Malformed();
            _logger.Malformed(entry.Offset, e.Message);
            return null;
        }
    }

    /// <summary>Where to read from, from where to publish, and the engine to go on with; null for a new one.</summary>
    private sealed record Begin(long ReadFrom, long PublishFrom, SnapshotRecall.Recalled? Recalled);

    /// <summary>Records were read.</summary>
    private sealed record Arrived(IReadOnlyList<LogEntry> Entries);

    /// <summary>Everything before this offset is published; its last record was accepted then.</summary>
    private sealed record Committed(long Next, DateTimeOffset SteppedTo);

    /// <summary>The writing of a snapshot is over; null when it failed.</summary>
    private sealed record Written(DateTimeOffset? At);
}
