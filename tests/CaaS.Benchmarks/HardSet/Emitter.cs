using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Turns what happened into what telemetry saw of it: noisy, in samples, with parts missing.</summary>
/// <remarks>
/// What is missing is drawn blindly, but one thing that shows the cause itself stays: a series, a line or an event.
/// </remarks>
internal sealed class Emitter
{
    private static readonly double[] MissingShares = [0, 0.1, 0.2, 0.3, 0.5];
    private readonly Random _random;
    private readonly SimGraph _graph;
    private readonly Course _course;
    private readonly HardFault[] _faults, _decoys;
    private readonly int _from, _to;
    private readonly HardCase _case;
    private readonly HashSet<(int Entity, string Name)> _kept = [];
    private readonly bool[] _traced, _logged;

    public Emitter(Random random, SimGraph graph, Course course, HardFault[] faults, HardFault[] decoys, int onset,
        SymptomFact symptom, HardTruth[] truths, int seed)
    {
        (_random, _graph, _course, _faults, _decoys) = (random, graph, course, faults, decoys);
        (_from, _to) = (onset - CaseMaker.BeforeCount, onset + CaseMaker.AfterCount);
        _case = new HardCase
        {
            Seed = seed,
            Entities = graph.Entities,
            Missing = random.Pick(MissingShares),
            From = Time(_from),
            Onset = Time(onset),
            Now = Time(_to),
            Symptom = symptom,
            Truths = truths,
            ServiceCount = graph.Services.Length,
        };
        _traced = [.. graph.Services.Select(service => service.Kind is SimKind.Entry or SimKind.Web or SimKind.Worker && random.NextDouble() >= _case.Missing)];
        _logged = [.. graph.Services.Select(service => service.Ours && random.NextDouble() >= _case.Missing)];
        foreach (var name in (string[])["latency", "error share", "requests per second"])
        {
            _kept.Add((symptom.Entity, name));
        }
    }

    /// <summary>Unix seconds of a step.</summary>
    public static double Time(int step) => 1_700_000_000 + (step * Physics.StepSeconds);

    public HardCase Emit()
    {
        foreach (var fault in _faults)
        {
            var line = fault.Kind.Line.Length > 0 && _logged[Speaker(fault.Entity)];
            var told = fault.Kind.Event.Length > 0 && _random.NextDouble() >= _case.Missing;
            if (told)
            {
                Tell(fault);
            }

            if (!line && !told)
            {
                _kept.Add((fault.Entity, fault.Kind.Signals[0]));
            }
        }

        foreach (var fault in _decoys.Where(fault => fault.Kind.Event.Length > 0 && _random.NextDouble() >= _case.Missing))
        {
            Tell(fault);
        }

        foreach (var fault in (HardFault[])[.. _faults, .. _decoys])
        {
            if (fault.Kind.Change.Length > 0 && _random.NextDouble() >= 0.5 * _case.Missing)
            {
                _case.Changes.Add(new HardChange(Time(fault.Start) - _random.Between(10, 90), fault.Entity, fault.Kind.Change));
            }
        }

        _case.Changes.Sort((left, right) => left.Time.CompareTo(right.Time));
        _case.Calls.AddRange(_graph.Calls.Where(call => !call.Hidden).Select(call => new CallLink(call.Caller, call.Callee)));
        Link();
        new MetricEmitter(_random, _graph, _course, _faults, _case, _kept, _from, _to).Emit();
        new TraceEmitter(_random, _graph, _course, _faults, _case, _traced, _logged, _from, _to).Emit();
        new LogEmitter(_random, _graph, _course, (HardFault[])[.. _faults, .. _decoys], _case, _logged, _from, _to).Emit();
        return _case;
    }

    /// <summary>Which workload logs what befalls an entity: of a volume the one that mounts it.</summary>
    private int Speaker(int entity) => entity < _graph.Services.Length
        ? entity
        : Math.Max(0, Array.FindIndex(_graph.Services, service => service.Volume >= 0 && _graph.VolumeEntity(service.Volume) == entity));

    private void Tell(HardFault fault)
    {
        for (var step = fault.Start + _random.Next(1, 5); step < _to; step += _random.Next(4, 16))
        {
            if (step >= _from && fault.At(step) > 0.5)
            {
                _case.Events.Add(new HardEvent(Time(step), fault.Entity, fault.Kind.Event, fault.Kind.Event != "ScalingReplicaSet"));
            }
        }
    }

    private void Link()
    {
        foreach (var (service, node) in _graph.Placements().Where(place => _graph.Services[place.Service].Ours))
        {
            _case.Links.Add(new HardLink(service, _graph.NodeEntity(node), "runs-on"));
        }

        for (var index = 0; index < _graph.Services.Length; index++)
        {
            if (_graph.Services[index].Volume >= 0)
            {
                _case.Links.Add(new HardLink(index, _graph.VolumeEntity(_graph.Services[index].Volume), "mounts"));
            }
        }

        foreach (var entry in _graph.Loads.Keys.Order())
        {
            _case.Links.Add(new HardLink(entry, _graph.UsersEntity, "asked-by"));
        }

        foreach (var call in _graph.Calls.Where(call => call.Hidden))
        {
            _case.Links.Add(new HardLink(call.Caller, call.Callee, "asks"));
        }
    }
}
