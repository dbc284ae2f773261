using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Analytics.Tests;

/// <summary>A small shop on a noisy machine, scraped every five seconds: seeded, second by second, and
/// breakable.</summary>
internal sealed class ShopWorld
{
    public const double MiB = 1024 * 1024;

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly double[] Bounds = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];

    private static readonly (string Name, string[] Calls, double BaseMs, int Pods)[] Plan =
    [
        ("loadgen", ["gateway"], 1, 1), ("gateway", ["catalogue", "cart", "checkout"], 4, 2), ("catalogue", [], 9, 1),
        ("cart", [], 6, 1), ("checkout", ["payment", "stock"], 8, 1), ("payment", [], 20, 1), ("stock", [], 5, 2),
    ];

    private readonly Random _random;
    private readonly List<Pod> _pods = [];
    private readonly SortedDictionary<string, SeriesKey> _keys = new(StringComparer.Ordinal);
    private double _load = 1;

    public ShopWorld(int seed)
    {
        _random = new Random(seed);
        foreach (var (name, calls, baseMs, count) in Plan)
        {
            for (var index = 0; index < count; index++)
            {
                _pods.Add(new Pod($"{name}-6d5f-{index}", name, calls, baseMs, _random.Next(5), 60 * MiB));
            }
        }
    }

    public int Second { get; private set; }

    public DateTimeOffset Now => Start.AddSeconds(Second);

    public bool HasSpikes { get; init; } = true;

    /// <summary>Share of requests a service answers with an error.</summary>
    public Dictionary<string, double> ErrorShare { get; } = [];

    public Dictionary<string, double> LatencyFactor { get; } = [];

    public Dictionary<string, double> LeakBytesPerSecond { get; } = [];

    public Dictionary<string, double> ExtraCores { get; } = [];

    public HashSet<string> SilentServices { get; } = [];

    public HashSet<string> DeletedServices { get; } = [];

    public static EntityRef Entity(string service) => new(Scope.Default, "shop", EntityKinds.Deployment, service);

    /// <summary>Lets one second pass.</summary>
    /// <returns>What the sources append in it, a tick last.</returns>
    public IEnumerable<SignalBatch> NextSecond()
    {
        Second++;
        _load += (0.1 * (1 - _load)) + (0.04 * Normal());
        foreach (var pod in _pods.Where(pod => !DeletedServices.Contains(pod.Service)))
        {
            Live(pod);
        }

        if (Second == 1)
        {
            yield return Objects(isDeleted: false);
        }

        foreach (var pod in _pods)
        {
            if (Second % 5 == pod.Phase && !SilentServices.Contains(pod.Service) && !DeletedServices.Contains(pod.Service))
            {
                yield return Scrape(pod);
            }
        }

        yield return SignalBatch.Tick(Scope.Default);
    }

    public SignalBatch Objects(bool isDeleted) => new()
    {
        Scope = Scope.Default,
        Source = "kubernetes",
        Objects =
        [
            .. _pods.Where(pod => !isDeleted || DeletedServices.Contains(pod.Service)).Select(pod => new KubeObject(
                Now, new EntityRef(Scope.Default, "shop", EntityKinds.Pod, pod.Name), pod.Name, "1", isDeleted, [],
                Facts((KubeFacts.Phase, "Running"), (KubeFacts.NodeName, "node1"), (KubeFacts.Ready, "true")), [])),
            new KubeObject(
                Now, new EntityRef(Scope.Default, "-", EntityKinds.Node, "node1"), "node1", "1", false, [],
                Facts((KubeFacts.AllocatableCpuCores, "4")), []),
        ],
    };

    private static ImmutableSortedDictionary<string, string> Facts(params (string Key, string Value)[] facts) =>
        facts.ToImmutableSortedDictionary(fact => fact.Key, fact => fact.Value);

    private void Live(Pod pod)
    {
        var rate = Math.Max(2, 30 * _load * (1 + (0.15 * Normal())));
        var isGc = HasSpikes && _random.NextDouble() < 1 / 60d;
        if (HasSpikes && Second % 5 == pod.Phase)
        {
            var isSpike = Second - pod.SpikeSecond > 20 && _random.NextDouble() < 0.01;
            pod.SpikeFactor = isSpike ? 6 : 1;
            pod.SpikeSecond = isSpike ? Second : pod.SpikeSecond;
        }

        pod.Noise += (0.2 * -pod.Noise) + (0.12 * Normal());
        for (var request = 0; request < rate; request++)
        {
            var isBad = _random.NextDouble() < 0.001 + ErrorShare.GetValueOrDefault(pod.Service);
            var ms = pod.BaseMs * Math.Exp((0.5 * Normal()) + pod.Noise) * pod.SpikeFactor
                * LatencyFactor.GetValueOrDefault(pod.Service, 1);
            ms += isGc && _random.NextDouble() < 0.15 ? 30 + (120 * _random.NextDouble()) : 0;
            pod.Server.Add(ms / 1000, isBad, Bounds);
            for (var call = 0; call < pod.Calls.Length; call++)
            {
                var callee = pod.Calls[call];
                var calleeMs = 10 * Math.Exp((0.5 * Normal()) + pod.Noise) * LatencyFactor.GetValueOrDefault(callee, 1) * pod.SpikeFactor;
                var isCalleeBad = _random.NextDouble() < 0.001 + ErrorShare.GetValueOrDefault(callee);
                pod.Client[call].Add(calleeMs / 1000, isCalleeBad, Bounds);
            }
        }

        var cores = Math.Max(0.01, (0.15 * _load) + (0.03 * Normal()) + (isGc ? 0.4 : 0) + ExtraCores.GetValueOrDefault(pod.Service));
        pod.CpuSeconds += cores;
        pod.ThrottledSeconds += Math.Max(0, cores - 0.45) * 0.2;
        pod.Leaked += LeakBytesPerSecond.GetValueOrDefault(pod.Service);
        pod.Heap = pod.Heap > 30 * MiB ? 4 * MiB : pod.Heap + (0.6 * MiB * _load);
        pod.Network += 20_000 * _load * (1 + (0.3 * Math.Abs(Normal())));
    }

    private SignalBatch Scrape(Pod pod)
    {
        var ms = Now.ToUnixTimeMilliseconds();
        var columns = new MetricColumnsBuilder();
        void Put(string metric, MetricKind kind, double value, params Label[] labels) =>
            columns.Add(Key(pod, metric, kind, labels), ms, value);

        Put("up", MetricKind.Gauge, 1);
        if (pod.Service != "loadgen")
        {
            Histogram(pod.Server, "http_server_request_duration_seconds_bucket", new Label("http_route", "/x"));
        }

        for (var call = 0; call < pod.Calls.Length; call++)
        {
            var name = "http_client_request_duration_seconds_bucket";
            Histogram(pod.Client[call], name, new Label("server_address", pod.Calls[call]));
        }

        var container = new Label("container", "main");
        Put("container_cpu_usage_seconds_total", MetricKind.Counter, pod.CpuSeconds, container);
        Put("container_cpu_cfs_throttled_seconds_total", MetricKind.Counter, pod.ThrottledSeconds, container);
        Put("container_memory_working_set_bytes", MetricKind.Gauge, Math.Min(256 * MiB, pod.Base + pod.Heap + pod.Leaked), container);
        Put("container_spec_memory_limit_bytes", MetricKind.Gauge, 256 * MiB, container);
        Put("container_network_receive_bytes_total", MetricKind.Counter, pod.Network, new Label("interface", "eth0"));
        Put("process_cpu_seconds_total", MetricKind.Counter, pod.CpuSeconds);
        Put("dotnet_thread_pool_queue_length", MetricKind.Gauge, _random.Next(4) == 0 ? _random.Next(5) : 0);
        Put("dotnet_gc_heap_size_bytes", MetricKind.Gauge, pod.Heap);
        Put("dotnet_exceptions_total", MetricKind.Counter, Math.Floor(pod.Network / 1e6));
        return new SignalBatch { Scope = Scope.Default, Source = "prometheus", Metrics = columns.Drain() };

        void Histogram(Histogram histogram, string name, Label label)
        {
            foreach (var isBad in (bool[])[false, true])
            {
                if (histogram.Count(isBad) == 0)
                {
                    continue;
                }

                var status = new Label("http_response_status_code", isBad ? "500" : "200");
                for (var index = 0; index <= Bounds.Length; index++)
                {
                    var le = index == Bounds.Length ? "+Inf" : Bounds[index].ToString(CultureInfo.InvariantCulture);
                    Put(name, MetricKind.Bucket, histogram.At(isBad, index), label, status, new Label("le", le));
                }
            }
        }
    }

    private SeriesKey Key(Pod pod, string metric, MetricKind kind, Label[] labels)
    {
        var text = $"{pod.Name}|{metric}|{string.Join(',', labels)}";
        if (!_keys.TryGetValue(text, out var key))
        {
            key = new SeriesKey(Entity(pod.Service), metric, labels.Append(new Label(SeriesKey.PodLabel, pod.Name)), kind);
            _keys.Add(text, key);
        }

        return key;
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private sealed class Pod(string name, string service, string[] calls, double baseMs, int phase, double memory)
    {
        public string Name => name;

        public string Service => service;

        public string[] Calls => calls;

        public double BaseMs => baseMs;

        public int Phase => phase;

        public double Base => memory;

        public Histogram Server { get; } = new();

        public Histogram[] Client { get; } = [.. calls.Select(_ => new Histogram())];

        public double SpikeFactor { get; set; } = 1;

        public int SpikeSecond { get; set; }

        public double Noise { get; set; }

        public double CpuSeconds { get; set; }

        public double ThrottledSeconds { get; set; }

        public double Leaked { get; set; }

        public double Heap { get; set; }

        public double Network { get; set; }
    }

    private sealed class Histogram
    {
        private readonly double[] _good = new double[Bounds.Length + 1];
        private readonly double[] _bad = new double[Bounds.Length + 1];

        public void Add(double seconds, bool isBad, double[] bounds)
        {
            var counts = isBad ? _bad : _good;
            for (var index = 0; index <= bounds.Length; index++)
            {
                counts[index] += index == bounds.Length || seconds <= bounds[index] ? 1 : 0;
            }
        }

        public double Count(bool isBad) => At(isBad, Bounds.Length);

        public double At(bool isBad, int index) => (isBad ? _bad : _good)[index];
    }
}
