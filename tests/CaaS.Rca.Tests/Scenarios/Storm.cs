using System.Collections.Immutable;
using System.Globalization;
using CaaS.Analytics;
using CaaS.Signals;

namespace CaaS.Rca.Tests.Scenarios;

/// <summary>A cluster of a hundred services in ten namespaces on four nodes with three hundred pods each, and a smaller
/// application on two nodes of its own; played second by second.</summary>
/// <remarks>In each namespace s0 calls s1 to s3, and each of these two of s4 to s9; in the namespace <c>apart</c> s0 calls
/// s1, which calls s2.</remarks>
internal sealed class Storm
{
    public const int Spaces = 10;
    public const int PodsPerNode = 300;

    private const int PerSpace = 10;
    private const int Replicas = 12;
    private const int Nodes = 4;

    private readonly Dictionary<string, Anomaly> _raised = new(StringComparer.Ordinal);
    private readonly List<(EntityRef Pod, EntityRef Workload, string Node)> _pods = [];
    private readonly SortedDictionary<int, Action> _plan = [];
    private readonly List<Anomaly> _anomalies = [];
    private readonly List<KubeObject> _objects = [];
    private readonly List<KubeEvent> _events = [];
    private readonly List<ChangeEvent> _changes = [];
    private readonly RcaEngine _engine = new(new RcaOptions(), Scope.Default);
    private string _silent = "";
    private int _second;
    private long _offset;

    public Storm()
    {
        for (var node = 0; node < Nodes + 2; node++)
        {
            TellNode($"n{node}", "true");
        }

        for (var space = 0; space < Spaces; space++)
        {
            for (var service = 0; service < PerSpace; service++)
            {
                Deploy(Workload($"team{space}", service), Replicas, replica => $"n{replica % Nodes}");
            }
        }

        for (var service = 0; service < 3; service++)
        {
            Deploy(Workload("apart", service), 2, replica => $"n{Nodes + replica}");
        }
    }

    public List<IncidentRecord> Records { get; } = [];

    /// <summary>Newest state of each incident that was not merged into another.</summary>
    public Incident[] Incidents =>
        [.. Records.Select(record => record.Incident).GroupBy(incident => incident.Id).Select(group => group.Last())
            .Where(incident => incident.Status != IncidentStatus.Merged)];

    private DateTimeOffset Now => Shop.Start.AddSeconds(_second);

    public static EntityRef Workload(string space, int service) => Shop.Workload($"s{service}", space);

    public void RunTo(int second)
    {
        for (; _second < second; _second++)
        {
            if (_plan.TryGetValue(_second, out var act))
            {
                act();
            }

            Step(new SignalBatch
            {
                Scope = Scope.Default,
                Source = "kubernetes",
                Objects = Drain(_objects),
                Events = Drain(_events),
                Changes = Drain(_changes),
                Metrics = _second % 5 == 0 ? Scrape() : MetricColumns.Empty,
            });
        }
    }

    /// <summary>The first node falls silent; requests to its pods fail until it is told to be lost, 40 s later; then its
    /// pods are made anew elsewhere, and it comes back.</summary>
    public void LoseNode(int at)
    {
        At(at, () => _silent = "n0");
        for (var space = 0; space < Spaces; space++)
        {
            var team = $"team{space}";
            At(at + 8 + space % 4, () => Fail(team, 0.25));
            At(at + 75 + space % 4, () => Recover(team));
        }

        At(at + 40, () =>
        {
            TellNode("n0", "unknown");
            _events.Add(Warn(Shop.NodeRef("n0"), "NodeNotReady"));
            foreach (var (pod, workload, _) in _pods.Where(pod => pod.Node == "n0"))
            {
                TellPod(pod, workload, "n0", isReady: false);
                _events.Add(Warn(pod, "NodeNotReady"));
            }

            TellWorkloads(Replicas - (Replicas / Nodes));
        });
        At(at + 340, () =>
        {
            foreach (var (pod, workload, _) in _pods.Where(pod => pod.Node == "n0").ToArray())
            {
                _objects.Add(Pod(pod, workload, "n0", isReady: false) with { IsDeleted = true });
                StartPod(pod with { Name = $"{pod.Name}-again" }, workload, "n1");
            }

            _pods.RemoveAll(pod => pod.Node == "n0");
        });
        At(at + 350, () => TellWorkloads(Replicas));
        At(at + 400, () => TellNode("n0", "true"));
    }

    /// <summary>A release of the last service of the application apart that crashes, and what its callers see of
    /// it.</summary>
    public void BreakApart(int at)
    {
        var broken = Workload("apart", 2);
        At(at, () => _changes.Add(new ChangeEvent(Now, broken, ChangeKind.Image, "s2: image changed", "1.0", "1.1", "2", "")));
        At(at + 6, () =>
        {
            foreach (var (pod, workload, node) in _pods.Where(pod => pod.Workload == broken))
            {
                _objects.Add(Pod(pod, workload, node, isReady: false, (KubeFacts.Restarts, "2"), (KubeFacts.WaitingReason, "CrashLoopBackOff"),
                    (KubeFacts.LastTerminationReason, "Error"), (KubeFacts.LastExitCode, "1"), (KubeFacts.LastTerminationTime, Text(Now))));
            }

            TellWorkload(broken, 2, 0);
            Raise(Workload("apart", 1), "http_client_errors", [new Label("peer", "s2")], 1);
            Raise(Workload("apart", 1), "http_server_errors", [], 1);
            Raise(Workload("apart", 0), "http_client_errors", [new Label("peer", "s1")], 1);
            Raise(Workload("apart", 0), "http_server_errors", [], 1);
        });
    }

    private static IEnumerable<(int Caller, int Callee)> CallsIn(string space) =>
        space == "apart" ? [(0, 1), (1, 2)] : Enumerable.Range(1, PerSpace - 1).Select(callee => (callee <= 3 ? 0 : (callee - 2) / 2, callee));

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private static ImmutableArray<T> Drain<T>(List<T> items)
    {
        ImmutableArray<T> taken = [.. items];
        items.Clear();
        return taken;
    }

    private void At(int second, Action act) => _plan[second] = _plan.TryGetValue(second, out var earlier) ? earlier + act : act;

    private void Fail(string space, double share)
    {
        foreach (var (caller, callee) in CallsIn(space))
        {
            Raise(Workload(space, caller), "http_client_errors", [new Label("peer", $"s{callee}")], share);
            Raise(Workload(space, caller), "http_server_errors", [], share);
        }
    }

    private void Raise(EntityRef entity, string signal, Label[] labels, double observed)
    {
        var key = $"{entity}|{signal}|{string.Join(',', labels)}";
        var known = _raised.GetValueOrDefault(key);
        var anomaly = new Anomaly(known?.Id ?? $"{key}@{_second}", entity, AnomalyKind.Metric, signal, [.. labels], SignalRole.Errors,
            known is null ? AnomalyState.Raised : AnomalyState.Updated, known?.Onset ?? Now.AddSeconds(-3), Now, 1e-9, 9, observed, 0, 0.005, "ratio", "");
        _raised[key] = anomaly;
        _anomalies.Add(anomaly);
    }

    private void Recover(string space)
    {
        foreach (var (key, anomaly) in _raised.Where(pair => pair.Value.Entity.Namespace == space).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray())
        {
            _anomalies.Add(anomaly with { State = AnomalyState.Cleared, At = Now, Observed = 0 });
            _raised.Remove(key);
        }
    }

    private KubeEvent Warn(EntityRef entity, string reason) =>
        new(Now, $"{entity}-{reason}", entity, entity, reason, "Node is not ready", true, 1);

    private void Deploy(EntityRef workload, int replicas, Func<int, string> nodeOf)
    {
        TellWorkload(workload, replicas, replicas);
        _objects.Add(Object(workload with { Kind = EntityKinds.Service }, [], [], (KubeFacts.Selector, $"app={workload.Name}")));
        for (var replica = 0; replica < replicas; replica++)
        {
            StartPod(workload with { Kind = EntityKinds.Pod, Name = $"{workload.Name}-{replica}" }, workload, nodeOf(replica));
        }
    }

    private void StartPod(EntityRef pod, EntityRef workload, string node)
    {
        _pods.Add((pod, workload, node));
        TellPod(pod, workload, node, isReady: true);
    }

    private void TellNode(string name, string ready) => _objects.Add(Object(
        Shop.NodeRef(name), [], [], (KubeFacts.Ready, ready), (KubeFacts.ReadySince, Text(Now)), (KubeFacts.CreatedAt, Text(Shop.Start.AddDays(-9)))));

    private void TellWorkloads(int ready)
    {
        foreach (var workload in _pods.Select(pod => pod.Workload).Where(workload => workload.Namespace != "apart").Distinct())
        {
            TellWorkload(workload, Replicas, ready);
        }
    }

    private void TellWorkload(EntityRef workload, int replicas, int ready) => _objects.Add(Object(
        workload, [], [], (KubeFacts.Replicas, $"{replicas}"), (KubeFacts.ReadyReplicas, $"{ready}"), (KubeFacts.CreatedAt, Text(Shop.Start.AddDays(-2)))));

    private void TellPod(EntityRef pod, EntityRef workload, string node, bool isReady) => _objects.Add(Pod(pod, workload, node, isReady));

    private KubeObject Pod(EntityRef pod, EntityRef workload, string node, bool isReady, params (string Key, string Value)[] facts) => Object(
        pod, [new(RelationKind.Owns, workload, pod), new(RelationKind.RunsOn, pod, Shop.NodeRef(node))], [new Label("app", workload.Name)],
        [(KubeFacts.Ready, isReady ? "true" : "false"), (KubeFacts.NodeName, node), (KubeFacts.CreatedAt, Text(Shop.Start.AddDays(-1))), .. facts]);

    private KubeObject Object(EntityRef entity, Relation[] relations, Label[] labels, params (string Key, string Value)[] facts) =>
        new(Now, entity, $"u-{entity}", $"{_second}", false, [.. labels],
            facts.ToImmutableSortedDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal), [.. relations]);

    private MetricColumns Scrape()
    {
        var columns = new MetricColumnsBuilder();
        var ms = Now.ToUnixTimeMilliseconds();
        foreach (var (pod, workload, _) in _pods.Where(pod => pod.Node != _silent))
        {
            var label = new Label("pod", pod.Name);
            columns.Add(new SeriesKey(workload, "container_memory_working_set_bytes", [label, new Label("container", "app")], MetricKind.Gauge), ms, 1e8);
            foreach (var (_, callee) in CallsIn(workload.Namespace).Where(call => $"s{call.Caller}" == workload.Name))
            {
                columns.Add(new SeriesKey(workload, "http_client_request_duration_seconds_count", [label, new Label("server_address", $"s{callee}")], MetricKind.Counter), ms, _second);
            }
        }

        return columns.Drain();
    }

    private void Step(SignalBatch batch) => Records.AddRange(_engine.Step(_offset++, batch, Drain(_anomalies), Now));
}
