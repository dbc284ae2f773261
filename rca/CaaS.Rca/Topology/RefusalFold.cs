using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Keeps in a view whose flows are refused by which policies: who needs a flow depends on the policy that
/// refuses it.</summary>
internal static class RefusalFold
{
    /// <summary>Adds them; O(refused flows), and O(policies) for each that names none.</summary>
    public static void AddTo(GraphView view, LiveGraph graph, FlowBook flows)
    {
        foreach (var flow in flows.Denied)
        {
            foreach (var denial in flow.Denials)
            {
                IEnumerable<EntityRef> policies = denial.Policy is { } named
                    ? [named]
                    : PolicyScope.Of(graph, view, denial.IsAtDestination ? flow.To : flow.From);
                foreach (var policy in policies)
                {
                    GraphView.Link(view.RefusedBy, flow.From, policy);
                    GraphView.Link(view.RefusedBy, flow.To, policy);
                }
            }
        }
    }
}
