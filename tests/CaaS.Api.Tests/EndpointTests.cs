using System.Text.Json;
using CaaS.Analytics;
using CaaS.Analytics.Unusual;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Log;
using CaaS.Rca;
using CaaS.Rca.Priors;
using CaaS.Replay;
using CaaS.Signals;
using CaaS.Testing;
using Xunit;

namespace CaaS.Api.Tests;

public sealed class EndpointTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Indented = new(CaaSJson.Options) { WriteIndented = true };

    private readonly CancellationToken _none = TestContext.Current.CancellationToken;
    private ApiHost _host = null!;
    private CaaSClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _client = _host.Client();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_description_is_the_one_agreed_on()
    {
        using var http = _host.Http();

        var json = await http.GetStringAsync("openapi/v1.json", _none);

        using var document = JsonDocument.Parse(json);
        Golden.Check("openapi.json", JsonSerializer.Serialize(document, Indented));
    }

    [Fact]
    public async Task Everything_a_stage_knows_is_read_through_the_client()
    {
        var when = new TextFilter { From = FakeStages.T, To = ApiHost.Now, Text = "a+b & c", MinSeverity = "warning" };
        var series = new SeriesFilter
        {
            From = FakeStages.T,
            To = ApiHost.Now,
            Entity = "shop/Deployment/cart",
            Labels = [new("a", "b=c&d")],
        };
        var text = JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["me"] = await _client.MeAsync(_none),
                ["alerts"] = await _client.AlertsAsync(new AlertFilter(), _none),
                ["alert"] = await _client.AlertAsync("i1", _none),
                ["noAlert"] = await _client.AlertAsync("x/y", _none),
                ["silences"] = await _client.SilencesAsync(_none),
                ["notifications"] = await _client.NotificationsAsync(null, 10, _none),
                ["incidents"] = await _client.IncidentsAsync(true, 10, _none),
                ["incident"] = await _client.IncidentAsync("i1", _none),
                ["noIncident"] = await _client.IncidentAsync("x", _none),
                ["similar"] = await _client.SimilarIncidentsAsync("i1", 5, _none),
                ["noSimilar"] = await _client.SimilarIncidentsAsync("i0", 5, _none),
                ["noneSimilar"] = await _client.SimilarIncidentsAsync("x", 5, _none),
                ["runbooks"] = await _client.IncidentDocumentsAsync("i1", 5, _none),
                ["noRunbooks"] = await _client.IncidentDocumentsAsync("x", 5, _none),
                ["documents"] = await _client.DocumentsAsync("rollout undo & version 1.1.0", 5, _none),
                ["noDocuments"] = await _client.DocumentsAsync("certificates", 5, _none),
                ["operations"] = await _client.OperationsAsync("i1", 10, _none),
                ["operation"] = await _client.OperationAsync("o1", _none),
                ["policies"] = await _client.PoliciesAsync(_none),
                ["killSwitch"] = await _client.KillSwitchAsync(_none),
                ["topology"] = await _client.TopologyAsync(_none),
                ["topologyAt"] = await _client.TopologyAtAsync(FakeStages.T, _none),
                ["topologyDiff"] = await _client.TopologyDiffAsync(FakeStages.T.AddHours(-1), null, _none),
                ["series"] = await _client.SeriesAsync(series, _none),
                ["points"] = await _client.RangeAsync(series, null, Client.Wire.Aggregate.Average, _none),
                ["steps"] = await _client.RangeAsync(series, TimeSpan.FromSeconds(15), Client.Wire.Aggregate.Rate, _none),
                ["logs"] = await _client.LogsAsync(when, _none),
                ["changes"] = await _client.ChangesAsync(when, _none),
                ["tokens"] = (await _client.TokensAsync(_none)).Select(token => token with { Id = "" }),
            },
            Indented);

        Golden.Check("api-reads.json", text);
        Assert.Equal(new Signals.Label("a", "b=c&d"), Assert.Single(_host.Stages.AskedSeries!.Labels));
        Assert.Equal(FakeStages.Cart, _host.Stages.AskedSeries.Entity);
    }

    [Fact]
    public async Task Every_filter_of_the_inbox_reaches_the_store()
    {
        await _client.AlertsAsync(
            new AlertFilter
            {
                Statuses = [AlertStatus.Open, AlertStatus.Acknowledged],
                Severities = [Client.Wire.IncidentSeverity.Critical],
                Assignee = "",
                Silenced = true,
                Text = "a&b",
                Offset = 20,
                Limit = 9999,
            },
            _none);

        var asked = _host.Stages.Asked!;
        Assert.Equal([Alerting.AlertStatus.Open, Alerting.AlertStatus.Acknowledged], asked.Statuses);
        Assert.Equal([Rca.IncidentSeverity.Critical], asked.Severities);
        Assert.Equal(("", true, "a&b", 20, 500), (asked.Assignee, asked.IsSilenced, asked.Text, asked.Offset, asked.Limit));
        await _client.AlertsAsync(new AlertFilter(), _none);
        Assert.Null(_host.Stages.Asked!.Assignee);
        Assert.Null(_host.Stages.Asked.IsSilenced);
    }

    [Fact]
    public async Task Every_command_says_what_was_asked_by_whom()
    {
        Outcome[] outcomes =
        [
            await _client.AcknowledgeAsync("i1", _none),
            await _client.AssignAsync("i1", "bob", _none),
            await _client.CommentAsync("i1", "hm", _none),
            await _client.ResolveAsync("i1", _none),
            await _client.SilenceAsync(new SilenceRequest("i1", null, ApiHost.Now.AddHours(1), "known"), _none),
            await _client.SilenceAsync(new SilenceRequest("", "shop/Deployment/cart", ApiHost.Now.AddHours(1), "x"), _none),
            await _client.UnsilenceAsync("s1", _none),
            await _client.ApproveAsync("o1", _none),
            await _client.RejectAsync("o1", "no", _none),
            await _client.RequestOperationAsync(
                new OperationRequest(
                    OperationKind.DeletePod, "shop/Pod/cart-1",
                    new Dictionary<string, string> { ["replicas"] = "3", ["role"] = "operator", ["undoOnFailure"] = "true" }),
                _none),
            await _client.SetKillSwitchAsync(true, _none),
            await _client.SetPolicyModeAsync("p1", PolicyMode.Suggest, _none),
        ];

        Assert.All(outcomes, outcome => Assert.Equal((OutcomeState.Done, "subject"), (outcome.State, outcome.Subject)));
        Assert.All(_host.Stages.Commands, command => Assert.Equal("operator", command.Actor));
        Golden.Check("api-commands.txt", string.Join('\n', _host.Stages.Commands.Select(command =>
            $"{command.Verb} [{command.Target}] {string.Join(' ', command.Arguments.Select(a => $"{a.Key}={a.Value}"))}")));
        var audit = await _client.AuditAsync(null, 100, _none);
        Assert.Equal(
            _host.Stages.Commands.Select(command => (command.Id, command.Verb, OutcomeState.Done)).Reverse(),
            audit.Select(entry => (entry.CommandId, entry.Verb, entry.State)));
        Assert.Equal(2, (await _client.AuditAsync("o1", 100, _none)).Count);
        Assert.DoesNotContain(audit, entry => entry.Arguments.ContainsKey("role"));
    }

    [Fact]
    public async Task A_refused_command_carries_its_reason_and_an_unanswered_one_its_id()
    {
        _host.Stages.Answer = command => new CommandOutcome(command.Id, false, "It has lapsed.", "");
        var refused = await _client.ApproveAsync("o1", _none);
        var asked = new TaskCompletionSource();
        _host.Stages.Answer = _ =>
        {
            asked.SetResult();
            return null;
        };
        var waiting = _client.ApproveAsync("o1", _none);
        await asked.Task;
        _host.Time.Advance(TimeSpan.FromSeconds(31));
        var pending = await waiting;

        Assert.Equal((OutcomeState.Refused, "It has lapsed."), (refused.State, refused.Why));
        Assert.Equal(OutcomeState.Pending, pending.State);
        Assert.Equal(OutcomeState.Pending, (await _client.OutcomeAsync(pending.CommandId, _none))!.State);
        await _host.Log.AppendAsync(
            Topics.Outcomes, 0, SignalsJson.Encode(new CommandOutcome(pending.CommandId, true, "", "o1")), _none);
        await Eventually.HoldsAsync(async () =>
            (await _client.OutcomeAsync(pending.CommandId, _none))!.State == OutcomeState.Done);
        Assert.Null(await _client.OutcomeAsync("nope", _none));
    }

    [Fact]
    public async Task A_command_that_cannot_be_kept_is_refused_and_audited()
    {
        _host.Log.Failure = new LogUnavailableException("The disk budget is used up.");

        var error = await Assert.ThrowsAsync<CaaSClientException>(() => _client.AcknowledgeAsync("i1", _none));

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, error.Status);
        Assert.Contains("disk budget", error.Message, StringComparison.Ordinal);
        var entry = Assert.Single(await _client.AuditAsync("i1", 10, _none));
        Assert.Equal(OutcomeState.Refused, entry.State);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_a_reason()
    {
        const string Hour = "from=2026-09-01T11:00:00Z&to=2026-09-01T12:00:00Z";
        const string Week = "from=2026-08-25T12:00:00Z&to=2026-09-01T12:00:00Z";
        using var http = _host.Http(_host.Token);
        foreach (var path in (string[])
        [
            "series?from=2026-09-01T12:00:00Z&to=2026-09-01T11:00:00Z",
            "series?from=2026-01-01T12:00:00Z&to=2026-09-01T11:00:00Z",
            "series?from=yesterday&to=2026-09-01T12:00:00Z",
            $"series?{Hour}&entity=cart",
            $"series?{Hour}&label=oops",
            $"series/range?{Week}",
            $"series/range?{Week}&stepSeconds=1",
            $"series/range?{Hour}&stepSeconds=0",
            $"series/range?{Hour}&stepSeconds=60&aggregate=4",
            $"events?{Hour}",
            $"recordings?{Week}",
            "documents",
            "documents?query=%20",
            "alerts?status=sleepy",
            "alerts?limit=many",
        ])
        {
            using var response = await http.GetAsync("api/v1/" + path, _none);

            Assert.True(response.StatusCode == System.Net.HttpStatusCode.BadRequest, $"{path}: {response.StatusCode}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            var body = await response.Content.ReadAsStringAsync(_none);
            Assert.Contains("\"detail\":\"", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_feed_tells_what_changes()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_none);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var feed = _client.FeedAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        var first = feed.MoveNextAsync();
        await Eventually.HoldsAsync(async () =>
        {
            await _host.Log.AppendAsync(
                Topics.Incidents, 0, SignalsJson.Encode(new IncidentRecord(0, "opened", FakeStages.Incident)), _none);
            return first.IsCompleted;
        });
        Assert.True(await first);
        Assert.Equal(new FeedEvent(FeedKind.Incident, "i1", 3), feed.Current);

        await _host.Log.AppendAsync(Topics.Notifications, 0, "{"u8.ToArray(), _none);
        await _host.Log.AppendAsync(
            Topics.Notifications, 0, SignalsJson.Encode(new Alerting.AlertRecord(FakeStages.Alert, null)), _none);
        do
        {
            Assert.True(await feed.MoveNextAsync());
        }
        while (feed.Current.Kind == FeedKind.Incident);

        Assert.Equal(new FeedEvent(FeedKind.Alert, "i1", 4), feed.Current);
        using var http = _host.Http();
        Assert.Contains("\ncaas_api_feeds_open 1\n", await http.GetStringAsync("metrics", _none), StringComparison.Ordinal);
        await feed.DisposeAsync();
    }

    [Fact]
    public async Task A_recording_holds_the_window_in_order_and_nothing_private()
    {
        var batch = SignalBatchCodec.Encode(SignalBatch.Tick(Scope.Default));
        await _host.Log.AppendAsync(Topics.Signals, 0, batch, _none);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        await _client.AcknowledgeAsync("i1", _none);
        await _host.Log.AppendAsync(Topics.Signals, 0, batch, _none);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        await _host.Log.AppendAsync(Topics.Signals, 0, batch, _none);

        await using var stream = await _client.RecordingAsync(ApiHost.Now, ApiHost.Now.AddSeconds(2), _none);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, _none);
        copy.Position = 0;
        var recording = RecordingReader.Read(copy);

        Assert.Equal(
            [
                (RecordedTopic.Signals, -2L), (RecordedTopic.Signals, -1L), (RecordedTopic.Signals, 0L),
                (RecordedTopic.Signals, 1L), (RecordedTopic.Commands, 0L),
            ],
            recording.Entries.Select(entry => (entry.Topic, entry.Offset)));
        var state = SignalBatchCodec.Decode(recording.Entries[0].Payload);
        Assert.Equal(FakeStages.Cart, Assert.Single(state.Objects).Entity);
        var said = CauseFeedback.In(SignalBatchCodec.Decode(recording.Entries[1].Payload), out _);
        Assert.Equal("i0", Assert.Single(said).IncidentId);
        Assert.Equal("rollback-bad-release", Assert.Single(recording.Header.Policies).Name);
        Assert.Empty(Directory.GetFiles(_host.Data, "recording-*"));
    }

    [Fact]
    public async Task Status_tells_lag_and_readiness_follows_it()
    {
        using var http = _host.Http();
        var before = await http.GetStringAsync("readyz", _none);
        await _host.Log.AppendAsync(Topics.Signals, 0, "x"u8.ToArray(), _none);
        _host.Time.Advance(TimeSpan.FromMinutes(3));

        var status = await _client.StatusAsync(_none);
        using var late = await http.GetAsync("readyz", _none);

        Assert.Equal("ready\n", before);
        Assert.False(status.Ready);
        Assert.Equal(
            [("history", true, 1L), ("analytics", false, 1L), ("rca", true, null), ("orchestration", true, null), ("alerting", true, null)],
            status.Stages.Select(stage => (stage.Name, stage.Ok, stage.LagRecords)));
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, late.StatusCode);
        Assert.Equal("not ready: analytics\n", await late.Content.ReadAsStringAsync(_none));
        Assert.Contains((await _client.DoctorAsync(_none)).Checks, check => check is { Name: "stage-analytics", Ok: false });
    }

    [Fact]
    public async Task It_is_healthy_but_not_ready_while_a_source_is_not_synchronised()
    {
        using var http = _host.Http();
        _host.Stages.Awaited = "kubernetes (the API server does not answer)";

        using var health = await http.GetAsync("healthz", _none);
        using var ready = await http.GetAsync("readyz", _none);

        Assert.Equal(System.Net.HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(
            "not ready: kubernetes (the API server does not answer)\n", await ready.Content.ReadAsStringAsync(_none));
        Assert.False((await _client.StatusAsync(_none)).Ready);
        Assert.Contains((await _client.DoctorAsync(_none)).Checks, check => check is { Name: "sources", Ok: false });
    }

    [Fact]
    public async Task Status_tells_how_far_analytics_has_learned()
    {
        var before = (await _client.StatusAsync(_none)).Learning;
        _host.Stages.Series = new(Learning: 30, Watched: 260, Silent: 10, Dropped: 2, Raw: 900, 0, 0, 0);

        var status = await _client.StatusAsync(_none);

        Assert.Equal(new LearningStatus(null, null, null, null, null, null), before);
        Assert.Equal(new LearningStatus(300, 30, 260, 10, 2, null), status.Learning);
    }

    [Fact]
    public async Task Status_shows_what_is_unusual_newest_first()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var entity = new EntityRef(Scope.Default, "shop", EntityKinds.Deployment, "cart");
        Anomaly[] latest =
        [
            .. Enumerable.Range(0, 2).Select(index => new Anomaly(
                $"a{index}", entity, AnomalyKind.Unusual, "process_cpu_cores", [], SignalRole.Cpu, AnomalyState.Raised,
                now.AddMinutes(index), now.AddMinutes(index), 1e-5, 5, 0.8, 0, 0.1, "cores", $"sentence {index}")),
        ];
        _host.Stages.Series = new SeriesCounts(30, 260, 10, 2, 900, 0, 0, 0)
        {
            Unusual = new UnusualCounts(UnusualMode.Shadow, 5000, 2, 1, 1, 99_000, [1, 2, 3, 4, 5, 6], [.. latest]),
        };

        var unusual = (await _client.StatusAsync(_none)).Learning.Unusual!;

        Assert.Equal(("shadow", 5000, 2, 1, 1, 99_000), (unusual.Mode, unusual.PointCount, unusual.RaisedCount,
            unusual.RaisedEntityCount, unusual.LastingCount, unusual.StateBytes));
        Assert.Equal((3, 6), (unusual.Shapes["sparseCount"], unusual.Shapes["seasonal"]));
        Assert.Equal(["sentence 1", "sentence 0"], unusual.Latest.Select(one => one.Text));
    }

    [Fact]
    public async Task Own_metrics_have_the_names_agreed_on()
    {
        await _client.AcknowledgeAsync("i1", _none);
        using var http = _host.Http();

        var text = await http.GetStringAsync("metrics", _none);

        Assert.Contains("# TYPE caas_api_commands_sent counter\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "caas_api_commands_sent{state=\"Done\",verb=\"alert.acknowledge\"} 1\n", text, StringComparison.Ordinal);
    }
}
