using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Akka.Actor;
using CaaS.Ingest.Runtime;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Log;
using CaaS.Signals;
using k8s;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;
using Scope = CaaS.Signals.Scope;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class ClusterActorTests : IAsyncLifetime
{
    private readonly PlainMeterFactory _meters = new();
    private readonly IngestMetrics _metrics;
    private readonly RecordedLog _log = new();
    private readonly SignalWriter _writer;
    private readonly ContentKey _key = new(new byte[32], IsNew: false);
    private ScriptedApiServer _server = new();
    private ActorSystem _system = ActorSystem.Create("test");
    private ClusterInventory _inventory = new(Scope.Default);
    private KubernetesReadiness _readiness = new();
    private KubernetesConnection? _connection;

    public ClusterActorTests()
    {
        _metrics = new IngestMetrics(_meters);
        _writer = new SignalWriter(_log, Options.Create(new SignalWriterOptions()), _metrics, TimeProvider.System);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _writer.Dispose();
        _metrics.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Owners_are_told_before_pods_and_changes_follow_the_watch()
    {
        ScriptApis("apps/v1", "batch/v1", "autoscaling/v2beta2", "autoscaling/v1");
        _server.Script(
            "apis/apps/v1/deployments",
            ScriptedAnswer.List("5", Kube.Deployment()),
            ScriptedAnswer.Watch(ScriptedAnswer.Event("MODIFIED", Kube.Deployment(version: 6, image: "shop:2"))));
        _server.Script("apis/apps/v1/replicasets", ScriptedAnswer.List("5", Owned("cart-x", "Deployment", "cart")));
        _server.Script("api/v1/pods", ScriptedAnswer.List("5", Owned("cart-x-1", "ReplicaSet", "cart-x")));
        _server.Script("api/v1/secrets", ScriptedAnswer.Error(403), ScriptedAnswer.Error(403));

        Start();

        var change = await _log.FirstAsync(batch => batch.Changes.Length > 0);
        await _log.FirstAsync(batch => batch.Objects.Any(row => row.Entity.Kind == EntityKinds.Pod));
        Assert.Equal((ChangeKind.Image, "shop/Deployment/cart"), (change.Changes[0].Kind, change.Changes[0].Entity.ToString()));
        Assert.Equal("shop:2", change.Objects[0].Facts[KubeFacts.Images].Split('=')[1]);
        string[] kinds = [.. _log.Batches.SelectMany(batch => batch.Objects).Select(row => row.Entity.Kind)];
        Assert.True(Array.IndexOf(kinds, "ReplicaSet") < Array.IndexOf(kinds, "Pod"), string.Join(' ', kinds));
        Assert.Equal("shop/Deployment/cart", Owner("cart-x-1"));
        await RequestAsync("apis/autoscaling/v2beta2/horizontalpodautoscalers");
        await RequestAsync("api/v1/endpoints");
        Assert.DoesNotContain(_server.Requests, request => request.Contains("networkpolicies", StringComparison.Ordinal));
        Assert.True(_inventory.IsSynced);
    }

    [Fact]
    public async Task While_the_log_is_unavailable_nothing_is_read_on_and_nothing_is_lost()
    {
        ScriptApis();
        _log.RefusalsLeft = 1;
        _server.Script("api/v1/nodes", ScriptedAnswer.List("5", Kube.Node("n1", 1)));

        Start();

        var batch = await _log.FirstAsync(batch => batch.Objects.Length > 0);
        Assert.Equal("-/Node/n1", batch.Objects[0].Entity.ToString());
        Assert.DoesNotContain(_log.RequestsAtRefusal, request => request.StartsWith("api/v1/nodes?watch", StringComparison.Ordinal));
        await RequestAsync("api/v1/nodes?watch=1");
    }

    [Fact]
    public async Task What_was_changed_while_down_is_told_with_its_own_time()
    {
        ScriptApis("apps/v1", "batch/v1", "networking.k8s.io/v1");
        _server.Script(
            "apis/apps/v1/deployments",
            ScriptedAnswer.List("5", Kube.Deployment("cart"), Kube.Deployment("gone"), Kube.Deployment("stock")));
        _server.Script("api/v1/configmaps", ScriptedAnswer.List("5", Kube.ConfigMap("cart-a1", "slow")));
        _server.Script("api/v1/nodes", ScriptedAnswer.List("5", Kube.Node("n1", 1)));
        Start();
        await ReadyAsync();
        Assert.Empty(_log.Batches.SelectMany(batch => batch.Changes));

        await RestartAsync();
        ScriptApis("apps/v1", "batch/v1", "networking.k8s.io/v1");
        var cart = Written(Kube.Deployment("cart", 6, "shop:2"), "f:spec", "11:00:00");
        var young = Kube.Deployment("young");
        young["metadata"]!["creationTimestamp"] = "2099-01-01T00:00:00Z";
        _server.Script(
            "apis/apps/v1/deployments",
            ScriptedAnswer.List("9", cart, Kube.Deployment("stock", 7, replicas: 5), young));
        _server.Script(
            "api/v1/configmaps",
            ScriptedAnswer.List("9", Written(Kube.ConfigMap("cart-a1", "fast", 8), "f:data", "11:30:00")));
        _server.Script("api/v1/nodes", ScriptedAnswer.List("9", Kube.Node("n1", 9)));
        Start();
        await ReadyAsync();

        ChangeEvent[] changes = [.. _log.Batches.SelectMany(batch => batch.Changes)];
        Kube.Matches(
            """
            Config shop/Deployment/cart: Deployment shop/cart: ConfigMap/cart-a1, which it reads, has new content
            Config shop/Deployment/stock: Deployment shop/stock: ConfigMap/cart-a1, which it reads, has new content
            Config shop/Deployment/young: Deployment shop/young: ConfigMap/cart-a1, which it reads, has new content
            Created shop/Deployment/young: Deployment shop/young was created
            Deleted shop/Deployment/gone: Deployment shop/gone was deleted while nobody watched
            Image shop/Deployment/cart: Deployment shop/cart: new image app
            Replicas shop/Deployment/stock: Deployment shop/stock was scaled from 2 to 5 while nobody watched
            """,
            string.Join('\n', changes.Select(change => $"{change.Kind} {change.Entity}: {change.Summary}")
                .Order(StringComparer.Ordinal)));
        Assert.Equal("11:00", Time(changes, ChangeKind.Image));
        Assert.Equal("11:30", Time(changes, ChangeKind.Config));
        Assert.Contains(
            _log.Batches.SelectMany(batch => batch.Objects),
            row => row.IsDeleted && row.Entity.Name == "gone");
    }

    [Fact]
    public async Task A_restart_of_an_unchanged_cluster_tells_its_objects_and_no_change()
    {
        for (var run = 0; run < 2; run++)
        {
            ScriptApis("apps/v1");
            _server.Script("apis/apps/v1/deployments", ScriptedAnswer.List("5", Kube.Deployment(version: run)));
            _server.Script("api/v1/secrets", ScriptedAnswer.List("5", Kube.ConfigMap("token", "x", run)));
            _server.Script("api/v1/nodes", ScriptedAnswer.List("5", Kube.Node("n1", run)));
            Start();
            await ReadyAsync();
            await RestartAsync();
        }

        Assert.Empty(_log.Batches.SelectMany(batch => batch.Changes));
        Assert.Equal(
            ["Deployment", "Deployment", "Node", "Node", "Secret", "Secret"],
            _log.Batches.SelectMany(batch => batch.Objects).Select(row => row.Entity.Kind).Order());
    }

    [Fact]
    public async Task Secrets_hashed_under_another_key_are_not_compared()
    {
        ScriptApis();
        _server.Script("api/v1/secrets", ScriptedAnswer.List("5", Kube.ConfigMap("cart-a1", "x")));
        Start();
        await ReadyAsync();

        await RestartAsync();
        ScriptApis();
        _server.Script("api/v1/secrets", ScriptedAnswer.List("5", Kube.ConfigMap("cart-a1", "x")));
        Start(new ContentKey([.. Enumerable.Repeat((byte)7, 32)], IsNew: true));
        await ReadyAsync();

        Assert.Empty(_log.Batches.SelectMany(batch => batch.Changes));
    }

    [Fact]
    public async Task It_is_not_ready_before_every_first_list_that_is_allowed_is_in_the_log()
    {
        _server.Script("apis", [.. Enumerable.Repeat(ScriptedAnswer.Error(503), 20)]);
        ScriptApis();
        _server.Script("api/v1/secrets", ScriptedAnswer.Error(403));
        _server.Script("api/v1/events", [.. Enumerable.Repeat(ScriptedAnswer.Error(500), 6)]);
        Start();

        await AwaitedAsync("the API server does not answer");
        await AwaitedAsync("the first list of Event is not in the log");
        await ReadyAsync();
    }

    private void Start(ContentKey? key = null)
    {
        _connection = new KubernetesConnection(new KubernetesClientConfiguration { Host = _server.Address.ToString() });
        _log.Server = _server;
        var options = Options.Create(new KubernetesSourceOptions { BackoffFirst = TimeSpan.FromMilliseconds(10) });
        var metrics = new KubernetesSourceMetrics(_meters);
        var memory = new ObjectMemory(_log, new NoHistory(), NullLogger<ObjectMemory>.Instance);
        _readiness.Recalling();
        _system.ActorOf(Props.Create(() => new ClusterActor(
            Scope.Default, _connection, _inventory, _readiness, memory, key ?? _key, _writer, options,
            TimeProvider.System, metrics, NullLogger<ClusterActor>.Instance)));
    }

    private async Task EndAsync()
    {
        await _system.Terminate();
        await _server.DisposeAsync();
        _connection?.Dispose();
    }

    private async Task RestartAsync()
    {
        await EndAsync();
        _server = new ScriptedApiServer();
        _system = ActorSystem.Create("test");
        _inventory = new ClusterInventory(Scope.Default);
        _readiness = new KubernetesReadiness();
    }

    private Task ReadyAsync() => UntilAsync(() => _readiness.Awaited.Length == 0);

    private Task AwaitedAsync(string why) =>
        UntilAsync(() => _readiness.Awaited.Contains(why, StringComparison.Ordinal));

    private static JsonObject Written(JsonObject json, string field, string time)
    {
        json["metadata"]!["managedFields"] = new JsonArray(new JsonObject
        {
            ["manager"] = "kubectl",
            ["time"] = $"2026-03-01T{time}Z",
            ["fieldsV1"] = new JsonObject { [field] = new JsonObject() },
        });
        return json;
    }

    private static string Time(ChangeEvent[] changes, ChangeKind kind) => changes.First(change => change.Kind == kind)
        .Time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private void ScriptApis(params string[] served)
    {
        var versions = served.Select(name => (JsonNode)new JsonObject { ["groupVersion"] = name });
        var group = new JsonObject { ["versions"] = new JsonArray([.. versions]) };
        _server.Script("apis", ScriptedAnswer.Text(new JsonObject { ["groups"] = new JsonArray(group) }.ToJsonString()));
    }

    private static JsonObject Owned(string name, string ownerKind, string owner)
    {
        var meta = Kube.Meta(name, "uid-" + name, 1);
        meta["ownerReferences"] = new JsonArray(
            new JsonObject { ["kind"] = ownerKind, ["name"] = owner, ["controller"] = true });
        return new JsonObject { ["metadata"] = meta };
    }

    private string Owner(string pod) =>
        _inventory.Current.TryGetOwner("shop", pod, out var owner) ? owner.ToString() : "nobody";

    private Task RequestAsync(string start) => UntilAsync(
        () => _server.Requests.Any(request => request.StartsWith(start, StringComparison.Ordinal)));

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isTrue())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Keeps what is appended; refuses as often as told.</summary>
    private sealed class RecordedLog : ILog
    {
        private readonly ConcurrentQueue<SignalBatch> _batches = new();
        private string[] _requestsAtRefusal = [];

        public int RefusalsLeft { get; set; }

        public ScriptedApiServer? Server { get; set; }

        public IReadOnlyCollection<SignalBatch> Batches => _batches;

        public string[] RequestsAtRefusal => _requestsAtRefusal;

        public async Task<SignalBatch> FirstAsync(Func<SignalBatch, bool> wanted)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (true)
            {
                limit.Token.ThrowIfCancellationRequested();
                if (_batches.FirstOrDefault(wanted) is { } batch)
                {
                    return batch;
                }

                await Task.Yield();
            }
        }

        public ValueTask<long> AppendAsync(
            Topic topic, int partition, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            Assert.Equal(Topics.Signals, topic);
            if (RefusalsLeft-- > 0)
            {
                _requestsAtRefusal = [.. Server!.Requests];
                return ValueTask.FromException<long>(new LogUnavailableException("full"));
            }

            _batches.Enqueue(SignalBatchCodec.Decode(payload));
            return ValueTask.FromResult((long)_batches.Count);
        }

        public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
            Topic topic, int partition, long fromOffset, int maxBytes, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<LogEntry>>(
                [.. _batches.Select((batch, i) => new LogEntry(i, default, SignalBatchCodec.Encode(batch)))
                    .Skip((int)fromOffset)]);

        public ValueTask<(long First, long End)> RangeAsync(
            Topic topic, int partition, CancellationToken cancellationToken) =>
            ValueTask.FromResult((0L, (long)_batches.Count));

        public ValueTask<long> OffsetAtAsync(
            Topic topic, int partition, DateTimeOffset instant, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask CommitAsync(
            string group, Topic topic, int partition, long nextOffset, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<long?> CommittedAsync(
            string group, Topic topic, int partition, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
