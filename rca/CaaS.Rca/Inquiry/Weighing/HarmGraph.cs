using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry.Weighing;

/// <summary>Every way harm can go between the entities of a case, and the likeliest ways to what users feel.</summary>
/// <remarks>
/// A step costs nats by how unusual its sort is and by how little its end looks like it: harm does not pass what was
/// measured and found calm. The way of an entity is the cheapest one to the symptom (Dijkstra 1959).
/// O(steps log steps); neighbours on one node are steps too, so the number of steps is calls plus the sum over nodes
/// of the square of what runs there; a node with more than <see cref="NeighbourLimit"/> is not looked into.
/// </remarks>
internal sealed class HarmGraph
{
    /// <summary>Most entities on one node among which neighbours are looked for.</summary>
    public const int NeighbourLimit = 300;

    /// <summary>Most a step may cost that harm is held to have gone.</summary>
    public const double EasyStep = 1.5;

    private const double Calm = 2.5;
    private const double Unseen = 0.7;
    private const double HurtFrom = 0.5;
    private const double Crowded = 0.9;
    private readonly Portraits _portraits;
    private readonly CauseCase _case;
    private readonly Dictionary<int, HashSet<int>> _reached = [];

    public HarmGraph(CauseCase @case, Portraits portraits)
    {
        (_case, _portraits) = (@case, portraits);
        var steps = new Dictionary<(int From, int To), HarmStep>();
        foreach (var step in Steps())
        {
            if (step.From != step.To
                && (!steps.TryGetValue((step.From, step.To), out var known) || step.Cost < known.Cost))
            {
                steps[(step.From, step.To)] = step;
            }
        }

        var ordered = steps.Values.OrderBy(step => step.From).ThenBy(step => step.To).ToArray();
        Into = ordered.ToLookup(step => step.To);
        OutOf = ordered.ToLookup(step => step.From);
        (Costs, Next) = Ways(@case.Symptom?.Entity ?? -1);
    }

    public ILookup<int, HarmStep> Into { get; }

    public ILookup<int, HarmStep> OutOf { get; }

    /// <summary>What the cheapest way to the symptom costs, nats; infinite without a way.</summary>
    public double[] Costs { get; }

    /// <summary>Where that way goes next; -1 at its end or without one.</summary>
    public int[] Next { get; }

    /// <summary>The way from an entity to what users feel, both included; empty when there is none.</summary>
    public ImmutableArray<int> Way(int entity)
    {
        if (double.IsInfinity(Costs[entity]))
        {
            return [];
        }

        var way = ImmutableArray.CreateBuilder<int>();
        for (var at = entity; at >= 0; at = Next[at])
        {
            way.Add(at);
        }

        return way.ToImmutable();
    }

    /// <summary>Everything that harm can have come to from an entity, itself included.</summary>
    public HashSet<int> Reached(int entity)
    {
        if (_reached.TryGetValue(entity, out var known))
        {
            return known;
        }

        var reached = new HashSet<int> { entity };
        var waiting = new Queue<int>([entity]);
        while (waiting.TryDequeue(out var at))
        {
            foreach (var step in OutOf[at].Where(step => step.Cost < EasyStep && reached.Add(step.To)))
            {
                waiting.Enqueue(step.To);
            }
        }

        return _reached[entity] = reached;
    }

    /// <summary>Whether what users get of it became worse.</summary>
    public bool IsHurt(int entity) => _portraits.Hurt(entity) > HurtFrom;

    public bool IsSeen(int entity) =>
        _portraits.IsObserved(entity, Channel.Latency) || _portraits.IsObserved(entity, Channel.Errors);

    private double Suffers(int entity) => IsHurt(entity) ? 0 : IsSeen(entity) ? Calm : Unseen;

    private double Busier(int entity) => _portraits.Nats(entity, Channel.Busier) > 0 ? 0
        : _portraits.IsObserved(entity, Channel.Busier) ? Calm : Unseen;

    private IEnumerable<HarmStep> Steps()
    {
        foreach (var call in _case.Calls)
        {
            yield return new(call.Callee, call.Caller, HarmSort.Call, 0.1 + Suffers(call.Caller));
            yield return new(call.Caller, call.Callee, HarmSort.Load, 0.7 + Busier(call.Callee));
        }

        foreach (var link in _case.Depends)
        {
            yield return link.Sort switch
            {
                DependsSort.RunsOn => new(link.To, link.From, HarmSort.Node, 0.5 + Suffers(link.From)),
                DependsSort.Mounts => new(link.To, link.From, HarmSort.Volume, 0.1 + Suffers(link.From)),
                DependsSort.Asks => new(link.To, link.From, HarmSort.Asked, 0.3 + Suffers(link.From)),
                _ => new(link.To, link.From, HarmSort.Users, 0.3 + Busier(link.From)),
            };
        }

        foreach (var step in Neighbours().Concat(Spills()))
        {
            yield return step;
        }
    }

    private IEnumerable<HarmStep> Neighbours()
    {
        foreach (var node in _case.Depends.Where(link => link.Sort == DependsSort.RunsOn)
            .GroupBy(link => link.To, link => link.From))
        {
            int[] here = [.. node.Distinct()];
            var used = _portraits.Full[node.Key] > Crowded ? 0
                : _portraits.IsObserved(node.Key, Channel.Usage) ? Calm : Unseen;
            if (here.Length > NeighbourLimit)
            {
                continue;
            }

            foreach (var from in here.Where(one => _portraits.Nats(one, Channel.Usage) > 0))
            {
                foreach (var to in here)
                {
                    yield return new(from, to, HarmSort.Neighbour, 1 + used + Suffers(to));
                }
            }
        }
    }

    private IEnumerable<HarmStep> Spills()
    {
        var callees = _case.Calls.ToLookup(call => call.Caller, call => call.Callee);
        foreach (var caller in callees)
        {
            foreach (var from in caller.Where(one => _portraits.Nats(one, Channel.Health) > 0
                || _portraits.Nats(one, Channel.Errors) > 0))
            {
                foreach (var to in caller)
                {
                    yield return new(from, to, HarmSort.Spill, 0.8 + Busier(to));
                }
            }
        }
    }

    private (double[] Costs, int[] Next) Ways(int symptom)
    {
        var (costs, next) = (new double[_case.Entities.Length], new int[_case.Entities.Length]);
        Array.Fill(costs, double.PositiveInfinity);
        Array.Fill(next, -1);
        if (symptom < 0)
        {
            return (costs, next);
        }

        var waiting = new PriorityQueue<int, (double Cost, int Entity)>();
        costs[symptom] = 0;
        waiting.Enqueue(symptom, (0, symptom));
        while (waiting.TryDequeue(out var at, out var priority))
        {
            if (priority.Cost > costs[at])
            {
                continue;
            }

            foreach (var step in Into[at])
            {
                var cost = costs[at] + (at == symptom && step.Sort == HarmSort.Call ? 0.1 : step.Cost);
                if (cost < costs[step.From])
                {
                    (costs[step.From], next[step.From]) = (cost, at);
                    waiting.Enqueue(step.From, (cost, step.From));
                }
            }
        }

        return (costs, next);
    }
}
