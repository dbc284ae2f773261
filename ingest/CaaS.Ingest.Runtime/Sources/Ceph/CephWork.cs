using CaaS.Ingest.Ceph;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Runtime.Periodic;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.Extensions.Logging;

namespace CaaS.Ingest.Runtime.Sources.Ceph;

/// <summary>Reads a Ceph cluster's state again and again, and appends what is news.</summary>
internal sealed partial class CephWork : IPeriodicWork
{
    private readonly CephOptions _options;
    private readonly Scope _scope;
    private readonly CephDashboard _dashboard;
    private readonly CephStanding _standing;
    private readonly ObjectMemory _memory;
    private readonly SignalWriter _writer;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CephState _state = new();
    private SignalBatch? _pending;
    private DateTimeOffset _notBefore;
    private TimeSpan _wait;
    private bool _hasRecalled;

    public CephWork(
        CephOptions options,
        Scope scope,
        CephDashboard dashboard,
        CephStanding standing,
        ObjectMemory memory,
        SignalWriter writer,
        IngestMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        _options = options;
        _scope = scope;
        _dashboard = dashboard;
        _standing = standing;
        _memory = memory;
        _writer = writer;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        standing.Begin();
    }

    public string Name => "ceph";

    public TimeSpan Interval => _options.Interval;

    public TimeSpan FirstDelay => TimeSpan.Zero;

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        // What the log refused comes first: the state has taken it in already.
        if (!await AppendAsync(cancellationToken) || _time.GetUtcNow() < _notBefore)
        {
            return;
        }

        if (!_hasRecalled)
        {
            _state.Recall(await _memory.RecallAsync(_scope, cancellationToken));
            _hasRecalled = true;
        }

        var (reading, outcome) = await _dashboard.ReadAsync(cancellationToken);
        var now = _time.GetUtcNow();
        _metrics.Scraped(Name, outcome.ToString());
        if (outcome != _standing.Outcome)
        {
            LogOutcome(_logger, outcome == CephOutcome.Read ? LogLevel.Information : LogLevel.Warning, _options.Name, outcome);
        }

        if (reading is not null)
        {
            _pending = Batch(_state.Step(reading, now));
            await AppendAsync(cancellationToken);
        }

        Pace(reading is not null, now);
        _standing.Note(outcome, now);
    }

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private SignalBatch Batch(ClusterStep step) => new()
    {
        Scope = _scope,
        Source = Name,
        Objects = step.Objects,
        Changes = step.Changes,
        Events = step.Events,
    };

    private async Task<bool> AppendAsync(CancellationToken cancellationToken)
    {
        if (_pending is not null && !(await _writer.AppendAsync(_pending, cancellationToken)).IsOk)
        {
            return false;
        }

        _pending = null;
        return true;
    }

    private void Pace(bool isRead, DateTimeOffset now)
    {
        var doubled = _wait == TimeSpan.Zero ? _options.Interval : _wait * 2;
        _wait = isRead ? TimeSpan.Zero : doubled < _options.BackoffMax ? doubled : _options.BackoffMax;
        _notBefore = now + _wait;
    }
}
