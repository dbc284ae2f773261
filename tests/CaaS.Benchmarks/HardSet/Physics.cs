namespace CaaS.Benchmarks.HardSet;

/// <summary>Steps a simulated cluster: load goes down the calls, time and failures come up.</summary>
/// <remarks>
/// A fluid model with queueing at processors (M/M/1's 1/(1-rho), capped), pools by Little's law (Little 1961),
/// time-outs, retries that add load, fallbacks, caches that shield databases, nodes whose processors, disks and
/// networks are shared, memory that leaks until the pod is killed, queues with backlog. Feedback (retries, waiting in
/// pools, node shares) acts one step later. Nothing is random here. O(calls) a step.
/// </remarks>
internal sealed class Physics
{
    public const double StepSeconds = 15;
    public const double UsualMiss = 0.1;
    private const double SlowestShare = 0.05;

    /// <summary>Seconds a request waits for a place in a full pool before it is turned away.</summary>
    private const double PoolPatience = 0.5;
    private readonly SimGraph _graph;
    private readonly Traffic _traffic;
    private readonly IReadOnlyList<HardFault> _faults;
    private readonly Levels _levels;
    private readonly double[] _retry, _failed, _nodeUse, _leaked, _downUntil;

    private Physics(SimGraph graph, Traffic traffic, IReadOnlyList<HardFault> faults, int stepCount)
    {
        (_graph, _traffic, _faults) = (graph, traffic, faults);
        Past = new Course(graph, stepCount);
        _levels = new Levels(graph.Entities.Length);
        (_retry, _failed, _nodeUse) = (new double[graph.Calls.Length], new double[graph.Calls.Length], new double[graph.Nodes.Length]);
        (_leaked, _downUntil) = (new double[graph.Services.Length], new double[graph.Services.Length]);
        for (var call = 0; call < graph.Calls.Length; call++)
        {
            graph.Calls[call].Index = call;
            _retry[call] = 1;
        }
    }

    private Course Past { get; }

    public static Course Run(SimGraph graph, Traffic traffic, IReadOnlyList<HardFault> faults, int stepCount)
    {
        var physics = new Physics(graph, traffic, faults, stepCount);
        for (var step = 0; step < stepCount; step++)
        {
            physics._levels.Set(faults, step);
            physics.Down(step);
            physics.Up(step);
            physics.Nodes(step);
        }

        return physics.Past;
    }

    private static double OverPods(SimService service, Func<int, double> ofNode)
    {
        double sum = 0;
        foreach (var node in service.Pods)
        {
            sum += ofNode(node);
        }

        return sum / service.Pods.Length;
    }

    private double Of(int entity, Lever lever) => _levels.Of(entity, lever);

    private double OfNode(SimService service, Lever lever) =>
        service.Ours ? OverPods(service, node => Of(_graph.NodeEntity(node), lever)) : 0;

    private double NetLoss(int index) => Math.Min(0.95, Of(index, Lever.NetLoss) + OfNode(_graph.Services[index], Lever.NodeLoss));

    private void Down(int step)
    {
        var rate = Past[Quantity.Rate];
        foreach (var (entry, load) in _graph.Loads)
        {
            rate[entry][step] += load * _traffic.Load(step) * (1 + Of(_graph.UsersEntity, Lever.Surge));
        }

        for (var index = 0; index < _graph.Services.Length; index++)
        {
            var service = _graph.Services[index];
            if (service.Kind == SimKind.Batch)
            {
                rate[index][step] = service.Rate * _traffic.Drift(index, step);
            }

            var gone = Math.Min(1, Math.Max(Math.Max(Of(index, Lever.Down), step < _downUntil[index] ? 0.7 : 0),
                OfNode(service, Lever.NodeDown) + OfNode(service, Lever.NodeMemory)));
            var hang = Of(index, Lever.Hang);
            var up = Math.Max(SlowestShare, (1 - gone) * (1 - hang));
            var asked = rate[index][step] * (1 - Of(index, Lever.Handshake)) * (1 - (gone > 0.99 ? 1 : 0.1 * gone)) * (1 - hang);
            var before = Math.Max(0, step - 1);
            var collect = Math.Max(Of(index, Lever.Collect), 0.7 * Math.Clamp((Past[Quantity.Memory][index][before] - 0.85) / 0.15, 0, 1));
            var node = service.Ours ? OverPods(service, place => Math.Min(1, 1 / Math.Max(_nodeUse[place], 0.01))) : 1;
            var speed = Math.Max(SlowestShare, (1 - Of(index, Lever.Slow)) * (1 - collect) * node);
            var work = service.Work * (1 + Of(index, Lever.Work)) * _traffic.Drift(index, step);
            var capacity = service.Pods.Length * up * service.Limit * speed;
            var busy = asked * work / capacity;
            var full = asked * Past[Quantity.Latency][index][before] / (service.Pods.Length * up * service.Pool * Math.Max(0.01, 1 - Of(index, Lever.Pool)));
            var files = Math.Max(Of(index, Lever.Files), 0.1 + (0.15 * Math.Min(3, full)));
            var shed = Math.Min(0.95, Math.Max(Math.Max(service.Kind == SimKind.Worker ? 0 : busy > 1.05 ? 1 - (1.05 / busy) : 0,
                full > 1.3 ? 1 - (1.3 / full) : 0), files > 0.9 ? 5 * (files - 0.9) : 0));
            Past[Quantity.Ready][index][step] = 1 - gone;
            Past[Quantity.Up][index][step] = up;
            Past[Quantity.Served][index][step] = asked;
            Past[Quantity.Busy][index][step] = busy;
            Past[Quantity.Speed][index][step] = speed;
            Past[Quantity.Collect][index][step] = collect;
            Past[Quantity.Full][index][step] = full;
            Past[Quantity.Files][index][step] = files;
            Past[Quantity.Shed][index][step] = shed;
            Past[Quantity.Work][index][step] = work;
            var passed = asked * (1 - shed) * (1 - (0.7 * Of(index, Lever.Fail)));
            foreach (var call in service.Calls)
            {
                rate[call.Callee][step] += passed * Ratio(call, step) * _retry[call.Index];
            }
        }
    }

    private double Ratio(SimCall call, int step)
    {
        var storm = call.Hidden ? 1 : 1 + Of(call.Caller, Lever.Repeat);
        if (call.Cache < 0)
        {
            return call.Ratio * storm;
        }

        var lost = Math.Max(Of(call.Cache, Lever.Miss), step > 0 ? Past[Quantity.Errors][call.Cache][step - 1] : 0);
        return call.Ratio * storm * Math.Max(UsualMiss, lost);
    }

    private void Up(int step)
    {
        for (var index = _graph.Services.Length - 1; index >= 0; index--)
        {
            var service = _graph.Services[index];
            var busy = Past[Quantity.Busy][index][step];
            var wait = service.Base * (1 + Of(index, Lever.Wait)) * _traffic.Drift(index, step);
            wait *= 1 + (Of(index, Lever.Lock) * Math.Min(4, 1 + Past[Quantity.Full][index][step]));
            var disk = OfNode(service, Lever.NodeDisk);
            if (service.Volume >= 0)
            {
                wait *= 1 + Math.Max(disk, Of(_graph.VolumeEntity(service.Volume), Lever.VolumeSlow));
            }
            else
            {
                wait *= 1 + (0.15 * disk);
            }

            wait *= 1 + (Math.Max(0, Of(index, Lever.BadPod)) / service.Pods.Length);
            var own = wait + (Past[Quantity.Work][index][step] / Past[Quantity.Speed][index][step] / Math.Max(SlowestShare, 1 - Math.Min(busy, 0.95)));
            own += Backlog(index, step, busy);
            var sharp = Math.Min(1, Math.Max(0, Past[Quantity.Full][index][step] - 0.8));
            var used = service.Volume >= 0 ? Of(_graph.VolumeEntity(service.Volume), Lever.VolumeFull) : 0;
            var full = used > 0 ? Math.Max(0, (0.25 + used - 0.95) / 0.05) * 0.8 : 0;
            var skew = Math.Clamp((OfNode(service, Lever.NodeClock) - 30) / 300, 0, 0.9);
            var right = (1 - Of(index, Lever.Fail)) * (1 - Math.Min(0.9, full)) * (1 - skew) * (1 - Past[Quantity.Shed][index][step]);
            var ownRight = right;
            double below = 0;
            foreach (var call in service.Calls)
            {
                var (seconds, failed) = Call(call, step);
                Past.CallFailed[call.Index][step] = (float)failed;
                Past.CallSeconds[call.Index][step] = (float)seconds;
                _failed[call.Index] = failed;
                var (all, tries) = (Math.Pow(failed, call.AttemptCount), 1.0);
                for (var attempt = 1; attempt < call.AttemptCount; attempt++)
                {
                    tries += Math.Pow(failed, attempt);
                }

                _retry[call.Index] = tries;
                var ratio = call.Cache >= 0 ? Ratio(call, step) : call.Ratio * Math.Min(3, 1 + (0.1 * (Ratio(call, step) / call.Ratio - 1)));
                below += ratio * seconds * tries;
                right *= call.Fallback ? 1 : 1 - (Math.Min(1, ratio) * all);
            }

            var queued = Math.Min(sharp * (own + below), PoolPatience);
            var latency = own + below + queued;
            Past[Quantity.Own][index][step] = own + queued;
            Past[Quantity.OwnErrors][index][step] = 1 - ownRight;
            var old = step > 0 ? Past[Quantity.Latency][index][step - 1] : latency;
            Past[Quantity.Latency][index][step] = Math.Min(30, (0.4 * old) + (0.6 * latency));
            Past[Quantity.Errors][index][step] = 1 - right;
            Memory(index, step);
        }
    }

    private (double Seconds, double Failed) Call(SimCall call, int step)
    {
        var callee = _graph.Services[call.Callee];
        var loss = 1 - ((1 - NetLoss(call.Caller)) * (1 - NetLoss(call.Callee)));
        var delay = Of(call.Caller, Lever.NetDelay) + Of(call.Callee, Lever.NetDelay) + (0.4 * loss);
        var mean = Past[Quantity.Latency][call.Callee][step] + delay + 0.0005;
        var late = Math.Exp(-Math.Pow(call.Timeout / mean, 1.3));
        var gone = 1 - Past[Quantity.Ready][call.Callee][step];
        var refused = gone > 0.99 ? 1 : 0.1 * gone;
        var hang = Of(call.Callee, Lever.Hang);
        var cut = Of(call.Caller, Lever.Partition);
        cut = cut > 0 && _faults.Any(fault => fault.Entity == call.Caller && fault.Callee == call.Callee) ? cut : 0;
        var denied = callee.Kind is SimKind.Database or SimKind.Cache ? Of(call.Caller, Lever.Refused) : 0;
        var shut = 1 - ((1 - refused) * (1 - Of(call.Callee, Lever.Handshake)) * (1 - denied));
        var stuck = 1 - ((1 - hang) * (1 - cut) * (1 - Math.Pow(loss, 2)));
        var answered = (1 - shut) * (1 - stuck);
        var failed = 1 - (answered * (1 - late) * (1 - Past[Quantity.Errors][call.Callee][step]));
        Past.CallShut[call.Index][step] = (float)(1 - answered);
        var seconds = (answered * Math.Min(mean, call.Timeout)) + ((1 - shut) * stuck * call.Timeout) + (shut * 0.002);
        return (seconds, Math.Min(1, failed));
    }

    private double Backlog(int index, int step, double busy)
    {
        if (_graph.Services[index].Kind != SimKind.Worker)
        {
            return 0;
        }

        var served = Past[Quantity.Served][index][step];
        var before = step > 0 ? Past[Quantity.Backlog][index][step - 1] : 0;
        var now = Math.Clamp(before + (StepSeconds * served * (1 - (1 / Math.Max(busy, 0.01)))), 0, 20 * served);
        Past[Quantity.Backlog][index][step] = now;
        return served > 0 ? now / served : 0;
    }

    private void Memory(int index, int step)
    {
        var service = _graph.Services[index];
        _leaked[index] += Of(index, Lever.Leak) * StepSeconds / 60;
        var memory = service.Memory + _leaked[index] + (0.08 * Math.Min(2, Past[Quantity.Full][index][step]))
            + (Of(index, Lever.Collect) > 0 ? 0.95 - service.Memory : 0);
        if (memory >= 1 && Of(index, Lever.Leak) > 0)
        {
            _leaked[index] = 0;
            _downUntil[index] = step + 5;
            Past.Killed.Add((index, step));
        }

        Past[Quantity.Memory][index][step] = Math.Min(1, memory);
        var burnt = Of(index, Lever.Burn) * _graph.Nodes[service.Pods[0]];
        Past[Quantity.Cpu][index][step] = burnt + (Math.Min(Past[Quantity.Busy][index][step], 1) * service.Pods.Length
            * Past[Quantity.Up][index][step] * service.Limit * Past[Quantity.Speed][index][step]);
    }

    private void Nodes(int step)
    {
        Array.Clear(_nodeUse);
        for (var index = 0; index < _graph.Services.Length; index++)
        {
            var service = _graph.Services[index];
            if (service.Ours)
            {
                var pods = service.Pods;
                foreach (var node in pods)
                {
                    _nodeUse[node] += Past[Quantity.Cpu][index][step] / pods.Length / _graph.Nodes[node];
                }
            }
        }

        for (var node = 0; node < _nodeUse.Length; node++)
        {
            var gone = Of(_graph.NodeEntity(node), Lever.NodeDown);
            Past.NodeUse[node][step] = (float)(Math.Min(1, _nodeUse[node]) * (1 - gone));
            _nodeUse[node] = Math.Max(_nodeUse[node], 0.01);
        }
    }

    /// <summary>Levers of every entity at one step.</summary>
    private sealed class Levels(int entityCount)
    {
        private static readonly int Width = Enum.GetValues<Lever>().Length;
        private readonly double[] _values = new double[entityCount * Enum.GetValues<Lever>().Length];

        public double Of(int entity, Lever lever) => _values[(entity * Width) + (int)lever];

        public void Set(IReadOnlyList<HardFault> faults, int step)
        {
            Array.Clear(_values);
            foreach (var fault in faults)
            {
                var share = fault.At(step);
                for (var index = 0; index < fault.Strengths.Length; index++)
                {
                    var place = (fault.Entity * Width) + (int)fault.Kind.Effects[index].Lever;
                    _values[place] = Math.Max(_values[place], share * fault.Strengths[index]);
                }
            }
        }
    }
}
