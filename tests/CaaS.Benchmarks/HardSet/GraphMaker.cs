namespace CaaS.Benchmarks.HardSet;

/// <summary>Draws a cluster: who calls whom, how often and with what patience, what runs where.</summary>
/// <remarks>
/// A recursive random graph of services below some entries, with shared callees, stores, caches, queues and systems of
/// others. Sizes follow from the traffic, as an operator would choose them: processors 20 to 50 % busy, pools 4 to 25
/// % full.
/// </remarks>
internal sealed class GraphMaker
{
    private static readonly string[] Beginnings = ["ka", "lo", "mi", "ru", "te", "va", "so", "pe", "ni", "do", "fa", "gu", "hy", "zo", "be", "cy"];
    private static readonly string[] Endings = ["lan", "mer", "tic", "dus", "vox", "rim", "pal", "sen", "gor", "nix", "bus", "tal", "wen", "kit"];
    private readonly Random _random;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<SimService> _services = [];
    private readonly List<SimCall> _calls = [];
    private readonly List<string> _volumes = [];
    private readonly string[] _spaces;

    private GraphMaker(Random random)
    {
        _random = random;
        _spaces = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Word())];
    }

    public static SimGraph Make(Random random, int count) => new GraphMaker(random).Draw(count);

    private SimGraph Draw(int count)
    {
        int Share(double share, int least) => Math.Max(least, (int)Math.Round(share * count));
        var batch = Add(SimKind.Batch, Share(0.05, 1));
        var entry = Add(SimKind.Entry, Math.Min(4, Share(0.03, 1)));
        var web = Add(SimKind.Web, Math.Max(3, count - batch.Length - entry.Length - Share(0.06, 1) - Share(0.06, 1) - Share(0.15, 2) - Share(0.05, 1) - 1));
        var worker = Add(SimKind.Worker, Share(0.06, 1));
        var cache = Add(SimKind.Cache, Share(0.06, 1));
        var store = Add(SimKind.Database, Share(0.15, 2));
        var external = Add(SimKind.External, Share(0.05, 1));
        var names = Add(SimKind.Names, 1)[0];
        Connect(batch, entry, web, worker, cache, store, external, names);
        var loads = entry.ToDictionary(service => service, _ => _random.Spread(40, 400));
        double[] nodes = new double[Math.Max(3, count / _random.Next(5, 12))];
        Size(batch, loads, nodes);
        return new SimGraph
        {
            Services = [.. _services],
            Calls = [.. _calls],
            Nodes = nodes,
            Volumes = [.. _volumes],
            Loads = loads,
            Entities = [.. _services.Select(service => service.Name), .. nodes.Select((_, node) => $"-/Node/n{node}"), .. _volumes, "-/External/users"],
        };
    }

    private string Word()
    {
        while (true)
        {
            var word = _random.Pick(Beginnings) + _random.Pick(Beginnings) + _random.Pick(Endings);
            if (_names.Add(word))
            {
                return word;
            }
        }
    }

    private int[] Add(SimKind kind, int count)
    {
        var from = _services.Count;
        for (var index = 0; index < count; index++)
        {
            var (space, word) = (_random.Pick(_spaces), Word());
            var service = new SimService
            {
                Kind = kind,
                Name = kind switch
                {
                    SimKind.External => $"-/External/{word}.example",
                    SimKind.Names => "kube-system/Deployment/coredns",
                    SimKind.Database => $"{space}/StatefulSet/{word}",
                    SimKind.Batch => $"{space}/CronJob/{word}",
                    _ => $"{space}/Deployment/{word}",
                },
            };
            if (kind == SimKind.Database)
            {
                service.Volume = _volumes.Count;
                _volumes.Add($"{space}/PersistentVolumeClaim/data-{word}");
            }

            _services.Add(service);
        }

        return [.. Enumerable.Range(from, count)];
    }

    private void Call(int caller, int callee, double ratio, int cache = -1)
    {
        if (caller < callee && !_services[caller].Calls.Exists(call => call.Callee == callee))
        {
            var patience = _random.NextDouble();
            var call = new SimCall
            {
                Caller = caller,
                Callee = callee,
                Ratio = ratio,
                AttemptCount = patience < 0.55 ? 1 : patience < 0.85 ? 2 : 3,
                Fallback = _services[callee].Kind != SimKind.Names && _random.NextDouble() < 0.15,
                Hidden = _services[callee].Kind == SimKind.Names,
                Cache = cache,
            };
            _services[caller].Calls.Add(call);
            _calls.Add(call);
        }
    }

    private void Connect(int[] batch, int[] entry, int[] web, int[] worker, int[] cache, int[] store, int[] external, int names)
    {
        int[] front = [.. entry, .. web];
        for (var at = entry.Length; at < front.Length; at++)
        {
            Call(front[_random.Next(at)], front[at], _random.Between(0.4, 1));
            if (_random.NextDouble() < 0.35)
            {
                Call(front[_random.Next(at)], front[at], _random.Between(0.2, 1));
            }
        }

        foreach (var entrance in entry)
        {
            Call(entrance, _random.Pick(web), _random.Between(0.5, 1));
        }

        foreach (var callee in (int[])[.. worker, .. external])
        {
            for (var time = _random.Next(1, 3); time > 0; time--)
            {
                Call(_random.Pick(web), callee, _random.Between(0.3, 1));
            }
        }

        foreach (var kept in store)
        {
            var fast = _random.NextDouble() < 0.5 ? _random.Pick(cache) : -1;
            for (var time = _random.Next(1, 5); time > 0; time--)
            {
                Store(_random.Pick(web), kept, fast);
            }
        }

        foreach (var one in (int[])[.. cache, .. worker])
        {
            if (_services[one].Kind == SimKind.Worker)
            {
                Store(one, _random.Pick(store), -1);
            }
            else if (!_calls.Exists(call => call.Callee == one))
            {
                Store(_random.Pick(web), _random.Pick(store), one);
            }
        }

        foreach (var job in batch)
        {
            Call(job, _random.NextDouble() < 0.6 ? _random.Pick(store) : _random.Pick(web), _random.Between(1, 3));
        }

        foreach (var caller in (int[])[.. front, .. worker])
        {
            Call(caller, names, _random.Between(0.03, 0.15) * Math.Max(1, _services[caller].Calls.Count));
        }
    }

    private void Store(int caller, int store, int cache)
    {
        var ratio = _random.Between(0.6, 2);
        if (cache >= 0)
        {
            Call(caller, cache, ratio);
        }

        Call(caller, store, ratio, cache);
    }

    private void Size(int[] batch, Dictionary<int, double> loads, double[] nodes)
    {
        foreach (var (entry, load) in loads)
        {
            _services[entry].Rate = load;
        }

        foreach (var job in batch)
        {
            _services[job].Rate = _random.Spread(0.2, 2);
        }

        foreach (var service in _services)
        {
            foreach (var call in service.Calls)
            {
                _services[call.Callee].Rate += service.Rate * call.Ratio * (call.Cache >= 0 ? Physics.UsualMiss : 1);
            }
        }

        var used = new double[nodes.Length];
        foreach (var service in _services)
        {
            service.Limit = service.Kind == SimKind.Database ? 4 : service.Kind == SimKind.External ? 1000 : 1;
            var pods = service.Kind switch
            {
                SimKind.Database or SimKind.External or SimKind.Batch => 1,
                _ => Math.Clamp((int)Math.Round(service.Rate / _random.Between(40, 120)), 1, 8) + (_random.NextDouble() < 0.5 ? 1 : 0),
            };
            service.Pods = [.. Enumerable.Range(0, pods).Select(_ => _random.Next(nodes.Length))];
            service.Work = Math.Min(0.02, _random.Between(0.2, 0.5) * pods * service.Limit / Math.Max(service.Rate, 0.1));
            service.Base = service.Kind switch
            {
                SimKind.Cache or SimKind.Names => _random.Between(0.0005, 0.001),
                SimKind.External => _random.Between(0.03, 0.15),
                SimKind.Worker => _random.Between(0.01, 0.05),
                _ => _random.Between(0.002, 0.012),
            };
            service.Memory = _random.Between(0.3, 0.6);
            foreach (var pod in service.Pods)
            {
                used[pod] += service.Kind == SimKind.External ? 0 : (service.Rate * service.Work / pods) + 0.05;
            }
        }

        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = Math.Max(4, Math.Ceiling(used[node] * _random.Between(1.5, 2.5)));
        }

        var latency = new double[_services.Count];
        for (var index = _services.Count - 1; index >= 0; index--)
        {
            var service = _services[index];
            latency[index] = service.Base + (service.Work * 1.5);
            foreach (var call in service.Calls)
            {
                call.Timeout = Math.Max(0.3, latency[call.Callee] * _random.Between(6, 25));
                latency[index] += call.Ratio * (call.Cache >= 0 ? Physics.UsualMiss : 1) * latency[call.Callee];
            }

            var inside = service.Rate * latency[index] / service.Pods.Length;
            service.Pool = Math.Max(6, Math.Ceiling(inside / _random.Between(0.04, 0.25)));
        }
    }
}
