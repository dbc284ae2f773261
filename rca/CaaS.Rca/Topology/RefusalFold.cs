using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Keeps in a view whose flows are refused by which policies: who needs a flow depends on the policy that
/// refuses it.</summary>
/// <remarks>Folds all anew when refusals begin or are forgotten, or a policy moved, all of which is rare: O(refused
/// flows), and O(policies) for each that names none.</remarks>
internal sealed class RefusalFold(LiveGraph graph, FlowBook flows, GraphView view)
{
    private int _version;
    private bool _isTouched;

    public void Touch() => _isTouched = true;

    /// <summary>Folds what has changed.</summary>
    /// <returns>True when the view may have changed.</returns>
    public bool Fold()
    {
        if (flows.Version == _version && !_isTouched)
        {
            return false;
        }

        _version = flows.Version;
        _isTouched = false;
        view.RefusedBy.Clear();
        foreach (var flow in flows.Denied)
        {
            foreach (var policy in flow.Denials.SelectMany(denial => Policies(flow, denial)))
            {
                Adjacency.Link(view.RefusedBy, flow.From, policy);
                Adjacency.Link(view.RefusedBy, flow.To, policy);
            }
        }

        return true;
    }

    private IEnumerable<EntityRef> Policies(FlowFact flow, FlowDenial denial) => denial.Policy is { } named
        ? [named]
        : PolicyScope.Of(graph, view, denial.IsAtDestination ? flow.To : flow.From);
}
