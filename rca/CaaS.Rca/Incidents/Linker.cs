using CaaS.Rca.FaultClasses;
using CaaS.Rca.Findings;
using CaaS.Rca.Symptoms;
using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Incidents;

/// <summary>Says whether symptoms belong together, and why; without a positive link they do not.</summary>
/// <remarks>
/// A link is causal, not mere nearness: along calls, or through a node that is itself in trouble. Two services on one
/// healthy node, or below one common caller, are not linked: all services of a small cluster would be.
/// </remarks>
internal sealed class Linker(RcaOptions options)
{
    /// <summary>The link of a symptom to an incident, or null.</summary>
    public string? Why(CaseFile file, LiveSymptom symptom, OpenIncident incident)
    {
        var members = file.Symptoms.Where(member => IsNear(member, symptom, file.Now)).ToArray();
        if (members.Length == 0)
        {
            return null;
        }

        var anchor = symptom.Anchor(file.View);
        if (incident.Judgement.Established is { } cause)
        {
            var faultClass = incident.Judgement.Causes[0].FaultClass;
            if (CoverageDetector.Explains(file, cause, symptom))
            {
                return anchor == cause ? $"on {cause}, the suspected cause" : $"{anchor.Name} depends on {cause}, the suspected cause";
            }

            if (file.View.Calls(cause, anchor, options.LinkHops))
            {
                return $"{cause.Name} calls {anchor.Name}";
            }

            if (FaultCatalogue.Default.Find(faultClass) is { ActsThroughNode: true } && !symptom.IsHard && Shared(file, anchor, cause) is { } node)
            {
                return $"{anchor.Name} shares {node.Name} with {cause.Name}, the suspected cause";
            }

            if (Store(file, anchor, cause) is { } why)
            {
                return why;
            }

            var isIndependent = symptom.IsHard
                || symptom.Since - incident.Onset > options.IndependentAfter
                || file.Changes.Suspects(anchor, symptom.Since).Any(change =>
                    change.Time <= symptom.Since && change.Time > symptom.Since - options.RolloutLimit);
            if (isIndependent && cause.Kind != EntityKinds.Node)
            {
                return null;
            }
        }

        return Any(file, symptom, members.Select(member => member.Anchor(file.View)).ToHashSet(), members);
    }

    /// <summary>The link to any of several symptoms, or null; O(reached entities + anchors), not O(symptoms).</summary>
    /// <param name="file">What is known.</param>
    /// <param name="symptom">The symptom.</param>
    /// <param name="anchors">What the others are about.</param>
    /// <param name="members">The others.</param>
    public string? Any(CaseFile file, LiveSymptom symptom, HashSet<EntityRef> anchors, IReadOnlyCollection<LiveSymptom> members)
    {
        var anchor = symptom.Anchor(file.View);
        if (anchors.Contains(anchor))
        {
            return $"another symptom of {anchor.Name}";
        }

        foreach (var reached in file.View.Dependencies(anchor, options.LinkHops).Order.Where(anchors.Contains))
        {
            return Chain(file, anchor, reached);
        }

        foreach (var caller in anchors.Where(caller => file.View.Calls(caller, anchor, options.LinkHops)))
        {
            return Chain(file, caller, anchor);
        }

        return anchors.Select(other => Node(file, anchor, other) ?? Store(file, anchor, other)).FirstOrDefault(why => why is not null)
            ?? members.Select(member => Simultaneous(file, symptom, member)).FirstOrDefault(why => why is not null);
    }

    /// <summary>The link of two symptoms that stand for themselves: a node in trouble, disks of one cluster, or the same
    /// moment on the same node.</summary>
    public string? WhyBesideCalls(CaseFile file, LiveSymptom one, LiveSymptom other)
    {
        var (from, to) = (one.Anchor(file.View), other.Anchor(file.View));
        return Node(file, from, to) ?? Store(file, from, to) ?? Simultaneous(file, one, other);
    }

    private string? Chain(CaseFile file, EntityRef from, EntityRef to)
    {
        var reach = file.View.Dependencies(from, options.LinkHops);
        return reach.Hops.ContainsKey(to)
            ? string.Join(" calls ", reach.Back(to).Reverse().Select(entity => entity.Name))
            : null;
    }

    private string? Node(CaseFile file, EntityRef from, EntityRef to)
    {
        var ground = Nodes(file, to);
        var lost = Nodes(file, from).Where(node => file.NodeTrouble(node).Strength > 0 && ground.Contains(node))
            .Order(EntityOrder.Instance).ToArray();
        return lost.Length == 0 ? null
            : from.Kind == EntityKinds.Node || to.Kind == EntityKinds.Node ? $"{(from == lost[0] ? to.Name : from.Name)} depends on node {lost[0].Name}"
            : $"{from.Name} and {to.Name} depend on node {lost[0].Name}, which is in trouble";
    }

    /// <summary>Disks that are down together take the same data's copies, whatever took each of them down.</summary>
    private static string? Store(CaseFile file, EntityRef one, EntityRef other)
    {
        if ((one.Kind, other.Kind) is not (EntityKinds.CephOsd, EntityKinds.CephOsd) || one == other)
        {
            return null;
        }

        var store = file.View.StoredOn.FirstOrDefault(pair => pair.Key.Kind == EntityKinds.CephCluster
            && pair.Value.Contains(one) && pair.Value.Contains(other)).Key;
        return store == default ? null : $"{one.Name} and {other.Name} hold the data of {store.Name}";
    }

    private string? Simultaneous(CaseFile file, LiveSymptom one, LiveSymptom other)
    {
        var isSameSort = (one.Sort == SymptomSort.Latency && other.Sort == SymptomSort.Latency)
            || (one.Peer.Length > 0 && other.Peer.Length > 0);
        if (!isSameSort || one.IsHard || other.IsHard || (one.Since - other.Since).Duration() > options.SimultaneousWithin)
        {
            return null;
        }

        var from = one.Anchor(file.View);
        var to = other.Anchor(file.View);
        return Shared(file, from, to) is { } node ? $"{from.Name} and {to.Name} share {node.Name} and went wrong at the same moment" : null;
    }

    private IReadOnlySet<EntityRef> Nodes(CaseFile file, EntityRef entity) =>
        entity.Kind == EntityKinds.Node ? new HashSet<EntityRef> { entity } : file.View.Ground(entity, options.LinkHops);

    private static EntityRef? Shared(CaseFile file, EntityRef one, EntityRef other)
    {
        var nodes = GraphView.Of(file.View.NodesOf, one).Intersect(GraphView.Of(file.View.NodesOf, other)).Order(EntityOrder.Instance).ToArray();
        return nodes.Length > 0 ? nodes[0] : null;
    }

    private bool IsNear(LiveSymptom member, LiveSymptom symptom, DateTimeOffset now) =>
        symptom.Since >= member.Since - options.LinkWindow
        && symptom.Since <= (member.Until ?? now) + options.LinkWindow;
}
