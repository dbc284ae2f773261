using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using CaaS.Log;
using CaaS.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime;

/// <summary>Reads signals, steps the core, publishes one record of anomalies per read, commits.</summary>
/// <remarks>
/// One read, one step, one append, one commit at a time. Before the committed offset it steps the recent log to learn
/// and publishes nothing. A failure restarts it with a new engine from the committed offset: an anomaly may then be
/// published twice, with the same id and offset, which readers drop.
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
    private readonly AnalyticsEngine _engine;
    private readonly CancellationTokenSource _stop = new();
    private long _publishFrom;
    private bool _isWarm;

    public ShardActor(
        IOptions<AnalyticsOptions> options,
        ILog log,
        AnalyticsStanding standing,
        AnalyticsMetrics metrics,
        TimeProvider time,
        ILogger<ShardActor> logger)
    {
        _options = options.Value;
        _engine = new AnalyticsEngine(_options);
        _log = log;
        _standing = standing;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        Receive<Begin>(Start);
        Receive<Arrived>(Arrive);
        Receive<Committed>(committed => Read(committed.Next));
        Receive<Status.Failure>(failure => throw new LogUnavailableException("The log failed.", failure.Cause));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _metrics.Restart();
        FindBeginAsync(_stop.Token).PipeTo(Self);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Finds the committed offset and the offset of the warm-up before it.</summary>
    private async Task<Begin> FindBeginAsync(CancellationToken cancellationToken)
    {
        var (first, end) = await _log.RangeAsync(Topics.Signals, 0, cancellationToken).ConfigureAwait(false);
        var committed = await _log.CommittedAsync(AnalyticsShell.Group, Topics.Signals, 0, cancellationToken)
            .ConfigureAwait(false);
        if (committed is not { } publishFrom || publishFrom <= first)
        {
            return new Begin(first, first);
        }

        publishFrom = Math.Min(publishFrom, end);
        var last = await _log.ReadAsync(Topics.Signals, 0, publishFrom - 1, 1, cancellationToken).ConfigureAwait(false);
        var warm = await _log.OffsetAtAsync(Topics.Signals, 0, last[0].AppendedAt - _options.WarmUp, cancellationToken)
            .ConfigureAwait(false);
        return new Begin(Math.Clamp(warm, first, publishFrom), publishFrom);
    }

    private void Start(Begin begin)
    {
        _publishFrom = begin.PublishFrom;
        _isWarm = begin.ReadFrom >= begin.PublishFrom;
        _logger.Starting(begin.ReadFrom, begin.PublishFrom);
        Read(begin.ReadFrom);
    }

    private void Read(long next) =>
        _log.ReadAsync(Topics.Signals, 0, next, _options.ReadBytes, _stop.Token).AsTask()
            .PipeTo(Self, Self, entries => new Arrived(entries));

    private void Arrive(Arrived arrived)
    {
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
        PublishAsync(record, _stop.Token).PipeTo(Self);
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

        foreach (var anomaly in _engine.Shadow)
        {
            if (entry.Offset >= _publishFrom)
            {
                _metrics.Shadow(anomaly);
            }
        }
    }

    private void Stand(DateTimeOffset steppedTo, long next)
    {
        var counts = _engine.Counts;
        _metrics.Stand(counts, _time.GetUtcNow() - steppedTo);
        _standing.Current = new AnalyticsStanding.Snapshot(counts, next, next < _publishFrom);
        if (!_isWarm && next >= _publishFrom)
        {
            _isWarm = true;
            _logger.WarmedUp(counts.Watched, counts.Learning);
        }
    }

    private async Task<Committed> PublishAsync(AnomalyRecord record, CancellationToken cancellationToken)
    {
        await _log.AppendAsync(Topics.Anomalies, 0, SignalsJson.Encode(record), cancellationToken).ConfigureAwait(false);
        await _log.CommitAsync(AnalyticsShell.Group, Topics.Signals, 0, record.ToOffset, cancellationToken)
            .ConfigureAwait(false);
        return new Committed(record.ToOffset);
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

    /// <summary>Where to read from, and from where to publish.</summary>
    private sealed record Begin(long ReadFrom, long PublishFrom);

    /// <summary>Records were read.</summary>
    private sealed record Arrived(IReadOnlyList<LogEntry> Entries);

    /// <summary>Everything before this offset is published.</summary>
    private sealed record Committed(long Next);
}
