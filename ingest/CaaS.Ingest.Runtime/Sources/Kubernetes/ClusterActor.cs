using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scope = CaaS.Signals.Scope;

namespace CaaS.Ingest.Runtime.Sources.Kubernetes;

/// <summary>Watches one cluster: recalls what was told of it, starts an informer per type, steps
/// <see cref="ClusterState"/>, appends what it says.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor is disposed of by PostStop.")]
internal sealed class ClusterActor : ReceiveActor, IWithTimers
{
    private const string SourceName = "kubernetes";
    private const int MaxDiscoveryBytes = 4 * 1024 * 1024;

    /// <summary>Deltas whose rows go into one record: an object and the change that it shows become durable
    /// together, or a kill between them would hide the change.</summary>
    private const int MaxStepDeltaCount = 1024;

    /// <summary>How much later than the last state told an object must have been created to be new: what was
    /// created just then may not have been told yet, and clocks differ.</summary>
    private static readonly TimeSpan CreationMargin = TimeSpan.FromMinutes(1);

    private readonly Scope _scope;
    private readonly KubernetesConnection _connection;
    private readonly ClusterInventory _inventory;
    private readonly KubernetesReadiness _readiness;
    private readonly ObjectMemory _memory;
    private readonly ContentKey _key;
    private readonly SignalWriter _writer;
    private readonly InformerContext _context;
    private readonly ClusterState _state;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(IActorRef Sender, InformerReport Report)> _waiting = [];
    private readonly List<(IActorRef Sender, InformerReport Report)> _answering = [];
    private readonly Queue<SignalBatch> _batches = new();
    private readonly HashSet<KubernetesResource> _unsettled = [];
    private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);
    private IReadOnlyList<KubeObject> _recalled = [];
    private HashSet<string> _served = [];
    private int _phase = -1;
    private bool _isAppending;

    public ClusterActor(
        Scope scope,
        KubernetesConnection connection,
        ClusterInventory inventory,
        KubernetesReadiness readiness,
        ObjectMemory memory,
        ContentKey key,
        SignalWriter writer,
        IOptions<KubernetesSourceOptions> options,
        TimeProvider time,
        KubernetesSourceMetrics metrics,
        ILogger<ClusterActor> logger)
    {
        _scope = scope;
        _connection = connection;
        _inventory = inventory;
        _readiness = readiness;
        _memory = memory;
        _key = key;
        _writer = writer;
        var mapper = new KubeObjectMapper(scope, new ContentHasher(key.Bytes));
        _context = new InformerContext(connection.Http, mapper, options.Value, time, metrics, logger);
        _state = new ClusterState(scope, options.Value.MaxEvents, options.Value.EventLookBack);

        Receive<Recall>(_ => StartRecall());
        Receive<Recalled>(recalled => TakeRecalled(recalled.Objects));
        Receive<RecallFailed>(failed => RetryRecall(failed.Error));
        Receive<Discover>(_ => StartDiscovery());
        Receive<Discovered>(found => StartFirstPhase(found.Served));
        Receive<DiscoveryFailed>(failed => RetryDiscovery(failed.Error));
        Receive<InformerReport>(report =>
        {
            _waiting.Add((Sender, report));
            Pump();
        });
        Receive<Append>(_ => AppendNext());
        Receive<Appended>(appended => EndAppend(appended.Receipt));
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
        _readiness.Recalling();
        Self.Tell(Recall.Instance);
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private TimeSpan RetryWait => _context.Options.BackoffFirst;

    private void StartRecall() => _memory.RecallAsync(_scope, _stopping.Token).PipeTo(
        Self, success: objects => new Recalled(objects), failure: error => new RecallFailed(error));

    /// <summary>Without it every change made meanwhile would pass for how things always were.</summary>
    private void RetryRecall(Exception error)
    {
        KubernetesSourceLog.RecallFailed(_context.Logger, error.Message, RetryWait);
        Timers.StartSingleTimer(nameof(Recall), Recall.Instance, RetryWait);
    }

    private void TakeRecalled(IReadOnlyList<KubeObject> objects)
    {
        // Hashes under another key would make every secret look changed.
        _recalled = [.. objects.Where(known => !_key.IsNew || known.Entity.Kind != EntityKinds.Secret)];
        _state.Recall(_recalled);
        KubernetesSourceLog.Recalled(_context.Logger, _recalled.Count);
        _readiness.Discovering(isRefused: false);
        StartDiscovery();
    }

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
        _readiness.Discovering(isRefused: true);
        KubernetesSourceLog.DiscoveryFailed(_context.Logger, error.Message, RetryWait);
        Timers.StartSingleTimer(nameof(Discover), Discover.Instance, RetryWait);
    }

    private void StartFirstPhase(HashSet<string> served)
    {
        _served = served;
        _awaited.UnionWith(KubernetesResource.All.Where(resource => VersionOf(resource) is not null)
            .Select(resource => resource.Name));
        _readiness.Listing(_awaited);
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

        _recalled = _phase == lastPhase ? [] : _recalled;
    }

    private void StartInformer(KubernetesResource resource)
    {
        if (VersionOf(resource) is not { } version)
        {
            KubernetesSourceLog.NotServed(_context.Logger, resource.Name);
            return;
        }

        _unsettled.Add(resource);
        var seed = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(_scope + resource.Name))
            ^ (uint)_context.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var state = new InformerState(_context.Limits, new Random((int)seed));
        if (_recalled.Count > 0)
        {
            var known = _recalled.Where(known => known.Entity.Kind == version.Kind).Select(KubeItem.Recalled);
            state.Recall(known, _recalled.Max(known => known.Time) - CreationMargin);
        }

        var informer = new KubernetesInformer(resource, version, _context, state);
        Context.ActorOf(Props.Create(() => new ResourceActor(informer)), resource.Name);
    }

    private ServedVersion? VersionOf(KubernetesResource resource) =>
        resource.Versions.FirstOrDefault(version => _served.Contains(version.GroupVersion));

    private void Pump()
    {
        if (_answering.Count > 0 || _waiting.Count == 0)
        {
            return;
        }

        _answering.AddRange(_waiting);
        _waiting.Clear();
        foreach (var deltas in _answering.SelectMany(waiting => waiting.Report.Deltas).Chunk(MaxStepDeltaCount))
        {
            var step = _state.Step(deltas, _context.Time.GetUtcNow());
            _batches.Enqueue(new SignalBatch
            {
                Scope = _scope,
                Source = SourceName,
                Objects = step.Objects,
                Changes = step.Changes,
                Events = step.Events,
            });
        }

        _inventory.Publish(_state.Index);
        AppendNext();
    }

    private void AppendNext()
    {
        if (_isAppending)
        {
            return;
        }

        if (!_batches.TryPeek(out var batch))
        {
            Answer();
            return;
        }

        _isAppending = true;
        _writer.AppendAsync(batch, _stopping.Token).AsTask().PipeTo(
            Self,
            success: receipt => new Appended(receipt),
            failure: error => new Appended(new Receipt(error.Message)));
    }

    private void EndAppend(Receipt receipt)
    {
        _isAppending = false;
        if (!receipt.IsOk)
        {
            RetryAppend(receipt.Why);
            return;
        }

        _batches.Dequeue();
        AppendNext();
    }

    /// <summary>The informers wait meanwhile, and the API server keeps what they did not read: nothing is lost,
    /// nothing piles up.</summary>
    private void RetryAppend(string why)
    {
        _context.Metrics.AppendRetried();
        KubernetesSourceLog.AppendFailed(_context.Logger, why, RetryWait);
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

            if (report.IsDone && _awaited.Remove(report.Resource.Name))
            {
                _readiness.Listing(_awaited);
            }
        }

        _answering.Clear();
        StartPhasesUntilOneWaits();
        Pump();
    }

    private sealed record Recall
    {
        public static readonly Recall Instance = new();
    }

    private sealed record Recalled(IReadOnlyList<KubeObject> Objects);

    private sealed record RecallFailed(Exception Error);

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

    private sealed record Appended(Receipt Receipt);
}
