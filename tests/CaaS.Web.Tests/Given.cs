using CaaS.Client.Wire;

namespace CaaS.Web.Tests;

/// <summary>What the tests start from: cart leaks memory since its last release, and its callers' users see
/// errors.</summary>
public static class Given
{
    public const string Cart = "shop/Deployment/cart";
    public const string Checkout = "shop/Deployment/checkout";
    public const string Gateway = "shop/Deployment/gateway";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset Onset = Now.AddMinutes(-7);

    public static PlatformStatus Status => new(
        "1.2.3", Now, Now.AddHours(-5), true, false,
        [new("history", true, 0, 0, ""), new("analytics", false, 1200, 95, "The oldest record waits for 95 s.")],
        [new("kubernetes", Now.AddSeconds(-2), 120_000)],
        new LearningStatus(4200, 130, 4060, 10, 0, new UnusualStatus(
            "shadow", 20_000, 3, 1, 1, 5_000_000, new Dictionary<string, int> { ["continuous"] = 3000, ["constant"] = 1200 },
            [new(Now.AddMinutes(-4), Cart, "process_cpu_cores", 1e-5, "process_cpu_cores is 0.8 cores, expected 0 to 0.1.")])));

    public static Alert Alert(string id, int minutesAgo = 5) => new(
        id, "acme/prod", 3, AlertStatus.Open, IncidentSeverity.High, IncidentStatus.Open, $"Errors in checkout ({id})",
        "Likely memory-leak in Deployment cart.", Cart, "memory-leak", 0.87, 6, Now.AddMinutes(-minutesAgo), Now, null, "",
        null, "", 0);

    public static List<Alert> Alerts(int count) => [.. Enumerable.Range(1, count).Select(number => Alert($"i{number}", number))];

    public static Incident Incident(string id) => new(
        id, "acme/prod", 4, IncidentStatus.Open, IncidentSeverity.Critical, Now.AddMinutes(-5), Onset, Now, null, "",
        "Errors in checkout", "Likely memory-leak in Deployment cart, since release 1.1.0 at 11:52:10.", VerdictState.Likely,
        [
            new(1, Cart, "memory-leak", 0.87, Onset.AddSeconds(-50),
                [
                    Evidence(EvidenceKind.Metric, Cart, -50, "Working set grows 5.1 MiB/s, 31 deviations above expected.", 4.2, "container_memory_working_set_bytes", 60e6, 110e6),
                    Evidence(EvidenceKind.State, Cart, 20, "OOMKilled 3 times in 4 minutes.", 3.1, "", null, null),
                    Evidence(EvidenceKind.Change, Cart, -50, "Image changed from shop:1.0.0 to shop:1.1.0.", 1.9, "", null, null),
                    Evidence(EvidenceKind.Topology, Gateway, 0, "One of the symptoms is not downstream of it.", -0.6, "", null, null),
                ],
                [Cart, Checkout, Gateway]),
            new(2, Checkout, "dependency-latency", 0.08, Onset,
                [Evidence(EvidenceKind.Metric, Checkout, 5, "p95 rose from 40 ms to 900 ms.", 1.2, "http_server_request_duration_seconds", null, 0.08)],
                [Checkout, Gateway]),
            new(3, "-/Node/node1", "cpu-contention", 0.03, Onset, [], ["-/Node/node1", Checkout]),
        ],
        [
            new(4, "shop/Deployment/stock", "bad-release", 0.0, Onset,
                [Evidence(EvidenceKind.State, "shop/Deployment/stock", 0, "All pods are ready and none restarted.", -5, "", null, null)], []),
        ],
        [
            new("s1", Gateway, "http_server_request_duration_seconds", Onset, null, "18 % of requests fail, expected below 1 %.", ""),
            new("s2", Checkout, "http_server_request_duration_seconds", Onset.AddSeconds(10), Now.AddMinutes(-1), "p95 is 900 ms, expected below 80 ms.", "gateway calls checkout"),
        ],
        [
            new(Onset.AddSeconds(-50), "change", Cart, "Image changed from shop:1.0.0 to shop:1.1.0."),
            new(Onset, "symptom", Gateway, "18 % of requests fail."),
            new(Onset.AddSeconds(20), "event", Cart, "OOMKilled."),
            new(Now.AddMinutes(-5), "incident", Gateway, "Opened."),
        ],
        ["shop/Service/gateway"], ["spans of payment"])
    {
        Impacted = ["shop/Service/checkout"],
        Harms =
        [
            new("shop/Service/gateway", 0.18, null, "up to 18 % of requests fail"),
            new("shop/Service/checkout", null, 11, "requests take up to 11 times what is usual (over)"),
        ],
        Completeness = 0.7,
        NextCheck = "Look at the latency of cart: it is not measured, and would tell cart from checkout.",
        OnsetEarliest = Onset.AddSeconds(-20),
        OnsetLatest = Onset.AddSeconds(5),
    };

    public static Operation Operation(string id, string incident) => new(
        id, "acme/prod", incident, "rollback-bad-release", OperationKind.Rollback, Cart,
        new Dictionary<string, string> { ["toRevision"] = "4" }, "The leak began with revision 5.", OperationStatus.Proposed, 2,
        Now.AddMinutes(-4), Now.AddMinutes(26),
        [new("rate", true, "1 of at most 3 operations this hour."), new("dry-run", true, "The API server accepts the change.")],
        "@@ spec.template @@\n-        image: shop:1.1.0\n+        image: shop:1.0.0\n",
        "Roll forward to revision 5.", null,
        [new(Now.AddMinutes(-4), OperationStatus.Proposed, "policy:rollback-bad-release", "Proposed.")]);

    public static SimilarIncident Similar(string id, Fit fit) => new(
        id, "Errors in checkout", "Likely memory-leak in Deployment cart.", IncidentStatus.Resolved, IncidentSeverity.High,
        Now.AddDays(-9), Now.AddDays(-9).AddMinutes(14), Cart, "memory-leak", 0.8, fit, 0.61, ["memory-leak", Cart],
        "ada confirmed the cause shop/Deployment/cart memory-leak.", "Rollback of shop/Deployment/cart helped. Over after 14 min.",
        [new("o0", OperationKind.Rollback, Cart, OperationStatus.Succeeded, "The symptoms are gone.")],
        [new(Now.AddDays(-9), "bob", "The cache never forgets.")]);

    public static SeriesPoints Points(string entity, string metric, DateTimeOffset from, DateTimeOffset to)
    {
        var times = Enumerable.Range(0, 12).Select(index => from + (index * (to - from) / 12)).ToArray();
        return new SeriesPoints(
            new Series(entity, metric, "gauge", []),
            [.. times.Select(time => time.ToUnixTimeMilliseconds())],
            [.. times.Select((_, index) => index == 5 ? null : (double?)(60e6 + (index * 9e6)))]);
    }

    /// <summary>Two firings, of which one belongs to the incident; another incident was missed, and one is of
    /// others.</summary>
    public static BacktestReport Backtest()
    {
        var series = new Series(Cart, "queue_length", "gauge", []);
        TestedIncident Incident(string id, int minute, bool isConcerned, IncidentRelation relation, double? delay) => new(
            id, $"Errors in checkout ({id})", Now.AddMinutes(minute), Now.AddMinutes(minute), Now.AddMinutes(minute + 5), isConcerned,
            relation, delay, delay is null ? 0 : 1);
        return new BacktestReport(
            Now.AddHours(-6), Now, null, 1, 4320, 12, 3, 1, 2, 8, 4,
            [
                new(series, Now.AddMinutes(-300), Now.AddMinutes(-297), 50, Now.AddMinutes(-299), "50 is above 10", IncidentRelation.None, ""),
                new(series, Now.AddMinutes(-61), null, 70, Now.AddMinutes(-50), "70 is above 10", IncidentRelation.SameEntity, "i1"),
            ],
            [
                Incident("i1", -60, true, IncidentRelation.SameEntity, -60), Incident("i2", -120, true, IncidentRelation.None, null),
                Incident("i3", -200, false, IncidentRelation.None, null),
            ],
            new(1, 2, 0.09, 0.91), new(1, 2, 0.09, 0.91), new(1, 2, 0.09, 0.91), new(1, 3, 0.06, 0.79));
    }

    /// <summary>A volume that is full in some days.</summary>
    public static SeriesForecast Forecast(CapacityAnswer? capacity) => new(
        new Series(Cart, "kubelet_volume_stats_used_bytes", "gauge", [new("persistentvolumeclaim", "carts")]), 3600, Now.AddHours(-4), Now,
        [1e9, 2e9, null, 3e9], [4e9, 5e9], [3.5e9, 4e9], [4.5e9, 6e9], [new("theta", 0.7), new("naive", 0.3)], capacity);

    public static Graph Graph() => new(
        Now,
        [
            Node(Gateway, true), Node(Checkout, true), Node(Cart, true), Node("shop/Deployment/stock", false),
            Node("other/Deployment/wiki", false), Node("-/Node/node1", false), Node("shop/Service/cart", false),
        ],
        [
            new("calls", Gateway, Checkout), new("calls", Checkout, Cart), new("calls", Checkout, "shop/Deployment/stock"),
            new("runsOn", Cart, "-/Node/node1"),
        ]);

    /// <summary>Puts one incident with everything into an API.</summary>
    public static void Everything(FakeApi api)
    {
        api.Alerts = [Alert("i1")];
        api.Incidents["i1"] = Incident("i1");
        api.Operations = [Operation("o1", "i1")];
        api.Comments.Add(new(Now.AddMinutes(-3), "bob", "Looking at cart."));
        api.Similar.Add(Similar("i0", Fit.Fits));
        api.Documents.Add(new(
            "memory/leaks.md", "A service leaks memory", "What to do", "1. Roll the release back.\n2. Take a heap dump.", Fit.Fits, 0.56,
            ["Memory leak", "OOMKilled"], [new(MentionKind.Reason, "OOMKilled")]));
        api.Notifications.Add(new("n1", "i1", "team-chat", NotificationReason.Opened, "Errors in checkout", Now.AddMinutes(-5), Now.AddMinutes(-5), 1, ""));
        api.Notifications.Add(new("n2", "i1", "pager", NotificationReason.Opened, "Errors in checkout", Now.AddMinutes(-5), null, 4, "503"));
        api.Graph = Graph();
        api.Policies = [new("rollback-bad-release", PolicyMode.Approve, "When a release is bad, roll it back.", "name: rollback-bad-release")];
        api.Audit.Add(new(Now, "ada", "operation.approve", "o1", new Dictionary<string, string> { ["reason"] = "yes" }, "c1", OutcomeState.Refused, "It has lapsed."));
        api.Series = [new(Cart, "container_memory_working_set_bytes", "gauge", []), new(Cart, "requests_total", "counter", [])];
        api.Logs = [new(Now, Cart, "cart-1", "cart", "error", "Out of memory", "", [])];
        api.Events = [new(Now, "shop/Pod/cart-1", Cart, "BackOff", "Back-off restarting", true, 3)];
        api.Changes = [new(Now, Cart, "image", "Image changed.", "shop:1.0.0", "shop:1.1.0", "5", "deployer")];
    }

    private static Evidence Evidence(
        EvidenceKind kind, string entity, int seconds, string text, double weight, string signal, double? low, double? high) =>
        new(kind, entity, Onset.AddSeconds(seconds), text, weight, signal, [], low, high);

    private static GraphNode Node(string entity, bool isAbnormal) => new(
        entity, new Dictionary<string, string> { ["replicas"] = "2" }, isAbnormal,
        entity.Contains("/Deployment/", StringComparison.Ordinal) ? [new(entity.Split('/')[2] + "-1", "node1")] : []);
}
