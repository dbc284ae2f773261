using CaaS.Analytics;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Slow and failing requests: an entity's own, those of its callers, and those its callees explain
/// away.</summary>
internal sealed class RequestDetector : IFindingDetector
{
    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        if (entity.Kind == EntityKinds.Node)
        {
            return;
        }

        var slow = file.Own(entity, SignalRole.Latency).FirstOrDefault();
        var slowForCallers = file.Toward(entity, SignalRole.Latency).FirstOrDefault();
        var failing = file.Own(entity, SignalRole.Errors).FirstOrDefault();
        var failingForCallers = file.Toward(entity, SignalRole.Errors).FirstOrDefault();
        var slowBy = Explain(file, entity, SignalRole.Latency);
        var failingBy = Explain(file, entity, SignalRole.Errors);

        if ((slow ?? slowForCallers) is { } latency)
        {
            found.Add(Finding.Of(Features.LatencyUp, 1, latency, Sentence(latency)));
            var self = (slow is null ? 0.6 : 1) * (1 - slowBy.Strength);
            if (self > 0.05)
            {
                found.Add(Finding.Of(Features.SelfLatency, self, latency,
                    GraphView.Of(file.View.Callees, entity).Any()
                        ? $"{entity.Name} is slow, and nothing it calls explains it: {Numbers.Band(latency.Worst)}"
                        : $"{entity.Name} is slow and calls nobody: {Numbers.Band(latency.Worst)}"));
            }
        }

        if (slowForCallers is not null)
        {
            found.Add(Finding.Of(Features.SlowForCallers, 1, slowForCallers, Sentence(slowForCallers)));
        }

        if (failing is not null && failingBy.Strength < 0.95)
        {
            found.Add(Finding.Of(Features.SelfErrors, 1 - failingBy.Strength, failing, Sentence(failing)));
        }

        if (failing is null && failingForCallers is not null)
        {
            found.Add(Finding.Of(Features.Unreachable, 1, failingForCallers,
                $"{Sentence(failingForCallers)}, while {entity.Name} itself reports no failed request"));
        }

        var explained = (slow is not null && slowBy.Strength > failingBy.Strength) || failing is null ? slowBy : failingBy;
        if (explained.Strength > 0.05 && (slow ?? failing ?? slowForCallers ?? failingForCallers) is { } effect)
        {
            found.Add(new Finding(Features.ExplainedByCallee, explained.Strength, EvidenceKind.Topology, entity,
                effect.Worst.Onset, $"{entity.Name} calls {explained.By?.Name}, and {explained.Why}"));
        }
        else if ((slow ?? failing ?? slowForCallers ?? failingForCallers) is { } own)
        {
            found.Add(new Finding(Features.Deepest, 1, EvidenceKind.Topology, entity, own.Worst.Onset,
                $"{entity.Name} is the deepest troubled service on the path of calls"));
        }

        FindFineCallers(file, entity, found);
    }

    private static void FindFineCallers(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var callers = GraphView.Of(file.View.Callers, entity).ToArray();
        var failing = callers.Where(caller => file.OnEdge(caller, entity, SignalRole.Errors, SignalRole.Latency).Any()).ToArray();
        if (failing.Length == 1 && callers.Length > 1 && !file.HasFact(entity)
            && !file.Own(entity, SignalRole.Errors, SignalRole.Latency).Any())
        {
            var fine = callers.First(caller => caller != failing[0]);
            found.Add(new Finding(Features.OtherCallersFine, 1, EvidenceKind.Topology, entity, file.Onset,
                $"Only {failing[0].Name} has trouble with {entity.Name}; {fine.Name} calls it without"));
        }
    }

    /// <summary>How far a troubled callee explains an entity's slow or failed requests, 0 to 1.</summary>
    private static (double Strength, EntityRef? By, string Why) Explain(CaseFile file, EntityRef entity, SignalRole role)
    {
        (double Strength, EntityRef? By, string Why) best = (0, null, "");
        foreach (var callee in GraphView.Of(file.View.Callees, entity))
        {
            var edge = file.OnEdge(entity, callee, SignalRole.Errors, SignalRole.Latency).FirstOrDefault();
            var own = file.Own(callee, role).FirstOrDefault() ?? file.Own(callee, SignalRole.Errors).FirstOrDefault();
            var isBroken = file.HasFact(callee)
                || GraphView.Of(file.View.NodesOf, callee).Any(node => file.NodeTrouble(node).Strength > 0);
            var strength = (edge, own, isBroken) switch
            {
                (not null, not null, _) or (not null, _, true) => 1.0,
                (not null, _, _) => OnlyCaller(file, entity, callee) ? 0.3 : 0.85,
                (null, _, true) => 0.6,
                (null, not null, _) => 0.4,
                _ => 0.0,
            };
            strength *= file.View.Calls(callee, entity, file.Options.LinkHops) ? 0.3 : 1;
            if (strength > best.Strength)
            {
                var why = edge is not null ? Lower(Sentence(edge))
                    : isBroken ? $"{callee.Name} is broken"
                    : Lower(Sentence(own!));
                best = (strength, callee, why);
            }
        }

        return best;
    }

    /// <summary>True when several services call the callee and only this one has trouble with it: then the callee is
    /// not at fault.</summary>
    private static bool OnlyCaller(CaseFile file, EntityRef caller, EntityRef callee)
    {
        var callers = GraphView.Of(file.View.Callers, callee).ToArray();
        return callers.Length > 1 && callers.All(other => other == caller
            || !file.OnEdge(other, callee, SignalRole.Errors, SignalRole.Latency).Any());
    }

    private static string Sentence(LiveAnomaly seen)
    {
        var what = seen.Worst.Role == SignalRole.Errors ? "fail" : "are slow";
        return seen.Peer.Length > 0
            ? $"Requests of {seen.Entity.Name} to {seen.Peer} {what}: {Numbers.Band(seen.Worst)}"
            : $"Requests to {seen.Entity.Name} {what}: {Numbers.Band(seen.Worst)}";
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
