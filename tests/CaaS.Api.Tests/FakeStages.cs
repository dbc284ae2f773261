using System.Collections.Immutable;
using CaaS.Alerting;
using CaaS.Alerting.Feedback;
using CaaS.Alerting.Ports;
using CaaS.Analytics;
using CaaS.Analytics.Models;
using CaaS.Analytics.Ports;
using CaaS.Analytics.Text;
using CaaS.History;
using CaaS.Ingest.Ports;
using CaaS.Log;
using CaaS.Orchestration;
using CaaS.Orchestration.Ports;
using CaaS.Rca;
using CaaS.Rca.Ports;
using CaaS.Rca.Priors;
using CaaS.Rca.Topology;
using CaaS.Signals;
using CaaS.Testing;

namespace CaaS.Api.Tests;

/// <summary>Stages in memory: one of every noun, and an answer to every command.</summary>
internal sealed class FakeStages(MemoryLog log)
    : IAlertStore, IIncidentStore, IOperationStore, IPolicyStore, ITopology, IHistory, ISourceReadiness, IAnalyticsStanding,
    IDocumentLibrary, IFeedbackStore, ICauseFeedbackStore, IModelRegistry
{
    /// <summary>What a source's first synchronisation waits for.</summary>
    public string Awaited { get; set; } = "";

    public static readonly DateTimeOffset T = ApiHost.Now.AddMinutes(-5);

    public static readonly EntityRef Cart = new(Scope.Default, "shop", "Deployment", "cart");

    public static readonly EntityRef Stock = new(Scope.Default, "shop", "Deployment", "stock");

    public static readonly SeriesKey Errors = new(Cart, "errors_total", [new Label("pod", "cart-1")], MetricKind.Counter);

    public static readonly Incident Incident = new(
        "i1", Scope.Default, 3, IncidentStatus.Open, IncidentSeverity.High, T, T.AddSeconds(-30), T.AddMinutes(1), null,
        "", "Checkout fails", "Likely cause: a bad release of cart.", VerdictState.Likely,
        [
            new Hypothesis(1, Cart, "bad-release", 0.83, T,
                [
                    new Evidence(EvidenceKind.Metric, Cart, T, "Errors rose to 20 %.", 2.5, "errors_total",
                        [new Label("pod", "cart-1")], 0, double.NaN),
                ],
                [Cart]),
        ],
        [], [new Symptom("s1", Cart, "errors_total", T, null, "Errors rose.", "first")],
        [new TimelineEntry(T, "change", Cart, "Image v2.")], [Cart], ["spans"])
    {
        Impacted = [Stock],
        Harms =
        [
            new ServiceHarm(Cart, 0.2, double.NaN, "20 % of requests fail"),
            new ServiceHarm(Stock, double.NaN, 3.5, "requests take 3.5 times as long as usual at most"),
        ],
        Completeness = 0.7,
        NextCheck = "Look at the latency of stock: it is not measured, and would tell cart from stock.",
        OnsetRange = new OnsetRange(T.AddSeconds(-50), T.AddSeconds(-20)),
    };

    /// <summary>Last week's: the same cause, and a rollback that helped.</summary>
    public static readonly Incident Past = Incident with
    {
        Id = "i0",
        Status = IncidentStatus.Resolved,
        OpenedAt = T.AddDays(-7),
        ResolvedAt = T.AddDays(-7).AddMinutes(12),
        Title = "Checkout failed",
        Verdict = "Likely cause: a bad release of cart.",
    };

    public static readonly Alert Alert = new(
        "i1", Scope.Default, 4, 3, AlertStatus.Open, IncidentSeverity.High, IncidentStatus.Open, "Checkout fails",
        "Likely cause: a bad release of cart.", Cart, "bad-release", 0.83, 1, T, T.AddMinutes(1), null, "", null, "",
        [new AlertComment(T, "ada", "Looking.")]);

    public static readonly Operation Operation = new(
        "o1", Scope.Default, "i1", "rollback-bad-release", OperationKind.Rollback, Cart,
        ImmutableSortedDictionary<string, string>.Empty.Add("toRevision", "1"), "It began with the release.",
        OperationStatus.Proposed, 2, T, T.AddMinutes(30), [new OperationCheck("target-exists", true, "It is there.")],
        "-image: v2\n+image: v1", "Put revision 2 back.", ImmutableSortedDictionary<string, string>.Empty, null,
        [new OperationStep(T, OperationStatus.Proposed, "policy:rollback-bad-release", "Proposed.")]);

    public static readonly Operation PastOperation = Operation with
    {
        Id = "o0",
        IncidentId = "i0",
        Status = OperationStatus.Succeeded,
        SentAt = T.AddDays(-7).AddMinutes(2),
        History = [new OperationStep(T.AddDays(-7).AddMinutes(5), OperationStatus.Succeeded, "caas", "The symptoms are gone.")],
    };

    public static readonly TextDocument Runbook = new(
        "deploys/rollback.md", "Rolling a bad release back", ["bad-release"],
        [
            new TextSection("When", "After a release the pods crash and wait in CrashLoopBackOff with exit code 1."),
            new TextSection("How", "kubectl rollout undo deployment/cart, from version 1.1.0 to 1.0.0."),
        ]);

    public static readonly Policy Policy = new(
        "rollback-bad-release", PolicyMode.Approve, ["bad-release"], ["Deployment"], ["shop", "pay"], 0.4, true,
        OperationKind.Rollback, ImmutableSortedDictionary<string, string>.Empty, TimeSpan.FromMinutes(10), 3,
        TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10), true);

    public static readonly Silence Silence =
        new("s1", Scope.Default, "i1", null, T, ApiHost.Now.AddHours(1), "ada", "known");

    public static readonly Notification Notification =
        new("n1", Scope.Default, "i1", "hook", NotificationReason.Opened, "Checkout fails.", T, T, 1, "");

    public static readonly IncidentFeedback Word = new(
        "i1", "ada", FeedbackVerdict.Confirmed, Cart, "bad-release", 1, "Rolled back.", T, 0.83);

    public static readonly IncidentFeedback PastWord = Word with { IncidentId = "i0", Note = "The image lacked a library." };

    public IReadOnlyList<ModelVersion> Versions { get; } =
    [
        new(
            new ModelStanding(
                2, ModelState.Shadow, T, "3 of 16 judged incidents are held back from it.",
                new Trial(3, 2, 0.4, 0.6, Trial.BaseRate, double.NegativeInfinity)),
            new ModelManifest(
                "usefulness", 2, T, T.AddDays(-9), T.AddDays(-2), T, 20, 10, 5, 1, ["severity"],
                new Dictionary<string, double>(), 0),
            ""),
        new(new ModelStanding(1, ModelState.Retired, T.AddDays(-1), "usefulness-2 did better.", null), null, "Its checksum is wrong."),
    ];

    public string Notice => "standings.json cannot be read.";

    public Task SaveAsync(
        IReadOnlyList<IncidentExample> examples,
        IReadOnlyList<IncidentFeedback> feedback,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<IncidentFeedback>> FeedbackAsync(
        string? incidentId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IncidentFeedback>>(
            incidentId switch { null or "i1" => [Word], "i0" => [PastWord], _ => [] });

    public Task SaveAsync(IReadOnlyList<CauseFeedback> said, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CauseFeedback>> ListAsync(Scope? scope, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CauseFeedback>>(
        [
            new("i0", Scope.Default, T.AddDays(-7), [new JudgedCause(Cart, "bad-release", CauseVerdict.Confirmed)]),
            new("i9", Scope.Default, ApiHost.Now.AddSeconds(1), [new JudgedCause(Cart, "bad-release", CauseVerdict.Wrong)]),
        ]);

    public Task<IReadOnlyList<IncidentExample>> ExamplesAsync(int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>What is answered to commands; null answers nothing.</summary>
    public Func<Command, CommandOutcome?> Answer { get; set; } =
        command => new CommandOutcome(command.Id, true, "", "subject");

    /// <summary>Commands seen.</summary>
    public List<Command> Commands { get; } = [];

    /// <summary>What the inbox was last asked for.</summary>
    public AlertQuery? Asked { get; private set; }

    public SeriesQuery? AskedSeries { get; private set; }

    /// <summary>Raw points by metric, for who asks for one by name.</summary>
    public Dictionary<string, SeriesRange[]> Raw { get; } = [];

    public SeriesCounts? Series { get; set; }

    public long NextOffset => 0;

    public void Run(CancellationToken cancellationToken) => _ = Task.Run(
        async () =>
        {
            var next = 0L;
            while (!cancellationToken.IsCancellationRequested)
            {
                var entries = await log.ReadAsync(Topics.Commands, 0, next, 1, cancellationToken);
                foreach (var command in entries.Select(entry => SignalsJson.Decode<Command>(entry.Payload.Span)))
                {
                    Commands.Add(command);
                    if (Answer(command) is { } answer)
                    {
                        await log.AppendAsync(Topics.Outcomes, 0, SignalsJson.Encode(answer), cancellationToken);
                    }
                }

                next = entries[^1].Offset + 1;
            }
        },
        cancellationToken);

    Task<Alert?> IAlertStore.FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(
            id == Alert.Id ? Alert
            : id == Past.Id ? Alert with
            {
                Id = "i0",
                Comments =
                [
                    new AlertComment(T.AddDays(-7), "ada", "Acknowledged."),
                    new AlertComment(T.AddDays(-7), "ada", "The new image lacks a library."),
                ],
            }
            : null);

    Task<AlertPage> IAlertStore.ListAsync(AlertQuery query, CancellationToken cancellationToken)
    {
        Asked = query;
        return Task.FromResult(new AlertPage([Alert], 1));
    }

    public Task<IReadOnlyList<Silence>> SilencesAsync(
        Scope? scope, DateTimeOffset at, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Silence>>([Silence]);

    public Task<IReadOnlyList<Notification>> NotificationsAsync(
        string? alertId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Notification>>([Notification]);

    Task<Incident?> IIncidentStore.FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(id == Incident.Id ? Incident : id == Past.Id ? Past : null);

    public Task<IReadOnlyList<Incident>> ListAsync(
        Scope? scope, bool openOnly, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Incident>>(openOnly ? [Incident] : [Incident, Past]);

    Task<Operation?> IOperationStore.FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(id == Operation.Id ? Operation : null);

    public Task<IReadOnlyList<Operation>> ListAsync(
        string? incidentId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Operation>>(incidentId == Past.Id ? [PastOperation] : [Operation]);

    public Task<bool> KillSwitchAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public IReadOnlyList<Policy> All() => [Policy];

    public GraphSnapshot Now(Scope scope) => new(
        T,
        [new GraphNode(Cart, ImmutableSortedDictionary<string, string>.Empty.Add("replicas", "2"), true, [new Label("cart-1", "node1")])],
        [new Relation(RelationKind.RunsOn, Cart, new EntityRef(Scope.Default, "-", "Node", "node1"))]);

    public ValueTask<IReadOnlyList<SeriesKey>> SeriesAsync(SeriesQuery query, CancellationToken cancellationToken)
    {
        AskedSeries = query;
        return ValueTask.FromResult<IReadOnlyList<SeriesKey>>(
            query.Metric is { } metric ? [.. RawOf(query, metric).Select(range => range.Series)] : [Errors]);
    }

    public ValueTask<IReadOnlyList<SeriesRange>> RangeAsync(SeriesQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<SeriesRange>>(query.Metric is { } metric
            ? RawOf(query, metric)
            : [new SeriesRange(Errors, [1, 2], [1.5, double.NaN])]);

    public ValueTask<IReadOnlyList<SeriesRange>> AggregateAsync(
        SeriesQuery query, TimeSpan step, Aggregate aggregate, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<SeriesRange>>(query.Metric is { } metric
            ? RawOf(query, metric)
            : [new SeriesRange(Errors, [(long)step.TotalSeconds], [(double)aggregate])]);

    public ValueTask<IReadOnlyList<LogRecord>> SearchLogsAsync(TextQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<LogRecord>>(
            [new LogRecord(T, Cart, "cart-1", "app", query.MinSeverity, query.Text, "", "", [])]);

    public ValueTask<IReadOnlyList<KubeEvent>> SearchEventsAsync(TextQuery query, CancellationToken cancellationToken) =>
        throw new HistoryLimitException("Too wide.");

    public ValueTask<IReadOnlyList<ChangeEvent>> SearchChangesAsync(
        TextQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ChangeEvent>>(
            [new ChangeEvent(T, Cart, ChangeKind.Image, "Image v2.", "v1", "v2", "2", "")]);

    public ValueTask<IReadOnlyList<KubeObject>> ObjectsAtAsync(
        Scope scope, DateTimeOffset at, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KubeObject>>([CartAt(at < T ? "1" : "2")]);

    public ValueTask AppendAsync(
        long offset, SignalBatch batch, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask FlushAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(
        IReadOnlyList<Alert> alerts,
        IReadOnlyList<Silence> silences,
        IReadOnlyList<Notification> notifications,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(IReadOnlyList<Incident> incidents, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SaveAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Operation>> LiveAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SetKillSwitchAsync(
        bool engaged, string actor, DateTimeOffset at, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public LibraryStanding Standing => new("/runbooks", 1, 0, T, "");

    public IReadOnlyList<TextMatch> Search(TextQuestion query, int limit)
    {
        var index = new TextIndex(new TextIndexLimits(10, 10_000));
        index.Put(Runbook);
        return index.Search(query, limit);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Lets a gauge of cart have been measured, every 15 seconds and for an hour before.</summary>
    public void Measure(string metric, DateTimeOffset from, DateTimeOffset to, Func<DateTimeOffset, double> value) =>
        Raw[metric] = [Points(new SeriesKey(Cart, metric, [], MetricKind.Gauge), from.AddHours(-1), to, TimeSpan.FromSeconds(15), value)];

    /// <summary>Points of a series.</summary>
    public static SeriesRange Points(
        SeriesKey series, DateTimeOffset from, DateTimeOffset to, TimeSpan step, Func<DateTimeOffset, double> value)
    {
        DateTimeOffset[] at = [.. Enumerable.Range(0, (int)((to - from) / step)).Select(index => from + (index * step))];
        return new SeriesRange(series, [.. at.Select(one => one.ToUnixTimeMilliseconds())], [.. at.Select(value)]);
    }

    private SeriesRange[] RawOf(SeriesQuery query, string metric) =>
    [
        .. Raw.GetValueOrDefault(metric, []).Where(range => (query.Entity is not { } entity || range.Series.Entity == entity)
            && query.Labels.All(label => range.Series.LabelOrNull(label.Name) == label.Value)),
    ];

    private static KubeObject CartAt(string version) => new(
        T, Cart, "u1", version, false, [],
        ImmutableSortedDictionary<string, string>.Empty.Add(KubeFacts.Images, $"cart=shop/cart:{version}"),
        [new Relation(RelationKind.Mounts, Cart, Cart with { Kind = EntityKinds.ConfigMap, Name = $"cart-{version}" })]);
}
