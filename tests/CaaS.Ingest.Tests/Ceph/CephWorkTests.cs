using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CaaS.Ingest.Runtime.Sources.Ceph;
using CaaS.Ingest.Runtime.Sources.Kubernetes;
using CaaS.Ingest.Runtime.Writing;
using CaaS.Ingest.Tests.Kubernetes;
using CaaS.Ingest.Tests.Runtime;
using CaaS.Signals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CaaS.Ingest.Tests.Ceph;

public sealed class CephWorkTests : IAsyncLifetime
{
    private readonly IngestBench _bench = new();
    private readonly FakeTimeProvider _time = new(CephBench.Now);
    private readonly ScriptedManagers _managers = new();
    private readonly CephStanding _standing = new();
    private readonly CephOptions _options = new() { Dashboards = ["http://one/", "http://two/"], User = "caas" };
    private SignalWriter _writer = null!;
    private HttpClient _http = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _writer = _bench.Writer();
        _http = new HttpClient(_managers);
        _options.PasswordFile = Path.Combine(_bench.Path, "password");
        await File.WriteAllTextAsync(_options.PasswordFile, CephBench.Password + "\n", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _writer.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task The_manager_that_is_active_is_read_with_one_login()
    {
        _managers.Active = "two";
        var work = Work();
        var awaited = _standing.Awaited;

        await StepAsync(work);
        await StepAsync(work);

        Assert.Equal(["one login 303", "two login 201", "two read 200", "two read 200"], _managers.Seen);
        Assert.Equal(("ceph (its dashboard is being read)", "", CephOutcome.Read), (awaited, _standing.Awaited, _standing.Outcome));
        Assert.Equal(8, Assert.Single(await _bench.BatchesAsync(Stop)).Objects.Length);
    }

    [Fact]
    public async Task A_token_that_ran_out_is_replaced()
    {
        var work = Work();
        await StepAsync(work);
        _managers.Token = "second";
        await StepAsync(work);

        Assert.Equal(["one login 201", "one read 200", "one read 401", "one login 201", "one read 200"], _managers.Seen);
    }

    [Fact]
    public async Task A_refused_password_is_not_sent_again_before_there_is_another()
    {
        await File.WriteAllTextAsync(_options.PasswordFile, "wrong", Stop);
        var work = Work();
        await StepAsync(work);
        await StepAsync(work);
        await StepAsync(work);
        Assert.Equal((CephOutcome.Refused, ""), (_standing.Outcome, _standing.Awaited));

        await File.WriteAllTextAsync(_options.PasswordFile, CephBench.Password, Stop);
        await StepAsync(work);

        Assert.Equal(["one login 400", "one login 201", "one read 200"], _managers.Seen);
    }

    [Fact]
    public async Task An_account_that_may_not_read_all_makes_nothing_disappear()
    {
        var work = Work();
        await StepAsync(work);
        _managers.Answer.AsObject().Remove("osd_map");
        await StepAsync(work);

        Assert.Equal(CephOutcome.Forbidden, _standing.Outcome);
        Assert.Single(await _bench.BatchesAsync(Stop));
    }

    [Fact]
    public async Task Attempts_grow_rarer_while_nobody_answers()
    {
        _managers.Active = "";
        var work = Work();
        for (var second = 0; second < 200; second += 10)
        {
            await work.StepAsync(Stop);
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        // At 0, 10, 30, 70, 130 and 190 s, each of both managers.
        Assert.Equal(12, _managers.Seen.Count);
        Assert.Equal(CephOutcome.Unreachable, _standing.Outcome);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task What_is_no_answer_is_told_and_survived(string body)
    {
        var work = Work();
        _managers.Body = body;
        await StepAsync(work);
        var told = _standing.Outcome;
        _managers.Body = null;
        await StepAsync(work);

        Assert.Contains(told, new[] { CephOutcome.Malformed, CephOutcome.Forbidden });
        Assert.Equal(CephOutcome.Read, _standing.Outcome);
    }

    [Fact]
    public async Task What_the_log_refuses_is_told_later()
    {
        var work = Work();
        await StepAsync(work);
        _managers.Answer["osd_map"]!["osds"]![1]!["up"] = 1;
        _bench.IsRefusing = true;
        await StepAsync(work);
        await StepAsync(work);
        _bench.IsRefusing = false;
        await StepAsync(work);

        var batches = await _bench.BatchesAsync(Stop);
        Assert.Equal("OsdUp", Assert.Single(batches[^1].Events).Reason);
        Assert.Equal(2, batches.Count);
    }

    [Fact]
    public async Task What_changed_while_the_process_was_down_is_found()
    {
        await StepAsync(Work());
        _managers.Answer["osd_map"]!["pools"]![0]!["size"] = 3;

        await StepAsync(Work());

        Assert.Equal(ChangeKind.Config, Assert.Single((await _bench.BatchesAsync(Stop))[^1].Changes).Kind);
    }

    private CephWork Work() => new(
        _options,
        Scope.Default,
        new CephDashboard(_options, Scope.Default, _http, _time),
        _standing,
        new ObjectMemory(_bench.Log, new NoHistory(), NullLogger<ObjectMemory>.Instance),
        _writer,
        _bench.Metrics,
        _time,
        NullLogger.Instance);

    private async Task StepAsync(CephWork work)
    {
        await work.StepAsync(Stop);
        _time.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>Two managers of which one is active, as the dashboard's documentation describes them.</summary>
    private sealed class ScriptedManagers : HttpMessageHandler
    {
        public string Active { get; set; } = "one";

        public string Token { get; set; } = "first";

        public JsonNode Answer { get; } = CephBench.Answer();

        public string? Body { get; set; }

        public List<string> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("application/vnd.ceph.api.v1.0+json", request.Headers.Accept.ToString());
            var isLogin = request.RequestUri!.AbsolutePath == "/api/auth";
            var host = request.RequestUri.Host;
            var (status, body) = host != Active
                ? (HttpStatusCode.SeeOther, "")
                : isLogin ? await LoginAsync(request, cancellationToken) : Read(request);
            Seen.Add($"{host} {(isLogin ? "login" : "read")} {(int)status}");
            return new HttpResponseMessage(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        }

        private async Task<(HttpStatusCode, string)> LoginAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            return (string?)sent["username"] == "caas" && (string?)sent["password"] == CephBench.Password
                ? (HttpStatusCode.Created, new JsonObject { ["token"] = Token }.ToJsonString())
                : (HttpStatusCode.BadRequest, "{}");
        }

        private (HttpStatusCode, string) Read(HttpRequestMessage request) =>
            request.Headers.Authorization?.ToString() == $"Bearer {Token}"
                ? (HttpStatusCode.OK, Body ?? Answer.ToJsonString())
                : (HttpStatusCode.Unauthorized, "{}");
    }
}
