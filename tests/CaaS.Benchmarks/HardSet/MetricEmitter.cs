using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Series of workloads, pods, nodes, volumes, other systems and users.</summary>
internal sealed class MetricEmitter(
    Random random, SimGraph graph, Course course, HardFault[] faults, HardCase @case, HashSet<(int Entity, string Name)> kept, int from, int to)
{
    private const double SeriesShare = 0.7;

    /// <summary>Share of points that are far off for no reason, as in most monitoring.</summary>
    private const double WildShare = 0.006;

    private const int PodLimit = 3;
    private readonly double[] _times = [.. Enumerable.Range(from, to - from).Select(Emitter.Time)];
    private readonly Dictionary<(int Entity, string Name), (int Step, double Times)> _jumps = [];

    public void Emit()
    {
        DrawJumps();
        for (var index = 0; index < graph.Services.Length; index++)
        {
            if (graph.Services[index].Ours)
            {
                Workload(index);
            }
            else
            {
                Outside(index);
            }
        }

        for (var node = 0; node < graph.Nodes.Length; node++)
        {
            Node(node);
        }

        for (var volume = 0; volume < graph.Volumes.Length; volume++)
        {
            Volume(volume);
        }

        Add(graph.UsersEntity, "requests per second", Meaning.Load, 0.02, step => graph.Loads.Keys.Sum(entry => course[Quantity.Rate][entry][step]));
    }

    /// <summary>Some series go elsewhere around the time of the incident for reasons of their own.</summary>
    private void DrawJumps()
    {
        string[] names = ["memory share", "gc share", "open files", "retransmits", "pool in use", "cpu cores", "throttled share"];
        for (var left = 2 + (graph.Services.Length / 8); left > 0; left--)
        {
            _jumps.TryAdd((random.Next(graph.Services.Length), random.Pick(names)),
                (to - CaseMaker.AfterCount + random.Next(-40, 10), random.Between(1.3, 3)));
        }
    }

    private double Level(int entity, Lever lever, int step)
    {
        var most = 0.0;
        foreach (var fault in faults)
        {
            var place = fault.Entity == entity ? Array.FindIndex(fault.Kind.Effects, effect => effect.Lever == lever) : -1;
            most = place >= 0 ? Math.Max(most, fault.At(step) * fault.Strengths[place]) : most;
        }

        return most;
    }

    private void Workload(int index)
    {
        var service = graph.Services[index];
        double Of(Quantity quantity, int step) => course[quantity][index][step];
        double Hung(int step) => Level(index, Lever.Hang, step);
        double Silent(int step, double value) => Of(Quantity.Ready, step) < 0.01 || Hung(step) > 0.99 ? double.NaN : value;
        Add(index, "requests per second", Meaning.Load, 0.02, step => Silent(step, Count(Of(Quantity.Served, step))));
        Add(index, "latency", Meaning.Latency, 0.08, step => Silent(step, Of(Quantity.Served, step) < 0.05 ? double.NaN : Of(Quantity.Latency, step)));
        Add(index, "error share", Meaning.Errors, 0, step => Silent(step, Of(Quantity.Served, step) < 0.05
            ? double.NaN
            : Math.Min(1, (double)random.Poisson((Of(Quantity.Errors, step) + 0.0005) * Of(Quantity.Served, step) * 15) / Math.Max(1, Of(Quantity.Served, step) * 15))));
        Add(index, "cpu cores", Meaning.Usage, 0.05, step => Silent(step, Math.Min(Of(Quantity.Cpu, step), graph.Nodes[service.Pods[0]] * service.Pods.Length)));
        Add(index, "memory share", Meaning.Held, 0.02, step => Silent(step, Of(Quantity.Memory, step)));
        Add(index, "ready share", Meaning.Health, 0, step => Math.Round(Math.Min(Of(Quantity.Ready, step),
            step > 8 ? 1 - Hung(step - 8) : 1) * service.Pods.Length) / service.Pods.Length);
        Add(index, "throttled share", Meaning.Saturation, 0.15, step => Silent(step, 0.005 + Math.Clamp((Of(Quantity.Busy, step) - 0.6) / 0.5, 0, 0.9)));
        Add(index, "pool in use", Meaning.Saturation, 0.05, step => Silent(step, Math.Min(1, Of(Quantity.Full, step))));
        Add(index, "gc share", Meaning.Usage, 0.15, step => Silent(step, 0.02 + Of(Quantity.Collect, step)));
        Add(index, "open files", Meaning.Saturation, 0.03, step => Silent(step, Math.Min(1, Of(Quantity.Files, step))));
        Add(index, "retransmits", Meaning.Loss, 0.3, step => Silent(step, Lost(index, step)));
        switch (service.Kind)
        {
            case SimKind.Database:
                Add(index, "lock waits", Meaning.Saturation, 0.3, step => 0.2 + (Of(Quantity.Full, step) * (1 + (10 * Level(index, Lever.Lock, step)))));
                break;
            case SimKind.Cache:
                Add(index, "hit share", Meaning.Health, 0.01, step => 1 - Math.Max(Physics.UsualMiss, Level(index, Lever.Miss, step)));
                break;
            case SimKind.Worker:
                Add(index, "backlog", Meaning.Saturation, 0.2, step => Of(Quantity.Backlog, step) + (0.05 * Of(Quantity.Served, step)));
                break;
            default:
                break;
        }

        for (var pod = 0; pod < Math.Min(PodLimit, service.Pods.Length) && service.Pods.Length > 1; pod++)
        {
            var number = pod;
            bool Gone(int step) => number < (1 - (Of(Quantity.Ready, step) * (1 - Hung(step)))) * service.Pods.Length;
            Add(index, $"cpu of pod {pod}", Meaning.Usage, 0.08, step => Gone(step) ? double.NaN : Of(Quantity.Cpu, step) / service.Pods.Length);
            var bad = pod == 0;
            Add(index, $"latency of pod {pod}", Meaning.Latency, 0.12, step => Gone(step) || Of(Quantity.Served, step) < 0.05
                ? double.NaN : Of(Quantity.Latency, step) + (bad ? service.Base * Level(index, Lever.BadPod, step) : 0));
        }
    }

    /// <summary>A lost packet shows on both ends, so callers and callees see some of it.</summary>
    private double Lost(int index, int step)
    {
        double Own(int service) => Level(service, Lever.NetLoss, step) + Math.Min(0.3, Level(service, Lever.NetDelay, step))
            + (graph.Services[service].Ours ? graph.Services[service].Pods.Average(node => Level(graph.NodeEntity(node), Lever.NodeLoss, step)) : 0);
        var calls = graph.Services[index].Calls;
        var below = calls.Count == 0 ? 0 : calls.Average(call => Own(call.Callee));
        return 0.002 + (0.3 * Own(index)) + (0.3 * below);
    }

    private double Count(double rate) => random.Poisson(rate * Physics.StepSeconds) / Physics.StepSeconds;

    /// <summary>Somebody else's system, as its callers see it.</summary>
    private void Outside(int index)
    {
        SimCall[] calls = [.. graph.Calls.Where(call => call.Callee == index)];
        double Mean(Func<SimCall, int, double> of, int step)
        {
            double sum = 0, all = 1e-9;
            foreach (var call in calls)
            {
                var rate = course[Quantity.Served][call.Caller][step] * call.Ratio;
                (sum, all) = (sum + (rate * of(call, step)), all + rate);
            }

            return sum / all;
        }

        Add(index, "requests per second", Meaning.Load, 0.02, step => Count(course[Quantity.Rate][index][step]));
        Add(index, "latency", Meaning.Latency, 0.1, step => Mean((call, at) => course.CallSeconds[call.Index][at], step));
        Add(index, "error share", Meaning.Errors, 0.1, step => Mean((call, at) => course.CallFailed[call.Index][at], step));
    }

    private void Node(int node)
    {
        var entity = graph.NodeEntity(node);
        double Of(Lever lever, int step) => Level(entity, lever, step);
        double Here(int step, double value) => Of(Lever.NodeDown, step) > 0 ? double.NaN : value;
        var offset = random.Between(0.001, 0.02);
        Add(entity, "cpu share", Meaning.Usage, 0.04, step => Here(step, course.NodeUse[node][step]));
        Add(entity, "memory share", Meaning.Held, 0.02, step => Here(step, 0.5 + (0.45 * Math.Min(1, Of(Lever.NodeMemory, step)))));
        Add(entity, "io wait share", Meaning.Usage, 0.2, step => Here(step, 0.01 + Math.Min(0.7, 0.015 * Of(Lever.NodeDisk, step)
            + graph.Services.Where(service => service.Volume >= 0 && service.Pods[0] == node)
                .Sum(service => 0.004 * Level(graph.VolumeEntity(service.Volume), Lever.VolumeSlow, step)))));
        Add(entity, "packet drops", Meaning.Loss, 0.3, step => Here(step, 0.001 + Of(Lever.NodeLoss, step)));
        Add(entity, "clock offset seconds", Meaning.Usage, 0.2, step => Here(step, offset + Of(Lever.NodeClock, step)));
        Add(entity, "ready share", Meaning.Health, 0, step => step > 3 && Of(Lever.NodeDown, step - 3) > 0 ? 0 : 1);
    }

    private void Volume(int volume)
    {
        var entity = graph.VolumeEntity(volume);
        var store = Array.FindIndex(graph.Services, service => service.Volume == volume);
        var usual = random.Between(0.1, 0.25);
        Add(entity, "used share", Meaning.Held, 0.002, step => Math.Min(1, usual + Level(entity, Lever.VolumeFull, step)));
        Add(entity, "disk seconds", Meaning.Usage, 0.15, step => 0.001 * (1 + Math.Max(Level(entity, Lever.VolumeSlow, step),
            Level(graph.NodeEntity(graph.Services[store].Pods[0]), Lever.NodeDisk, step))));
    }

    private void Add(int entity, string name, Meaning meaning, double noise, Func<int, double> value)
    {
        if (!kept.Contains((entity, name)) && random.NextDouble() < SeriesShare * @case.Missing)
        {
            return;
        }

        var jump = _jumps.GetValueOrDefault((entity, name), (int.MaxValue, 1));
        var gap = random.NextDouble() < @case.Missing ? from + random.Next(to - from) : int.MaxValue;
        var gapLength = random.Next(3, 30);
        var values = new double[_times.Length];
        for (var step = from; step < to; step++)
        {
            var seen = value(step) * Math.Exp(noise > 0 ? noise * random.Normal() : 0) * (step >= jump.Item1 ? jump.Item2 : 1);
            var wild = noise > 0 && random.NextDouble() < WildShare ? random.Between(1.5, 5) : 1;
            values[step - from] = step >= gap && step < gap + gapLength && !kept.Contains((entity, name)) ? double.NaN : seen * wild;
        }

        var part = name.IndexOf("of pod ", StringComparison.Ordinal);
        @case.Series.Add(new SeriesFact(entity, name, meaning, _times, values) { Part = part < 0 ? string.Empty : name[part..] });
    }
}
