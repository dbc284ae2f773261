using System.Collections.Immutable;
using System.Globalization;
using CaaS.Analytics;
using CaaS.Signals;

namespace CaaS.Rca.Tests.Scenarios;

/// <summary>A small shop on two nodes whose signals are made up second by second, and the engine that watches
/// it.</summary>
/// <remarks>
/// loadgen → gateway → {catalogue, cart, checkout}; checkout → {payment, stock, cart}; catalogue → stock.
/// node1 holds loadgen, gateway, catalogue and cart; node2 checkout, payment and stock. One core each. A twin shop runs
/// every service on both nodes, which say they have two cores.
/// </remarks>
internal sealed class Shop
{
    public static readonly (string Caller, string Callee)[] Calls =
    [
        ("loadgen", "gateway"), ("gateway", "catalogue"), ("gateway", "cart"), ("gateway", "checkout"),
        ("checkout", "payment"), ("checkout", "stock"), ("checkout", "cart"), ("catalogue", "stock"),
    ];

    private readonly SortedDictionary<string, Pod> _pods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _revisionOf = [];
    private readonly Dictionary<string, Anomaly> _raised = [];
    private readonly SortedDictionary<int, List<Action>> _plan = [];
    private readonly List<Anomaly> _anomalies = [];
    private readonly HashSet<string> _silentNodes = [];
    private readonly HashSet<string> _deployed = [];
    private readonly bool _isTwin;
    private long _offset;
    private long _version;

    public Shop(RcaOptions? options = null, bool isTwin = false)
    {
        _isTwin = isTwin;
        Engine = new RcaEngine(options ?? new RcaOptions(), Scope.Default);
        Node("node1", "true");
        Node("node2", "true");
        foreach (var (name, node) in new[]
        {
            ("loadgen", "node1"), ("gateway", "node1"), ("catalogue", "node1"), ("cart", "node1"),
            ("checkout", "node2"), ("payment", "node2"), ("stock", "node2"),
        })
        {
            Deploy(name, node, -3600);
            if (name != "loadgen")
            {
                if (isTwin)
                {
                    StartPod(name, node == "node1" ? "node2" : "node1", -3600);
                    SendWorkload(name, "shop", 2, 2);
                }

                Send(Object(new EntityRef(Scope.Default, "shop", EntityKinds.Service, name), [], Facts((KubeFacts.Selector, $"app={name}"))));
            }
        }
    }

    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public RcaEngine Engine { get; set; }

    public List<IncidentRecord> Records { get; } = [];

    /// <summary>Everything sent, so that it can be stepped again.</summary>
    public List<(long Offset, SignalBatch Batch, Anomaly[] Anomalies, DateTimeOffset Now)> Sent { get; } = [];

    public bool ObserveOnly { get; set; }

    public int Second { get; private set; }

    public DateTimeOffset Now => Start.AddSeconds(Second);

    /// <summary>Newest state of each incident.</summary>
    public Incident[] Incidents => [.. Records.Select(r => r.Incident).GroupBy(i => i.Id).Select(g => g.Last())];

    public Incident[] OpenIncidents => [.. Incidents.Where(i => i.Status is IncidentStatus.Open or IncidentStatus.Mitigated)];

    public static EntityRef Workload(string name, string space = "shop") => new(Scope.Default, space, EntityKinds.Deployment, name);

    public static EntityRef NodeRef(string name) => new(Scope.Default, EntityRef.NoNamespace, EntityKinds.Node, name);

    public Shop At(int second, Action act)
    {
        if (!_plan.TryGetValue(second, out var acts))
        {
            acts = [];
            _plan.Add(second, acts);
        }

        acts.Add(act);
        return this;
    }

    public Shop RunTo(int second)
    {
        for (; Second < second; Second++)
        {
            if (_plan.TryGetValue(Second, out var acts))
            {
                foreach (var act in acts)
                {
                    act();
                }
            }

            if (Second % 5 == 0)
            {
                Scrape();
            }

            Step(SignalBatch.Tick(Scope.Default));
        }

        return this;
    }

    public void Deploy(string name, string node, int bornAt, string space = "shop")
    {
        _revisionOf[name] = 1;
        _deployed.Add($"{space}/{name}");
        SendWorkload(name, space, 1, 1);
        StartPod(name, node, bornAt, space: space);
    }

    public string StartPod(string name, string node, int bornAt, bool isReady = true, string space = "shop")
    {
        var set = new EntityRef(Scope.Default, space, EntityKinds.ReplicaSet, $"{name}-r{_revisionOf[name]}");
        Send(Object(set, [new Relation(RelationKind.Owns, Workload(name, space), set)], Facts()));
        var pod = new Pod($"{set.Name}-{_pods.Count}", _pods.Count, name, space, node, set, Start.AddSeconds(bornAt)) { IsReady = isReady };
        _pods.Add(pod.Name, pod);
        SendPod(pod);
        return pod.Name;
    }

    public string PodOf(string name) => _pods.Values.Where(pod => pod.Service == name && !pod.IsGone && !pod.IsTerminating).MaxBy(pod => pod.Index)!.Name;

    public Pod On(string name, string node) => _pods.Values.First(pod => pod.Service == name && pod.Node == node && !pod.IsGone);

    public Pod Find(string pod) => _pods[pod];

    public void Alter(string pod, Action<Pod> change)
    {
        change(_pods[pod]);
        SendPod(_pods[pod]);
    }

    /// <summary>Ends a pod the planned way.</summary>
    public void StopPod(string pod)
    {
        Alter(pod, p => { p.IsTerminating = true; p.IsReady = false; });
        Alter(pod, p => p.IsGone = true);
    }

    public void Crash(string pod, string reason, string exitCode, bool isWaiting = true) => Alter(pod, p =>
    {
        p.Restarts++;
        p.EndReason = reason;
        p.ExitCode = exitCode;
        p.EndedAt = Now;
        p.IsReady = false;
        p.Waiting = isWaiting ? "CrashLoopBackOff" : "";
    });

    public void Change(string name, ChangeKind kind, string summary, string actor = "", string space = "shop", int? at = null,
        string before = "", string after = "") =>
        Step(new SignalBatch
        {
            Scope = Scope.Default,
            Source = "kubernetes",
            Changes = [new ChangeEvent(at is { } second ? Start.AddSeconds(second) : Now, Workload(name, space), kind, summary, before, after,
                _revisionOf[name].ToString(CultureInfo.InvariantCulture), actor)],
        });

    /// <summary>Somebody asks for another number of pods.</summary>
    public void Scale(string name, int from, int to) => Step(new SignalBatch
    {
        Scope = Scope.Default,
        Source = "kubernetes",
        Changes = [new ChangeEvent(Now, Workload(name), ChangeKind.Replicas, $"{name} was scaled from {from} to {to}", $"{from}", $"{to}", "", "")],
    });

    /// <summary>Somebody changes a network policy of the shop.</summary>
    public void ChangePolicy(string name) => Step(new SignalBatch
    {
        Scope = Scope.Default,
        Source = "kubernetes",
        Changes = [new ChangeEvent(Now, new EntityRef(Scope.Default, "shop", EntityKinds.NetworkPolicy, name), ChangeKind.NetworkPolicy,
            $"NetworkPolicy shop/{name} was created", "", "created", "", "")],
    });

    /// <summary>What a network counted of the calls in the last half minute, on both sides; a refused flow is let out
    /// and refused where it arrives.</summary>
    public void Flow(string caller, string callee, string deniedBy = "", bool isDenied = false, long retransmits = 0)
    {
        FlowRecord Side(bool isAtDestination) => new(
            Now, TimeSpan.FromSeconds(30), Workload(caller), Workload(callee), 8080, isAtDestination, 20, 9000, 900, retransmits, 0,
            isDenied && isAtDestination, isAtDestination ? deniedBy : "");
        Step(new SignalBatch { Scope = Scope.Default, Source = "calico", Flows = [Side(false), Side(true)] });
    }

    /// <summary>A warning event of a pod.</summary>
    public void Warn(Pod pod, string reason, string message = "it happened") =>
        Step(new SignalBatch
        {
            Scope = Scope.Default,
            Source = "kubernetes",
            Events = [new KubeEvent(Now, $"{pod.Name}-{reason}", new EntityRef(Scope.Default, pod.Space, EntityKinds.Pod, pod.Name),
                Workload(pod.Service, pod.Space), reason, message, true, 1)],
        });

    /// <summary>Every pod complains of the same every half minute, as in some clusters.</summary>
    public void Complain(string reason, int from, int to)
    {
        for (var second = from; second < to; second += 30)
        {
            At(second, () =>
            {
                foreach (var pod in _pods.Values.Where(pod => !pod.IsGone).ToArray())
                {
                    Warn(pod, reason);
                }
            });
        }
    }

    /// <summary>Replaces a service's pod by one of a new revision; the old one goes when the new one is
    /// there.</summary>
    public string Rollout(string name, ChangeKind kind, bool isReady = true, string actor = "", bool isHeard = true)
    {
        _revisionOf[name]++;
        var old = PodOf(name);
        var node = _pods[old].Node;
        if (isHeard)
        {
            Change(name, kind, $"{name}: {kind} changed", actor);
        }

        var pod = StartPod(name, node, Second, isReady: false);
        if (isReady)
        {
            At(Second + 4, () => { Alter(pod, p => p.IsReady = true); StopPod(old); });
        }
        else
        {
            At(Second + 2, () => StopPod(old));
        }

        return pod;
    }

    public void Node(string name, string ready, string pressure = "") => Send(Object(
        NodeRef(name), [], Facts((KubeFacts.Ready, ready), (KubeFacts.Pressure, pressure), (KubeFacts.AllocatableCpuCores, _isTwin ? "2" : "1"), (KubeFacts.CreatedAt, Start.AddDays(-9).ToString("O")),
            (KubeFacts.ReadySince, Now.ToString("O")))));

    /// <summary>State of anything.</summary>
    public void State(EntityRef entity, Relation[] relations, params (string Key, string Value)[] facts) =>
        Send(Object(entity, relations, Facts(facts)));

    /// <summary>A warning about anything.</summary>
    public void Warn(EntityRef entity, string reason, string message) => Step(new SignalBatch
    {
        Scope = Scope.Default,
        Source = "ceph",
        Events = [new KubeEvent(Now, $"{entity}-{reason}", entity, entity, reason, message, true, 1)],
    });

    /// <summary>A new node that has not been ready yet.</summary>
    public void Join(string name) => Send(Object(NodeRef(name), [], Facts((KubeFacts.Ready, "false"), (KubeFacts.CreatedAt, Now.ToString("O")))));

    public void Silence(string node) => _silentNodes.Add(node);

    public void Speak(string node) => _silentNodes.Remove(node);

    public void SendWorkload(string name, string space, int replicas, int ready) => Send(Object(
        Workload(name, space), [], Facts((KubeFacts.Replicas, replicas.ToString(CultureInfo.InvariantCulture)),
            (KubeFacts.ReadyReplicas, ready.ToString(CultureInfo.InvariantCulture)), (KubeFacts.CreatedAt, Start.AddSeconds(-3600).ToString("O")))));

    /// <summary>Requests served by a service fail or are slow.</summary>
    public void Serve(string name, SignalRole role, double observed, string space = "shop") =>
        Raise($"{name}|{role}", Workload(name, space), role, $"http_server_request_{role}", [], observed);

    /// <summary>Requests of one service to another fail or are slow.</summary>
    public void Call(string caller, string callee, SignalRole role, double observed) =>
        Raise($"{caller}>{callee}|{role}", Workload(caller), role, $"http_client_request_{role}", [new Label("peer", callee)], observed);

    public void Raise(
        string key, EntityRef entity, SignalRole role, string signal, Label[] labels, double observed, AnomalyKind kind = AnomalyKind.Metric, string text = "")
    {
        var unit = role switch { SignalRole.Errors => "ratio", SignalRole.Latency => "s", SignalRole.Memory => "bytes", _ => "" };
        var high = role == SignalRole.Errors ? 0.005 : role == SignalRole.Latency ? 0.05 : observed / 3;
        var anomaly = new Anomaly($"{key}@{Second}", entity, kind, signal, [.. labels], role, AnomalyState.Raised,
            Now.AddSeconds(-5), Now, 1e-9, 9, observed, 0, high, unit, text);
        if (_raised.TryGetValue(key, out var lasting))
        {
            anomaly = anomaly with { Id = lasting.Id, Onset = lasting.Onset, State = AnomalyState.Updated };
        }

        _raised[key] = anomaly;
        _anomalies.Add(anomaly);
    }

    public void Clear(string key)
    {
        if (_raised.Remove(key, out var anomaly))
        {
            _anomalies.Add(anomaly with { State = AnomalyState.Cleared, At = Now, Observed = 0 });
        }
    }

    public void ClearAll()
    {
        foreach (var key in _raised.Keys.Order(StringComparer.Ordinal).ToArray())
        {
            Clear(key);
        }
    }

    public void Step(SignalBatch batch)
    {
        var anomalies = _anomalies.ToArray();
        _anomalies.Clear();
        Sent.Add((_offset, batch, anomalies, Now));
        Records.AddRange(Engine.Step(_offset++, batch, anomalies, Now, ObserveOnly));
    }

    private static ImmutableSortedDictionary<string, string> Facts(params (string Key, string Value)[] facts) =>
        facts.ToImmutableSortedDictionary(fact => fact.Key, fact => fact.Value, StringComparer.Ordinal);

    private KubeObject Object(
        EntityRef entity, Relation[] relations, ImmutableSortedDictionary<string, string> facts, string uid = "", bool isDeleted = false, Label[]? labels = null) =>
        new(Now, entity, uid.Length > 0 ? uid : $"uid-{entity}", $"{++_version}", isDeleted, [.. labels ?? []], facts, [.. relations]);

    private void Send(params KubeObject[] objects) =>
        Step(new SignalBatch { Scope = Scope.Default, Source = "kubernetes", Objects = [.. objects] });

    private void SendPod(Pod pod)
    {
        var entity = new EntityRef(Scope.Default, pod.Space, EntityKinds.Pod, pod.Name);
        Relation[] relations = [new(RelationKind.Owns, pod.Set, entity), new(RelationKind.RunsOn, entity, NodeRef(pod.Node))];
        Send(Object(entity, relations, pod.Facts(), $"uid-{pod.Name}", pod.IsGone, [new Label("app", pod.Service)]));
    }

    private void Scrape()
    {
        var columns = new MetricColumnsBuilder();
        var ms = Now.ToUnixTimeMilliseconds();
        foreach (var pod in _pods.Values.Where(pod => !pod.IsGone && !_silentNodes.Contains(pod.Node)))
        {
            var entity = Workload(pod.Service, pod.Space);
            var label = new Label("pod", pod.Name);
            pod.CpuSeconds += pod.Cores * 5;
            columns.Add(new SeriesKey(entity, "container_cpu_usage_seconds_total", [label, new Label("container", "app")], MetricKind.Counter), ms, pod.CpuSeconds);
            columns.Add(new SeriesKey(entity, "container_memory_working_set_bytes", [label, new Label("container", "app")], MetricKind.Gauge), ms, pod.Bytes);
            pod.ServedTotal += pod.Served * 5 * (1 - (pod.FailedShare ?? 0));
            pod.ServedSeconds += pod.Served * 5 * pod.Latency;
            pod.MadeTotal += pod.Made * 5;
            columns.Add(new SeriesKey(entity, "http_server_request_duration_seconds_sum", [label], MetricKind.Counter), ms, pod.ServedSeconds);
            columns.Add(new SeriesKey(entity, "http_server_request_duration_seconds_count", [label], MetricKind.Counter), ms, pod.ServedTotal);
            if (pod.FailedShare is { } share)
            {
                pod.FailedTotal += pod.Served * 5 * share;
                columns.Add(new SeriesKey(entity, "http_server_request_duration_seconds_count", [label, new Label("http_response_status_code", "500")], MetricKind.Counter), ms, pod.FailedTotal);
            }

            foreach (var (_, callee) in Calls.Where(call => call.Caller == pod.Service))
            {
                columns.Add(new SeriesKey(entity, "http_client_request_duration_seconds_count", [label, new Label("server_address", callee)], MetricKind.Counter), ms, pod.MadeTotal);
            }
        }

        Step(new SignalBatch { Scope = Scope.Default, Source = "prometheus", Metrics = columns.Drain() });
    }
}
