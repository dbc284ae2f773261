using CaaS.Ingest.Kubernetes;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Ingest.Tests.Kubernetes;

/// <summary>An informer against a model of an API server that loses history, breaks watches and pages its
/// lists.</summary>
public sealed class InformerProperties
{
    private static readonly InformerLimits Limits = new()
    {
        PageSize = 2,
        MaxObjectCount = 1000,
        ResyncInterval = TimeSpan.FromMinutes(10),
        MinListInterval = TimeSpan.Zero,
        BackoffFirst = TimeSpan.FromMilliseconds(1),
        BackoffMax = TimeSpan.FromMilliseconds(1),
        RefusedBackoff = TimeSpan.FromMilliseconds(1),
    };

    [Property(MaxTest = 300)]
    public void What_was_told_folds_to_what_the_server_holds(int seed)
    {
        var random = new Random(seed);
        var server = new ModelServer(random);
        var state = new InformerState(Limits, new Random(seed));
        var told = new Dictionary<string, string>();
        for (var step = 0; step < 120; step++)
        {
            server.Change();
            Drive(server, state, random, told, isCalm: false);
        }

        for (var step = 0; step < 60; step++)
        {
            Drive(server, state, random, told, isCalm: true);
        }

        Assert.Equal(server.Objects.OrderBy(pair => pair.Key), told.OrderBy(pair => pair.Key));
    }

    [Property(MaxTest = 100)]
    public void Replaying_lists_of_an_unchanged_cluster_gives_no_changes(int seed)
    {
        var random = new Random(seed);
        var cluster = new ClusterState(Scope.Default, 100, TimeSpan.Zero);
        var state = new InformerState(Limits, new Random(seed));
        KubeItem[] items = [.. Enumerable.Range(0, 6).Select(i => Kube.Map("Deployment", Kube.Deployment("d" + i)))];

        var rows = new List<int>();
        for (var round = 0; round < 5; round++)
        {
            random.Shuffle(items);
            var deltas = state.ListPage(items, "9", "", Kube.Now);
            var step = cluster.Step(deltas, Kube.Now);
            rows.Add(step.Changes.Length);
            rows.Add(round == 0 ? 0 : step.Objects.Length);
            state.WatchFailed(InformerFailure.Expired, TimeSpan.Zero, Kube.Now);
        }

        Assert.All(rows, count => Assert.Equal(0, count));
    }

    [Property(MaxTest = 100)]
    public void The_order_in_which_different_objects_change_does_not_matter(int seed)
    {
        var random = new Random(seed);
        var names = Enumerable.Range(0, 6).Select(i => "d" + i).ToArray();
        var befores = names.ToDictionary(name => name, name => Kube.Map("Deployment", Kube.Deployment(name)));
        KubeDelta[] deltas =
        [
            .. names.Select(name => new KubeDelta(
                KubeDeltaKind.Updated,
                befores[name],
                Kube.Map("Deployment", Kube.Deployment(name, 2, "shop:" + random.Next(3), random.Next(1, 4))))),
        ];

        var straight = Told(deltas);
        random.Shuffle(deltas);

        Assert.Equal(straight, Told(deltas));
    }

    private static string[] Told(KubeDelta[] deltas)
    {
        var detector = new ChangeDetector();
        return
        [
            .. deltas.SelectMany(delta => detector.Step(delta, Kube.Now)).Select(Kube.Show)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static void Drive(
        ModelServer server, InformerState state, Random random, Dictionary<string, string> told, bool isCalm)
    {
        var request = state.Next(Kube.Now);
        var deltas = new List<KubeDelta>();
        if (!isCalm && random.Next(5) == 0)
        {
            var failure = random.Next(2) == 0 ? InformerFailure.Transient : InformerFailure.Expired;
            if (request.Kind == InformerRequestKind.List)
            {
                state.ListFailed(failure, TimeSpan.Zero, Kube.Now);
            }
            else
            {
                state.WatchFailed(failure, TimeSpan.Zero, Kube.Now);
            }
        }
        else if (request.Kind == InformerRequestKind.List)
        {
            var (items, version, token) = server.List(request.Continue, request.Limit);
            if (items is null)
            {
                state.ListFailed(InformerFailure.Expired, TimeSpan.Zero, Kube.Now);
            }
            else
            {
                deltas.AddRange(state.ListPage(items, version, token, Kube.Now));
            }
        }
        else if (!server.Watch(request.ResourceVersion, state, deltas))
        {
            state.WatchFailed(InformerFailure.Expired, TimeSpan.Zero, Kube.Now);
        }

        foreach (var delta in deltas)
        {
            Fold(delta, told);
        }
    }

    private static void Fold(KubeDelta delta, Dictionary<string, string> told)
    {
        var key = delta.After.Key;
        if (delta.Kind == KubeDeltaKind.Deleted)
        {
            Assert.True(told.Remove(key), "Only what was told can be gone.");
            return;
        }

        Assert.Equal(delta.Kind is KubeDeltaKind.Listed or KubeDeltaKind.Added, !told.ContainsKey(key));
        Assert.Equal(delta.Before is null ? null : delta.Before.Uid + delta.Before.ResourceVersion, told.GetValueOrDefault(key));
        told[key] = delta.After.Uid + delta.After.ResourceVersion;
    }

    private sealed class ModelServer(Random random)
    {
        private readonly SortedDictionary<string, KubeItem> _objects = new(StringComparer.Ordinal);
        private readonly List<(int Version, bool IsGone, KubeItem Item)> _history = [];
        private readonly Dictionary<string, (KubeItem[] Left, int Version)> _tokens = [];
        private int _version = 1;
        private int _compacted = 1;

        public Dictionary<string, string> Objects =>
            _objects.ToDictionary(pair => pair.Key, pair => pair.Value.Uid + pair.Value.ResourceVersion);

        public void Change()
        {
            _version++;
            var key = "shop/" + random.Next(6);
            if (_objects.TryGetValue(key, out var known) && random.Next(3) == 0)
            {
                _objects.Remove(key);
                _history.Add((_version, true, known with { ResourceVersion = Text(_version) }));
            }
            else
            {
                var item = new KubeItem(key, known?.Uid ?? "uid" + _version, Text(_version));
                _objects[key] = item;
                _history.Add((_version, false, item));
            }

            if (random.Next(25) == 0)
            {
                _compacted = _version;
                _tokens.Clear();
            }
        }

        public (KubeItem[]? Items, string Version, string Token) List(string token, int limit)
        {
            var (all, version) = token.Length == 0 ? ([.. _objects.Values], _version) : _tokens.GetValueOrDefault(token);
            if (all is null)
            {
                return (null, "", "");
            }

            if (all.Length <= limit)
            {
                return (all, Text(version), "");
            }

            var next = $"t{_tokens.Count}-{_version}-{all.Length}";
            _tokens[next] = (all[limit..], version);
            return (all[..limit], Text(version), next);
        }

        public bool Watch(string version, InformerState state, List<KubeDelta> deltas)
        {
            var from = int.Parse(version, System.Globalization.CultureInfo.InvariantCulture);
            if (from < _compacted)
            {
                return false;
            }

            state.WatchOpened(Kube.Now);
            foreach (var (_, isGone, item) in _history.Where(entry => entry.Version > from).Take(random.Next(1, 9)))
            {
                if (isGone)
                {
                    state.Gone(item, deltas);
                }
                else
                {
                    state.Seen(item, deltas);
                }
            }

            if (random.Next(4) == 0 && deltas.Count == 0)
            {
                state.Bookmark(Text(_version));
            }

            return true;
        }

        private static string Text(int version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
