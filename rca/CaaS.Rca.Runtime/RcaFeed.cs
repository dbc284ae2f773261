using CaaS.Analytics;
using CaaS.Log;
using CaaS.Rca.Ports;
using CaaS.Rca.Priors;
using CaaS.Rca.Runtime.Storage;
using CaaS.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaaS.Rca.Runtime;

/// <summary>Carries records between the log, the engines and the store; order: topic <c>incidents</c>, store,
/// commit.</summary>
/// <remarks>Not thread-safe. A crash between append and commit says the same (id, revision) again or later ones;
/// readers drop what they saw.</remarks>
public sealed class RcaFeed
{
    /// <summary>Consumer group on the topic <c>anomalies</c>.</summary>
    public const string Group = "rca";

    /// <summary>Bytes asked of the log at once: a few full batches.</summary>
    private const int ReadBytes = 4 * 1024 * 1024;

    /// <summary>Incidents taken over after a restart.</summary>
    private const int MaxRestored = 1000;

    /// <summary>A snapshot of a large cluster takes tenths of a second, so one that nobody looked at is renewed
    /// seldom.</summary>
    private static readonly TimeSpan SnapshotInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskedSnapshotInterval = TimeSpan.FromSeconds(1);

    private readonly ILog _log;
    private readonly IIncidentStore _store;
    private readonly ICauseFeedbackStore _feedback;
    private readonly LiveTopology _topology;
    private readonly RcaMetrics _metrics;
    private readonly IDbContextFactory<RcaDbContext> _databases;
    private readonly RcaOptions _options;
    private readonly TimeProvider _time;
    private readonly SortedDictionary<string, RcaEngine> _engines = new(StringComparer.Ordinal);
    private readonly List<CauseFeedback> _said = [];

    private long _nextSignal;
    private DateTimeOffset _snapshotAt;

    /// <summary>Makes a feed.</summary>
    /// <param name="log">The log.</param>
    /// <param name="store">Where incidents are kept.</param>
    /// <param name="feedback">Where people's words on causes are kept.</param>
    /// <param name="topology">Where the live graph is shown.</param>
    /// <param name="metrics">Own counters.</param>
    /// <param name="databases">Makes contexts for the migration.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">Clock, for the length of the warm-up alone.</param>
    public RcaFeed(
        ILog log, IIncidentStore store, ICauseFeedbackStore feedback, LiveTopology topology, RcaMetrics metrics,
        IDbContextFactory<RcaDbContext> databases, IOptions<RcaOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_log, _store, _feedback, _topology, _metrics, _databases, _options, _time) =
            (log, store, feedback, topology, metrics, databases, options.Value, time);
    }

    /// <summary>First offset of the topic <c>anomalies</c> not yet processed.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Migrates the database, warms the engines up from what people said and the recent log, and takes over
    /// open incidents.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Signal records stepped to warm up.</returns>
    public async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        await using (var database = await _databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false))
        {
            await database.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var scope in (await _feedback.ListAsync(null, cancellationToken).ConfigureAwait(false)).GroupBy(word => word.Scope))
        {
            EngineOf(scope.Key)?.Restore([.. scope]);
        }

        var (first, _) = await _log.RangeAsync(Topics.Anomalies, 0, cancellationToken).ConfigureAwait(false);
        var committed = await _log.CommittedAsync(Group, Topics.Anomalies, 0, cancellationToken).ConfigureAwait(false) ?? first;
        var recent = await _log.OffsetAtAsync(Topics.Anomalies, 0, _time.GetUtcNow() - _options.WarmUp, cancellationToken)
            .ConfigureAwait(false);
        NextOffset = Math.Min(committed, recent);
        var count = 0L;
        while (NextOffset < committed)
        {
            foreach (var entry in await _log.ReadAsync(Topics.Anomalies, 0, NextOffset, ReadBytes, cancellationToken).ConfigureAwait(false))
            {
                if (entry.Offset >= committed)
                {
                    NextOffset = committed;
                    break;
                }

                count += await StepAsync(entry, null, cancellationToken).ConfigureAwait(false);
                NextOffset = entry.Offset + 1;
            }
        }

        foreach (var scope in (await _store.ListAsync(null, openOnly: true, MaxRestored, cancellationToken).ConfigureAwait(false))
            .GroupBy(incident => incident.Scope))
        {
            EngineOf(scope.Key)?.Restore([.. scope]);
            _metrics.Restored(scope.Count());
        }

        return count;
    }

    /// <summary>Waits for anomaly records, processes them and commits.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Incident records made.</returns>
    public async Task<int> AdvanceAsync(CancellationToken cancellationToken)
    {
        var entries = await _log.ReadAsync(Topics.Anomalies, 0, NextOffset, ReadBytes, cancellationToken).ConfigureAwait(false);
        var records = new List<IncidentRecord>();
        foreach (var entry in entries)
        {
            await StepAsync(entry, records, cancellationToken).ConfigureAwait(false);
        }

        foreach (var record in records)
        {
            await _log.AppendAsync(Topics.Incidents, 0, SignalsJson.Encode(record), cancellationToken).ConfigureAwait(false);
            _metrics.Said(record.Change);
        }

        if (records.Count > 0)
        {
            await _store.SaveAsync([.. records.Select(record => record.Incident)], cancellationToken).ConfigureAwait(false);
        }

        await _feedback.SaveAsync(_said, cancellationToken).ConfigureAwait(false);
        _said.Clear();
        NextOffset = entries[^1].Offset + 1;
        await _log.CommitAsync(Group, Topics.Anomalies, 0, NextOffset, cancellationToken).ConfigureAwait(false);
        ShowTopology(entries[^1].AppendedAt);
        return records.Count;
    }

    private async Task<long> StepAsync(LogEntry entry, List<IncidentRecord>? records, CancellationToken cancellationToken)
    {
        if (!TryDecode(entry.Payload, payload => SignalsJson.Decode<AnomalyRecord>(payload.Span), out var found))
        {
            return 0;
        }

        var anomalies = found.Found.ToLookup(item => item.Offset, item => item.Anomaly);
        var next = Math.Max(found.FromOffset, _nextSignal);
        var count = 0L;
        while (next < found.ToOffset)
        {
            foreach (var signal in await _log.ReadAsync(Topics.Signals, 0, next, ReadBytes, cancellationToken).ConfigureAwait(false))
            {
                next = signal.Offset + 1;
                if (signal.Offset >= found.ToOffset)
                {
                    break;
                }

                Step(signal, [.. anomalies[signal.Offset]], records);
                count++;
            }
        }

        _nextSignal = Math.Max(_nextSignal, found.ToOffset);
        return count;
    }

    private void Step(LogEntry signal, Anomaly[] anomalies, List<IncidentRecord>? records)
    {
        if (!TryDecode(signal.Payload, SignalBatchCodec.Decode, out var batch) || EngineOf(batch.Scope) is not { } engine)
        {
            return;
        }

        _said.AddRange(CauseFeedback.In(batch, out var malformedCount));
        if (malformedCount > 0)
        {
            _metrics.Dropped("feedback", malformedCount);
        }

        var began = _time.GetTimestamp();
        var made = engine.Step(signal.Offset, batch, anomalies, signal.AppendedAt, observeOnly: records is null);
        _metrics.Stepped(_time.GetElapsedTime(began));
        records?.AddRange(made);
    }

    private bool TryDecode<T>(ReadOnlyMemory<byte> payload, Func<ReadOnlyMemory<byte>, T> decode, out T value)
    {
        try
        {
            value = decode(payload);
            return true;
        }
        catch (FormatException)
        {
            // A record nobody can read would stop the stage for ever; it is counted and passed over.
            _metrics.Dropped("malformed");
            value = default!;
            return false;
        }
    }

    private RcaEngine? EngineOf(Scope scope)
    {
        var key = scope.ToString();
        if (!_engines.TryGetValue(key, out var engine))
        {
            if (_engines.Count >= _options.MaxScopes)
            {
                _metrics.Dropped("scope-limit");
                return null;
            }

            engine = new RcaEngine(_options, scope);
            _engines.Add(key, engine);
        }

        return engine;
    }

    private void ShowTopology(DateTimeOffset now)
    {
        if (now - _snapshotAt < (_topology.IsAsked ? AskedSnapshotInterval : SnapshotInterval))
        {
            return;
        }

        _snapshotAt = now;
        foreach (var engine in _engines.Values)
        {
            _topology.Show(engine.Scope, engine.Snapshot(now));
        }

        _metrics.Show(_engines.Values.Sum(engine => engine.OpenCount), _engines.Values.Sum(engine => engine.DroppedCount));
    }
}
