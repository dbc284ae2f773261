using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Web;
using CaaS.Client;
using CaaS.Client.Wire;

namespace CaaS.Web.Tests;

/// <summary>The platform's API in memory: answers what the client asks, keeps what it is told, fails when it is told
/// to.</summary>
public sealed class FakeApi : HttpMessageHandler
{
    private const string Root = "/api/v1/";

    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<PipeWriter> _feeds = new();

    public Me Me { get; set; } = new("ada", Role.Operator);

    public List<Alert> Alerts { get; set; } = [];

    public Dictionary<string, Incident> Incidents { get; } = [];

    public List<Operation> Operations { get; set; } = [];

    public List<SimilarIncident> Similar { get; } = [];

    public List<DocumentMatch> Documents { get; } = [];

    public List<Feedback> Feedback { get; } = [];

    public ModelReport Models { get; set; } = new("", []);

    public List<Comment> Comments { get; } = [];

    public List<Notification> Notifications { get; } = [];

    public List<Policy> Policies { get; set; } = [];

    public List<AuditEntry> Audit { get; } = [];

    public Graph Graph { get; set; } = new(Given.Now, [], []);

    public GraphDiff Diff { get; set; } = new(Given.Now, Given.Now, [], [], [], [], []);

    public bool KillSwitch { get; set; }

    public PlatformStatus Status { get; set; } = Given.Status;

    public Doctor Doctor { get; set; } = new(Given.Now, false, [new("history", true, "Everything is written.", "")]);

    public List<Series> Series { get; set; } = [];

    public List<LogLine> Logs { get; set; } = [];

    public List<EventLine> Events { get; set; } = [];

    public List<ChangeLine> Changes { get; set; } = [];

    public BacktestReport Backtest { get; set; } = Given.Backtest();

    public List<SeriesForecast> Forecasts { get; set; } = [];

    /// <summary>Points of one metric of one entity.</summary>
    public Func<string, string, DateTimeOffset, DateTimeOffset, SeriesPoints> Points { get; set; } = Given.Points;

    /// <summary>Answers a command; by default it is done and kept.</summary>
    public Func<string, Outcome>? Command { get; set; }

    /// <summary>Outcome of a command that was pending.</summary>
    public Outcome? Later { get; set; }

    /// <summary>Refuses requests with a status and a reason; null lets them pass.</summary>
    public Func<string, (HttpStatusCode Status, string Why)?> Refuse { get; set; } = _ => null;

    /// <summary>Holds requests back until its task ends.</summary>
    public Func<string, Task> Hold { get; set; } = _ => Task.CompletedTask;

    /// <summary>Every request so far, as <c>GET alerts?status=open</c>, with the body of what changes
    /// something.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Feeds opened so far.</summary>
    public int FeedCount => _feeds.Count;

    /// <summary>How often something was asked.</summary>
    public int Count(string start) => Requests.Count(request => request.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Says on every open feed that something changed.</summary>
    public Task SayAsync(FeedKind kind, string id) =>
        SayAsync($"data: {JsonSerializer.Serialize(new FeedEvent(kind, id, 1), CaaSJson.Options)}\n\n");

    /// <summary>Writes on every open feed.</summary>
    public async Task SayAsync(string text)
    {
        foreach (var feed in _feeds)
        {
            await feed.WriteAsync(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Breaks every open feed off.</summary>
    public async Task BreakFeedsAsync()
    {
        while (_feeds.TryDequeue(out var feed))
        {
            await feed.CompleteAsync(new IOException("The connection was reset."));
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery[Root.Length..];
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        _requests.Enqueue($"{request.Method} {path}{(body.Length > 0 ? " " + body : "")}");
        await Hold(path).WaitAsync(cancellationToken);
        if (Refuse(path) is { } refusal)
        {
            return Json(new { title = "Refused", detail = refusal.Why }, refusal.Status);
        }

        if (path == "feed")
        {
            return OpenFeed();
        }

        if (request.Method != HttpMethod.Get)
        {
            var outcome = Command is null ? Obey(path.Split('/'), body) : Command($"{request.Method} {path}");
            return Json(outcome, outcome.State == OutcomeState.Refused ? HttpStatusCode.Conflict : HttpStatusCode.OK);
        }

        var answer = Answer(path.Split('?')[0].Split('/'), HttpUtility.ParseQueryString(request.RequestUri.Query));
        return answer is null ? Json(new { title = "Not found" }, HttpStatusCode.NotFound) : Json(answer, HttpStatusCode.OK);
    }

    private static HttpResponseMessage Json(object answer, HttpStatusCode status) =>
        new(status) { Content = JsonContent.Create(answer, answer.GetType(), options: CaaSJson.Options) };

    private static bool Has(NameValueCollection query, string name, string value) =>
        query[name] is null || string.Equals(query[name], value, StringComparison.OrdinalIgnoreCase);

    private static int Number(NameValueCollection query, string name) =>
        int.Parse(query[name] ?? "0", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(NameValueCollection query, string name) =>
        DateTimeOffset.Parse(query[name]!, CultureInfo.InvariantCulture);

    private HttpResponseMessage OpenFeed()
    {
        var pipe = new Pipe();
        _feeds.Enqueue(pipe.Writer);
        return new(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) };
    }

    private object? Answer(string[] path, NameValueCollection query) => path switch
    {
        ["me"] => Me,
        ["alerts"] => Page(query),
        ["alerts", var id] => Alerts.Find(alert => alert.Id == id) is { } alert
            ? new AlertDetail(alert, Comments, [], Notifications) : null,
        ["incidents", var id] => Incidents.GetValueOrDefault(Uri.UnescapeDataString(id)),
        ["incidents", _, "similar"] => Similar.Take(Number(query, "limit")).ToArray(),
        ["incidents", _, "documents"] => Documents.Take(Number(query, "limit")).ToArray(),
        ["incidents", _, "feedback"] => Feedback,
        ["accuracy"] => new Accuracy(new(3, 4, 0.3, 0.95), new(4, 4, 0.51, 1), 4, 1, 0, 0.83, new(3, 4, 0.3, 0.95)),
        ["models"] => Models,
        ["operations"] => Operations.Where(one => Has(query, "incident", one.IncidentId)).Take(Number(query, "limit")).ToArray(),
        ["policies"] => Policies,
        ["kill-switch"] => new KillSwitch(KillSwitch),
        ["topology"] => Graph,
        ["topology", "diff"] => Diff with { From = Instant(query, "from"), To = Instant(query, "to") },
        ["audit"] => Audit.Take(Number(query, "limit")).ToArray(),
        ["series"] => Series,
        ["series", "range"] => new[]
        {
            Points(query["entity"]!, query["metric"]!, Instant(query, "from"), Instant(query, "to")),
        },
        ["backtests"] => Backtest,
        ["forecasts"] => Forecasts,
        ["logs"] => Logs.Take(Number(query, "limit")).ToArray(),
        ["events"] => Events,
        ["changes"] => Changes,
        ["status"] => Status,
        ["doctor"] => Doctor,
        ["commands", _] => Later,
        _ => null,
    };

    private AlertPage Page(NameValueCollection query)
    {
        var statuses = query.GetValues("status") ?? [];
        var text = query["text"] ?? "";
        var matching = Alerts.Where(alert =>
            statuses.Contains(alert.Status.ToString(), StringComparer.OrdinalIgnoreCase)
            && Has(query, "assignee", alert.Assignee)
            && Has(query, "silenced", (alert.SilencedUntil is not null).ToString())
            && (alert.Title + alert.Verdict + alert.Entity).Contains(text, StringComparison.OrdinalIgnoreCase)).ToArray();
        return new AlertPage([.. matching.Skip(Number(query, "offset")).Take(Number(query, "limit"))], matching.Length);
    }

    private Outcome Obey(string[] path, string body)
    {
        switch (path)
        {
            case ["alerts", var id, var verb]:
                var index = Alerts.FindIndex(alert => alert.Id == id);
                Alerts[index] = verb switch
                {
                    "acknowledge" => Alerts[index] with { Status = AlertStatus.Acknowledged, Assignee = Me.Name },
                    "resolve" => Alerts[index] with { Status = AlertStatus.Resolved, ResolvedAt = Given.Now },
                    "assign" => Alerts[index] with { Assignee = Me.Name },
                    _ => Alerts[index],
                };
                break;
            case ["operations", var id, var verb]:
                Operations = [.. Operations.Select(one => one.Id != id ? one : one with
                {
                    Status = verb == "approve" ? OperationStatus.Executing : OperationStatus.Rejected,
                })];
                break;
            case ["kill-switch"]:
                KillSwitch = body.Contains("true", StringComparison.Ordinal);
                break;
        }

        return new Outcome("c1", OutcomeState.Done, "", "");
    }
}
