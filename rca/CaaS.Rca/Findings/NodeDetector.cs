using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Whether a node is lost, and what that explains.</summary>
internal sealed class NodeDetector : IFindingDetector
{
    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        if (entity.Kind == EntityKinds.Node)
        {
            FindNode(file, entity, found);
            return;
        }

        var pods = file.View.PodsOf(entity)
            .Where(pod => pod.Node is not null && (pod.State.GoneAt is not { } gone || gone > file.Onset)
                && pod.State.BornAt < file.Onset + TimeSpan.FromSeconds(5))
            .ToArray();
        var lost = pods.Where(pod => file.NodeTrouble(pod.Node!.Value).Strength > 0).ToArray();
        if (lost.Length > 0)
        {
            var node = lost[0].Node!.Value;
            found.Add(new Finding(Features.ExplainedByNode,
                file.NodeTrouble(node).Strength * lost.Length / pods.Length, EvidenceKind.Topology, entity, file.Onset,
                $"{lost.Length} of {pods.Length} pods of {entity.Name} ran on {node.Name}, and that node is in trouble"));
        }
    }

    private static void FindNode(CaseFile file, EntityRef node, ICollection<Finding> found)
    {
        var (strength, text) = file.NodeTrouble(node);
        var fact = file.Facts[node].FirstOrDefault();
        if (fact is not null)
        {
            found.Add(new Finding(Features.NodeNotReady, 1, EvidenceKind.State, node, fact.Since, text));
        }
        else if (strength > 0)
        {
            found.Add(new Finding(Features.NodeSilent, 1, EvidenceKind.Silence, node, file.Onset, text));
        }
        else if (file.Graph.Find(node) is { IsReady: true })
        {
            found.Add(new Finding(Features.NodeHealthy, 1, EvidenceKind.State, node, file.Onset, $"Node {node.Name} is ready and speaks"));
        }

        var cut = file.ByAnchor.Select(group => group.Key)
            .Where(anchor => anchor.Kind != EntityKinds.Node && GraphView.Of(file.View.NodesOf, anchor).Contains(node))
            .ToArray();
        if (cut.Length > 0)
        {
            found.Add(new Finding(Features.PodsUnreachable, cut.Length > 1 ? 1 : 0.6, EvidenceKind.Topology, node, file.Onset,
                $"{cut.Length} troubled services have pods on {node.Name}: {string.Join(", ", cut.Take(5).Select(anchor => anchor.Name))}"));
        }

        var latest = file.Events.Fresh(node, file.Onset).LastOrDefault();
        if (latest is not null)
        {
            found.Add(new Finding(Features.WarningEvents, 1, EvidenceKind.State, node, latest.Time, $"{latest.Reason}: {latest.Message}"));
        }
    }
}
