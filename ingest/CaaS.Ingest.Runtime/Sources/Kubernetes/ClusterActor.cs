using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using CaaS.Ingest.Kubernetes;
using CaaS.Log;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scope = CaaS.Signals.Scope;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Watches one cluster: starts an informer per type, steps <see cref="ClusterState"/>, appends what it
/// says.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor is disposed of by PostStop.")]
internal sealed class ClusterActor : ReceiveActor, IWithTimers
{
    private const string SourceName = "kubernetes";
    private const int MaxDiscoveryBytes = 4 * 1024 * 1024;

    private readonly Scope _scope;
    private readonly KubernetesConnection _connection;
    private readonly ClusterInventory _inventory;
    private readonly ILog _log;
    private readonly InformerContext _context;
    private readonly ClusterState _state;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(IActorRef Sender, InformerReport Report)> _waiting = [];
    private readonly List<(IActorRef Sender, InformerReport Report)> _answering = [];
    private readonly Queue<byte[]> _records = new();
    private readonly HashSet<KubernetesResource> _unsettled = [];
    private HashSet<string> _served = [];
    private int _phase = -1;
    private bool _isAppending;
    private int _rowCount;

    public ClusterActor(
        Scope scope,
        KubernetesConnection connection,
        ClusterInventory inventory,
        ILog log,
        IOptions<KubernetesSourceOptions> options,
        TimeProvider time,
        KubernetesSourceMetrics metrics,
        ILogger<ClusterActor> logger)
    {
        _scope = scope;
        _connection = connection;
        _inventory = inventory;
        _log = log;

        // The key lives as long as the process: hashes of confidential content compare within a run and tell
        // nothing after it.
        var mapper = new KubeObjectMapper(scope, new ContentHasher(RandomNumberGenerator.GetBytes(32)));
        _context = new InformerContext(connection.Http, mapper, options.Value, time, metrics, logger);
        _state = new ClusterState(scope, options.Value.MaxEvents, options.Value.EventLookBack);

        Receive<Discover>(_ => StartDiscovery());
        Receive<Discovered>(found => StartFirstPhase(found.Served));
        Receive<DiscoveryFailed>(failed => RetryDiscovery(failed.Error));
        Receive<InformerReport>(report =>
        {
            _waiting.Add((Sender, report));
            Pump();
        });
        Receive<Append>(_ => AppendNext());
        Receive<Appended>(_ => EndAppend());
        Receive<AppendFailed>(failed => RetryAppend(failed.Error));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        KubernetesSourceLog.InformerFailed(_context.Logger, error, Sender.Path.Name);
        return Directive.Restart;
    });

    protected override void PreStart()
    {
        _inventory.MarkSynced(false);
        KubernetesSourceLog.Watching(_context.Logger, _connection.Address);
        Self.Tell(Discover.Instance);
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private TimeSpan RetryWait => _context.Options.BackoffFirst;

    private void StartDiscovery() => DiscoverAsync(_context, _stopping.Token).PipeTo(
        Self, success: served => new Discovered(served), failure: error => new DiscoveryFailed(error));

    private static async Task<HashSet<string>> DiscoverAsync(
        InformerContext context, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(context.Time, context.Options.RequestTimeout, cancellationToken);
        using var response = await context.Http.GetAsync(
            "apis", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        response.EnsureSuccessStatusCode();
        var body = await ResponseBody.ReadAsync(response, MaxDiscoveryBytes, deadline.Token);
        using var groups = JsonDocument.Parse(body);
        return ServedVersion.ReadServed(groups.RootElement);
    }

    private void RetryDiscovery(Exception error)
    {
        KubernetesSourceLog.DiscoveryFailed(_context.Logger, error.Message, RetryWait);
        Timers.StartSingleTimer(nameof(Discover), Discover.Instance, RetryWait);
    }

    private void StartFirstPhase(HashSet<string> served)
    {
        _served = served;
        StartPhasesUntilOneWaits();
    }

    private void StartPhasesUntilOneWaits()
    {
        var lastPhase = KubernetesResource.All.Max(resource => resource.Phase);
        while (_unsettled.Count == 0 && _phase < lastPhase)
        {
            if (_phase == KubernetesResource.PodPhase)
            {
                _inventory.MarkSynced(true);
                KubernetesSourceLog.Synced(_context.Logger, _state.Index.PodCount);
            }

            _phase++;
            foreach (var resource in KubernetesResource.All.Where(resource => resource.Phase == _phase))
            {
                StartInformer(resource);
            }
        }
    }

    private void StartInformer(KubernetesResource resource)
    {
        var version = resource.Versions.FirstOrDefault(version => _served.Contains(version.GroupVersion));
        if (version is null)
        {
            KubernetesSourceLog.NotServed(_context.Logger, resource.Name);
            return;
        }

        _unsettled.Add(resource);
        var seed = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(_scope + resource.Name))
            ^ (uint)_context.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var state = new InformerState(_context.Limits, new Random((int)seed));
        var informer = new KubernetesInformer(resource, version, _context, state);
        Context.ActorOf(Props.Create(() => new ResourceActor(informer)), resource.Name);
    }

    private void Pump()
    {
        if (_answering.Count > 0 || _waiting.Count == 0)
        {
            return;
        }

        _answering.AddRange(_waiting);
        _waiting.Clear();
        KubeDelta[] deltas = [.. _answering.SelectMany(waiting => waiting.Report.Deltas)];
        var step = _state.Step(deltas, _context.Time.GetUtcNow());
        _inventory.Publish(_state.Index);

        var records = new List<byte[]>();
        var leftOutCount = SignalBatchSplitter.Encode(_scope, SourceName, step, LogOptions.MaxRecordBytes, records);
        if (leftOutCount > 0)
        {
            _context.Metrics.Refused("rows", "too-large", leftOutCount);
            KubernetesSourceLog.RowsTooLarge(_context.Logger, leftOutCount);
        }

        records.ForEach(_records.Enqueue);
        _rowCount = step.RowCount - leftOutCount;
        AppendNext();
    }

    private void AppendNext()
    {
        if (_isAppending)
        {
            return;
        }

        if (!_records.TryPeek(out var record))
        {
            Answer();
            return;
        }

        _isAppending = true;
        _log.AppendAsync(Topics.Signals, 0, record, _stopping.Token).AsTask().PipeTo(
            Self, success: _ => Appended.Instance, failure: error => new AppendFailed(error));
    }

    private void EndAppend()
    {
        _isAppending = false;
        _records.Dequeue();
        AppendNext();
    }

    /// <summary>The informers wait meanwhile, and the API server keeps what they did not read: nothing is lost,
    /// nothing piles up.</summary>
    private void RetryAppend(Exception error)
    {
        _isAppending = false;
        _context.Metrics.AppendRetried();
        KubernetesSourceLog.AppendFailed(_context.Logger, error.Message, RetryWait);
        Timers.StartSingleTimer(nameof(Append), Append.Instance, RetryWait);
    }

    private void Answer()
    {
        foreach (var (sender, report) in _answering)
        {
            sender.Tell(ReportTaken.Instance);
            if (report.IsSettled)
            {
                _unsettled.Remove(report.Resource);
            }
        }

        _answering.Clear();
        _context.Metrics.Appended(_rowCount);
        StartPhasesUntilOneWaits();
        Pump();
    }

    private sealed record Discover
    {
        public static readonly Discover Instance = new();
    }

    private sealed record Discovered(HashSet<string> Served);

    private sealed record DiscoveryFailed(Exception Error);

    private sealed record Append
    {
        public static readonly Append Instance = new();
    }

    private sealed record Appended
    {
        public static readonly Appended Instance = new();
    }

    private sealed record AppendFailed(Exception Error);
}
