using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Akka.Actor;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
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
    private readonly ScriptedApiServer _server = new();
    private readonly PlainMeterFactory _meters = new();
    private readonly ActorSystem _system = ActorSystem.Create("test");
    private readonly ClusterInventory _inventory = new(Scope.Default);
    private readonly RecordedLog _log = new();
    private KubernetesConnection? _connection;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        await _server.DisposeAsync();
        _connection?.Dispose();
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

    private void Start()
    {
        _connection = new KubernetesConnection(new KubernetesClientConfiguration { Host = _server.Address.ToString() });
        _log.Server = _server;
        var options = Options.Create(new KubernetesSourceOptions { BackoffFirst = TimeSpan.FromMilliseconds(10) });
        var metrics = new KubernetesSourceMetrics(_meters);
        _system.ActorOf(Props.Create(() => new ClusterActor(
            Scope.Default, _connection, _inventory, _log, options, TimeProvider.System, metrics,
            NullLogger<ClusterActor>.Instance)));
    }

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

    private async Task RequestAsync(string start)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!_server.Requests.Any(request => request.StartsWith(start, StringComparison.Ordinal)))
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
            throw new NotSupportedException();

        public ValueTask<(long First, long End)> RangeAsync(
            Topic topic, int partition, CancellationToken cancellationToken) => throw new NotSupportedException();

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
