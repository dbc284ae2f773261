using System.Text.Json.Nodes;
using System.Threading.Channels;
using CaaS.Ingest.Kubernetes;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Signals;
using k8s;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

public sealed class KubernetesInformerTests : IAsyncLifetime
{
    private const string Nodes = "api/v1/nodes";

    private readonly ScriptedApiServer _server = new();
    private readonly Channel<string> _reports = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly KubernetesSourceOptions _options = new()
    {
        MinListInterval = TimeSpan.Zero,
        BackoffFirst = TimeSpan.FromMilliseconds(10),
        BackoffMax = TimeSpan.FromMilliseconds(20),
        RefusedBackoff = TimeSpan.FromMilliseconds(20),
    };

    private readonly PlainMeterFactory _meters = new();
    private KubernetesConnection? _connection;
    private Task _running = Task.CompletedTask;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await _server.DisposeAsync();
        _connection?.Dispose();
        _stopping.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Lists_in_pages_then_watches_from_the_lists_version()
    {
        _options.PageSize = 1;
        _server.Script(
            Nodes,
            ScriptedAnswer.Page("10", "a+token/", Kube.Node("n1", 1)),
            ScriptedAnswer.List("10", Kube.Node("n2", 2)),
            ScriptedAnswer.Watch(
                ScriptedAnswer.Event("ADDED", Kube.Node("n3", 11)),
                ScriptedAnswer.Event("MODIFIED", Kube.Node("n1", 12)),
                ScriptedAnswer.Event("DELETED", Kube.Node("n2", 13))));

        Start();

        Assert.Equal(["Listed n1", "Listed n2", "Added n3", "Updated n1", "Deleted n2"], await TakeAsync(5));
        Assert.Equal(
            [
                "api/v1/nodes?limit=1",
                "api/v1/nodes?limit=1&continue=a%2Btoken%2F",
                "api/v1/nodes?watch=1&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=10",
            ],
            _server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_410_lists_again_and_finds_what_was_deleted_while_away(bool asEvent)
    {
        _server.Script(
            Nodes,
            ScriptedAnswer.List("10", Kube.Node("n1", 1), Kube.Node("n2", 2)),
            asEvent
                ? ScriptedAnswer.Watch(ScriptedAnswer.Event("ADDED", Kube.Node("n4", 11)), ScriptedAnswer.ErrorEvent(410))
                : ScriptedAnswer.Error(410),
            ScriptedAnswer.List("50", Kube.Node("n2", 2), Kube.Node("n3", 44)));

        Start();

        string[] expected = asEvent
            ? ["Listed n1", "Listed n2", "Added n4", "Added n3", "Deleted n1", "Deleted n4"]
            : ["Listed n1", "Listed n2", "Added n3", "Deleted n1"];
        Assert.Equal(expected, await TakeAsync(expected.Length));
        await RequestAsync(4);
        Assert.EndsWith("resourceVersion=50", _server.Requests.Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_watch_that_ends_or_breaks_goes_on_from_the_last_bookmark_without_a_list(bool breaks)
    {
        string[] lines = [ScriptedAnswer.Event("MODIFIED", Kube.Node("n1", 11)), ScriptedAnswer.Bookmark("20")];
        _server.Script(
            Nodes,
            ScriptedAnswer.List("10", Kube.Node("n1", 1)),
            breaks ? ScriptedAnswer.BreakingWatch(lines) : ScriptedAnswer.EndingWatch(lines),
            ScriptedAnswer.Watch(ScriptedAnswer.Event("MODIFIED", Kube.Node("n1", 21))));

        Start();

        Assert.Equal(["Listed n1", "Updated n1", "Updated n1"], await TakeAsync(3));
        Assert.Equal(3, _server.Requests.Count);
        Assert.EndsWith("resourceVersion=20", _server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_the_server_and_garbage_are_outlived()
    {
        _server.Script(
            Nodes,
            ScriptedAnswer.Error(503, "Retry-After: 0\r\n"),
            ScriptedAnswer.Text("<html>proxy</html>"),
            ScriptedAnswer.Text("[]"),
            ScriptedAnswer.Error(403),
            ScriptedAnswer.List("10", Kube.Node("n1", 1), JsonNode.Parse("""{"metadata":{}}""")!),
            ScriptedAnswer.Error(500),
            ScriptedAnswer.EndingWatch(ScriptedAnswer.ErrorEvent(500)),
            ScriptedAnswer.EndingWatch("not json"),
            ScriptedAnswer.EndingWatch("""{"type":"ADDED","object":7}"""),
            ScriptedAnswer.Watch(ScriptedAnswer.Event("ADDED", Kube.Node("n2", 11))));

        Start();

        Assert.Equal(["Listed n1", "Added n2"], await TakeAsync(2));
    }

    [Fact]
    public async Task A_silent_watch_is_opened_anew_from_where_it_was()
    {
        _options.WatchIdleTimeout = TimeSpan.FromMilliseconds(50);
        _server.Script(
            Nodes,
            ScriptedAnswer.List("10", Kube.Node("n1", 1)),
            ScriptedAnswer.Watch(ScriptedAnswer.Bookmark("15")),
            ScriptedAnswer.Watch(ScriptedAnswer.Event("ADDED", Kube.Node("n2", 16))));

        Start();

        Assert.Equal(["Listed n1", "Added n2"], await TakeAsync(2));
        Assert.EndsWith("resourceVersion=15", _server.Requests.ElementAt(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_too_large_leads_past_itself_by_a_list()
    {
        _options.MaxObjectBytes = 2000;
        var huge = Kube.Node("n2", 11);
        huge["metadata"]!["annotations"] = new JsonObject { ["x"] = new string('x', 100_000) };
        _server.Script(
            Nodes,
            ScriptedAnswer.List("10", Kube.Node("n1", 1)),
            ScriptedAnswer.Watch(ScriptedAnswer.Event("ADDED", huge)),
            ScriptedAnswer.List("20", Kube.Node("n1", 1), Kube.Node("n3", 12)));

        Start();

        Assert.Equal(["Listed n1", "Added n3"], await TakeAsync(2));
    }

    [Fact]
    public async Task A_page_too_large_is_asked_for_in_halves()
    {
        _options.MaxPageBytes = 2000;
        var huge = Kube.Node("n1", 1);
        huge["metadata"]!["annotations"] = new JsonObject { ["x"] = new string('x', 100_000) };
        _server.Script(Nodes, ScriptedAnswer.List("10", huge), ScriptedAnswer.List("10", Kube.Node("n1", 1)));

        Start();

        Assert.Equal(["Listed n1"], await TakeAsync(1));
        Assert.Equal(["api/v1/nodes?limit=500", "api/v1/nodes?limit=250"], _server.Requests.Take(2));
    }

    [Fact]
    public async Task A_type_that_may_not_be_read_settles_so_that_others_need_not_wait()
    {
        _server.Script(Nodes, ScriptedAnswer.Error(403));
        var settled = new TaskCompletionSource<bool>();

        Start(report => settled.TrySetResult(report.IsSettled));

        Assert.True(await settled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private void Start(Action<InformerReport>? seen = null)
    {
        _connection = new KubernetesConnection(new KubernetesClientConfiguration { Host = _server.Address.ToString() });
        var metrics = new KubernetesSourceMetrics(_meters);
        var context = new InformerContext(
            _connection.Http, Kube.Mapper, _options, TimeProvider.System, metrics, NullLogger.Instance);
        var resource = KubernetesResource.All.Single(resource => resource.Name == EntityKinds.Node);
        var state = new InformerState(context.Limits, new Random(1));
        var informer = new KubernetesInformer(resource, resource.Versions[0], context, state);
        _running = informer.RunAsync(
            (report, _) =>
            {
                seen?.Invoke(report);
                foreach (var delta in report.Deltas)
                {
                    _reports.Writer.TryWrite($"{delta.Kind} {delta.After.Key.Split('/')[1]}");
                }

                return Task.CompletedTask;
            },
            _stopping.Token);
    }

    private async Task<string[]> TakeAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var taken = new List<string>();
        while (taken.Count < count)
        {
            taken.Add(await _reports.Reader.ReadAsync(limit.Token));
        }

        return [.. taken];
    }

    private async Task RequestAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_server.Requests.Count < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
