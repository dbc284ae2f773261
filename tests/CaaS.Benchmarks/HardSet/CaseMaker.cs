using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Draws a case until it hurts users, and only because of its faults.</summary>
/// <remarks>
/// Every case is run without its faults too, with the same users, drifts and decoys: there users must be well, with the
/// faults one entry must be hurt. Of two faults each must hurt the same entry by itself.
/// </remarks>
internal static class CaseMaker
{
    public const int StepCount = 500;
    public const int BeforeCount = 240;
    public const int AfterCount = 32;
    private const int WarmUp = 40;
    private const int GraphTries = 25;
    private const int PlaceTries = 10;
    private const int TogetherCount = 24;
    private const int DelayLimit = 160;
    private const int StepDelayLimit = 80;
    private const int BlipLimit = 7;

    /// <summary>The case of a seed; when a pair of classes cannot hurt one entry together, the next class takes the
    /// second place.</summary>
    public static HardCase Make(int seed, FaultKind[] kinds)
    {
        for (var turn = 0; turn < (kinds.Length == 1 ? 1 : FaultKinds.All.Length); turn++)
        {
            FaultKind[] turned = kinds.Length == 1
                ? kinds
                : [kinds[0], FaultKinds.All[(Array.IndexOf(FaultKinds.All, kinds[1]) + turn) % FaultKinds.All.Length]];
            if (turned.Distinct().Count() == kinds.Length && Draw(seed, turned) is { } made)
            {
                return made;
            }
        }

        throw new InvalidOperationException($"Seed {seed} gives no case of {kinds[0].Id} that hurts.");
    }

    /// <summary>A case in which nothing is the matter: for one moment or a few, users seemed to be hurt.</summary>
    public static HardCase Calm(int seed)
    {
        for (var attempt = 0; attempt < GraphTries; attempt++)
        {
            if (Set(seed, attempt) is not { } set)
            {
                continue;
            }

            var random = set.Random;
            var symptom = new SymptomFact(random.Pick([.. set.Graph.Loads.Keys.Order()]),
                random.NextDouble() < 0.5 ? Meaning.Latency : Meaning.Errors);
            var made = new Emitter(random, set.Graph, set.Calm, [], set.Decoys, set.Start + random.Next(1, 5), symptom, [],
                seed).Emit();
            var felt = made.Series.First(series => series.Entity == symptom.Entity && series.Meaning == symptom.Meaning
                && series.Part.Length == 0);
            var from = BeforeCount + random.Next(-2, 2);
            for (var (step, length) = (from, random.Next(0, BlipLimit)); step < from + length; step++)
            {
                felt.Values[step] = symptom.Meaning == Meaning.Latency
                    ? felt.Values[step] * random.Between(1.5, 4)
                    : Math.Min(1, felt.Values[step] + random.Between(0.02, 0.3));
            }

            return made;
        }

        throw new InvalidOperationException($"Seed {seed} gives no calm case.");
    }

    private static HardCase? Draw(int seed, FaultKind[] kinds)
    {
        for (var attempt = 0; attempt < GraphTries; attempt++)
        {
            if (Set(seed, attempt) is not { } set)
            {
                continue;
            }

            var (random, graph, reached, start, decoys, traffic, calm) = set;
            for (var place = 0; place < PlaceTries; place++)
            {
                HardFault?[] faults = [.. kinds.Select((kind, index) => Place(random, graph, reached, kind, Start(kind, kinds.Length, start) + (index * random.Next(-8, 9))))];
                if (faults.Any(fault => fault is null) || faults.Select(fault => fault!.Entity).Distinct().Count() < kinds.Length)
                {
                    continue;
                }

                if (Check(random, graph, traffic, calm, decoys, [.. faults.Select(fault => fault!)], seed) is { } made)
                {
                    return made;
                }
            }
        }

        return null;
    }

    /// <summary>A cluster with its users and decoys; null when they alone are trouble enough.</summary>
    private static Setting? Set(int seed, int attempt)
    {
        var random = new Random(unchecked((seed * 1000003) + (attempt * 7919)));
        var graph = GraphMaker.Make(random, (int)random.Spread(12, 300));
        var start = random.Next(290, 300);
        var reached = Reached(graph);
        HardFault[] decoys = [.. DrawDecoys(random, graph, reached, start)];
        var traffic = new Traffic(random, graph, StepCount, start + random.Next(-20, 20));
        var calm = Physics.Run(graph, traffic, decoys, StepCount);
        return graph.Loads.Keys.All(entry => Harm.IsWell(calm, entry, WarmUp))
            ? new(random, graph, reached, start, decoys, traffic, calm)
            : null;
    }

    /// <summary>Of two faults the one that comes little by little begins earlier.</summary>
    private static int Start(FaultKind kind, int count, int start) =>
        kind.Shape == FaultShape.Ramp && count > 1 ? start - (int)(0.8 * kind.Minutes * 60 / Physics.StepSeconds) : start;

    private static HardCase? Check(
        Random random, SimGraph graph, Traffic traffic, Course calm, HardFault[] decoys, HardFault[] faults, int seed)
    {
        var hurt = Physics.Run(graph, traffic, [.. decoys, .. faults], StepCount);
        var harm = new Harm(graph, calm, hurt);
        var (symptom, first) = graph.Loads.Keys.Order().Select(entry => (entry, First: harm.First(entry, faults.Min(fault => fault.Start), AfterCount)))
            .Where(one => one.First >= 0).OrderBy(one => one.First).FirstOrDefault((-1, -1));
        if (symptom < 0)
        {
            return null;
        }

        Harm[] alone = faults.Length == 1
            ? [harm]
            : [.. faults.Select(fault => new Harm(graph, calm, Physics.Run(graph, traffic, [.. decoys, fault], StepCount)))];
        int[] firsts = [.. alone.Select((one, index) => one.First(symptom, faults[index].Start, AfterCount))];
        var onset = firsts.Max() + random.Next(1, 5);
        if (faults.Any(fault => onset - fault.Start > (fault.Kind.Shape == FaultShape.Ramp ? DelayLimit : StepDelayLimit)))
        {
            return null;
        }

        if (firsts.Min() < 0 || firsts.Max() - firsts.Min() > TogetherCount || onset + AfterCount >= StepCount || first < 0)
        {
            return null;
        }

        var truths = new HardTruth[faults.Length];
        for (var index = 0; index < faults.Length; index++)
        {
            var ways = alone[index].Ways(faults[index], onset, onset + AfterCount);
            var path = Harm.Path(ways, faults[index].Entity, symptom);
            if (path.Length == 0)
            {
                return null;
            }

            truths[index] = new HardTruth(faults[index].Entity, faults[index].Kind, Emitter.Time(faults[index].Start), path, ways);
        }

        var feels = harm.Feels(symptom, onset, onset + AfterCount);
        return new Emitter(random, graph, hurt, faults, decoys, onset, new(symptom, feels), truths, seed).Emit();
    }

    /// <summary>How often a request of users comes by each service, at the entry that asks most.</summary>
    private static double[] Reached(SimGraph graph)
    {
        var most = new double[graph.Services.Length];
        foreach (var entry in graph.Loads.Keys)
        {
            var times = new double[graph.Services.Length];
            times[entry] = 1;
            for (var index = 0; index < times.Length; index++)
            {
                most[index] = Math.Max(most[index], times[index]);
                foreach (var call in graph.Services[index].Calls)
                {
                    times[call.Callee] += times[index] * call.Ratio * (call.Fallback ? 0.5 : 1) * (call.Cache >= 0 ? Physics.UsualMiss : 1);
                }
            }
        }

        return most;
    }

    private static HardFault? Place(Random random, SimGraph graph, double[] reached, FaultKind kind, int start)
    {
        int[] places = [.. Places(graph, kind.Target, index => reached[index] >= 0.15)];
        if (places.Length == 0)
        {
            return null;
        }

        var entity = random.Pick(places);
        var callee = -1;
        if (Array.Exists(kind.Effects, effect => effect.Lever == Lever.Partition))
        {
            callee = graph.Services[entity].Calls.Where(call => !call.Hidden && call.Cache < 0).MaxBy(call => call.Ratio)?.Callee ?? -1;
            if (callee < 0)
            {
                return null;
            }
        }

        return new HardFault(kind, entity, start, [.. kind.Effects.Select(effect => random.Spread(effect.Low, effect.High))], callee);
    }

    private static IEnumerable<int> Places(SimGraph graph, FaultTarget target, Func<int, bool> wanted)
    {
        IEnumerable<int> Of(params SimKind[] kinds) =>
            Enumerable.Range(0, graph.Services.Length).Where(index => kinds.Contains(graph.Services[index].Kind) && wanted(index));
        return target switch
        {
            FaultTarget.Web => Of(SimKind.Entry, SimKind.Web),
            FaultTarget.Client => Of(SimKind.Entry, SimKind.Web).Where(index => graph.Services[index].Calls.Exists(call =>
                graph.Services[call.Callee].Kind is SimKind.Cache or SimKind.Database)),
            FaultTarget.Database => Of(SimKind.Database),
            FaultTarget.Cache => Of(SimKind.Cache),
            FaultTarget.Worker => Of(SimKind.Worker),
            FaultTarget.Batch => Enumerable.Range(0, graph.Services.Length).Where(index => graph.Services[index].Kind == SimKind.Batch),
            FaultTarget.Node => graph.Placements().Where(place => wanted(place.Service)).Select(place => graph.NodeEntity(place.Node)).Distinct().Order(),
            FaultTarget.Volume => Of(SimKind.Database).Select(index => graph.VolumeEntity(graph.Services[index].Volume)),
            FaultTarget.External => Of(SimKind.External),
            FaultTarget.Names => Of(SimKind.Names),
            FaultTarget.Users => [graph.UsersEntity],
            _ => Of(SimKind.Entry, SimKind.Web, SimKind.Worker, SimKind.Cache, SimKind.Database),
        };
    }

    private static IEnumerable<HardFault> DrawDecoys(Random random, SimGraph graph, double[] reached, int start)
    {
        for (var left = random.Next(2, 5 + (graph.Services.Length / 20)); left > 0; left--)
        {
            var kind = random.Pick(FaultKinds.Decoys);
            var aside = kind.Change.Length == 0;
            int[] places = [.. Places(graph, kind.Target, index => !aside || reached[index] < 0.1)];
            if (places.Length > 0)
            {
                yield return new HardFault(kind, random.Pick(places), start + random.Next(-60, 20),
                    [.. kind.Effects.Select(effect => random.Spread(effect.Low, effect.High))], -1);
            }
        }
    }

    private sealed record Setting(
        Random Random, SimGraph Graph, double[] Reached, int Start, HardFault[] Decoys, Traffic Traffic, Course Calm);
}
