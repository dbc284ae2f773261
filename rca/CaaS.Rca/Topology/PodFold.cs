using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Keeps a view's workloads, their pods and the nodes these run on.</summary>
/// <remarks>O(log pods) a pod that moved, and O(pods of its workload) for the node it left.</remarks>
internal sealed class PodFold(LiveGraph graph, GraphView view, SelectionFold selections, AddressBook addresses)
{
    private static readonly Comparer<PodView> ByName =
        Comparer<PodView>.Create((x, y) => EntityOrder.Instance.Compare(x.State.Entity, y.State.Entity));

    private readonly HashSet<ObjectState> _touched = [];
    private readonly HashSet<EntityRef> _touchedWorkloads = [];

    public void Touch(ObjectState pod) => _touched.Add(pod);

    public void TouchWorkload(EntityRef workload) => _touchedWorkloads.Add(workload);

    /// <summary>Folds what was touched.</summary>
    /// <returns>True when the view may have changed.</returns>
    public bool Fold()
    {
        var moved = new List<PodView>();
        var hasChanged = _touchedWorkloads.Count > 0;
        foreach (var state in _touched)
        {
            var before = state.Folded;
            var after = ReferenceEquals(graph.Find(state.Entity), state) ? See(state) : null;
            if (before is not null && after is not null && before.IsLike(after))
            {
                continue;
            }

            hasChanged = true;
            if (before is not null)
            {
                Remove(before);
            }

            if (after is not null)
            {
                moved.Add(after);
            }
        }

        foreach (var pod in moved)
        {
            Add(pod);
        }

        foreach (var workload in _touchedWorkloads)
        {
            Note(workload);
        }

        _touched.Clear();
        _touchedWorkloads.Clear();
        return hasChanged;
    }

    private PodView See(ObjectState state)
    {
        var nodeName = state.Fact(KubeFacts.NodeName);
        var node = nodeName.Length > 0
            ? new EntityRef(state.Entity.Scope, EntityRef.NoNamespace, EntityKinds.Node, nodeName)
            : graph.NodeOf(state.Entity);
        return new PodView(graph.OwnerOf(state.Entity), node, state);
    }

    private void Add(PodView pod)
    {
        pod.State.Folded = pod;
        if (!view.Pods.TryGetValue(pod.Owner, out var pods))
        {
            pods = [];
            view.Pods.Add(pod.Owner, pods);
            TouchWorkload(pod.Owner);
        }

        var at = pods.BinarySearch(pod, ByName);
        pods.Insert(at < 0 ? ~at : at, pod);
        if (pod.Node is { } node)
        {
            Adjacency.Link(view.NodesOf, pod.Owner, node);
            Adjacency.Link(view.WorkloadsOn, node, pod.Owner);
        }

        addresses.Add(pod);
        selections.Add(pod);
    }

    private void Remove(PodView pod)
    {
        pod.State.Folded = null;
        var pods = view.Pods[pod.Owner];
        pods.RemoveAt(pods.BinarySearch(pod, ByName));
        if (pods.Count == 0)
        {
            view.Pods.Remove(pod.Owner);
            TouchWorkload(pod.Owner);
        }

        if (pod.Node is { } node && !pods.Exists(other => other.Node == node))
        {
            Adjacency.Unlink(view.NodesOf, pod.Owner, node);
            Adjacency.Unlink(view.WorkloadsOn, node, pod.Owner);
        }

        addresses.Remove(pod);
        selections.Remove(pod);
    }

    /// <summary>A workload is there while its object is, or any pod of it is known.</summary>
    private void Note(EntityRef workload)
    {
        var isThere = view.Pods.ContainsKey(workload)
            || (EntityKinds.IsWorkload(workload.Kind) && graph.Find(workload) is { IsGone: false });
        if (isThere ? view.Workloads.Add(workload) : view.Workloads.Remove(workload))
        {
            addresses.Moved.Add(workload.Name);
        }
    }
}
