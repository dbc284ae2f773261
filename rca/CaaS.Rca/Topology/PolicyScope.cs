using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Which workloads network policies govern.</summary>
/// <remarks>Asked for pages and for refusals nobody names, so it is worked out then and kept nowhere: O(policies ×
/// workloads of their namespaces).</remarks>
internal static class PolicyScope
{
    private const string NamespaceLabel = "projectcalico.org/namespace";
    private const string OrchestratorLabel = "projectcalico.org/orchestrator";

    /// <summary>From each policy to each workload it governs, in order.</summary>
    public static IEnumerable<Relation> All(LiveGraph graph, GraphView view)
    {
        var workloads = view.Workloads.ToLookup(workload => workload.Namespace, StringComparer.Ordinal);
        foreach (var policy in Policies(graph))
        {
            var selector = SelectorOf(policy);
            var near = IsClusterWide(policy) ? view.Workloads : workloads[policy.Entity.Namespace];
            foreach (var workload in near.Where(workload => IsFor(selector, view, workload)))
            {
                yield return new Relation(RelationKind.Configures, policy.Entity, workload);
            }
        }
    }

    /// <summary>Policies that govern a workload, in order.</summary>
    public static IEnumerable<EntityRef> Of(LiveGraph graph, GraphView view, EntityRef workload) => Policies(graph)
        .Where(policy => IsClusterWide(policy) || policy.Entity.Namespace == workload.Namespace)
        .Where(policy => IsFor(SelectorOf(policy), view, workload))
        .Select(policy => policy.Entity);

    private static IEnumerable<ObjectState> Policies(LiveGraph graph) =>
        graph.OfKind(EntityKinds.NetworkPolicy).Concat(graph.OfKind(EntityKinds.GlobalNetworkPolicy))
            .Where(state => !state.IsGone);

    private static bool IsClusterWide(ObjectState policy) => policy.Entity.Kind == EntityKinds.GlobalNetworkPolicy;

    private static LabelSelector SelectorOf(ObjectState policy) =>
        LabelSelector.Parse(policy.Fact(KubeFacts.PodSelector));

    /// <summary>All pods of a workload come from one template, so one of them speaks for all.</summary>
    private static bool IsFor(LabelSelector selector, GraphView view, EntityRef workload) =>
        view.PodsOf(workload).FirstOrDefault(pod => !pod.State.IsGone) is { } pod
        && selector.Fits(name => LabelOf(pod.State, name));

    private static string? LabelOf(ObjectState pod, string name)
    {
        foreach (var label in pod.Labels)
        {
            if (label.Name == name)
            {
                return label.Value;
            }
        }

        return name switch
        {
            NamespaceLabel => pod.Entity.Namespace,
            OrchestratorLabel => "k8s",
            _ => null,
        };
    }
}
