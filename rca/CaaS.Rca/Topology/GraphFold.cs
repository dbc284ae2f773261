using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Keeps a <see cref="GraphView"/> in step with the graph, the calls and the refused flows: what they say has
/// moved is folded anew, and nothing else.</summary>
/// <remarks>The view is the same as if everything were folded from the start, but for what a service without pods
/// selected last. One writer.</remarks>
internal sealed class GraphFold : IGraphWatcher
{
    private readonly LiveGraph _graph;
    private readonly PodFold _pods;
    private readonly SelectionFold _selections;
    private readonly MountFold _mounts;
    private readonly CallFold _calls;
    private readonly RefusalFold _refusals;

    /// <summary>Makes an empty view, and watches all from now on.</summary>
    public GraphFold(LiveGraph graph, CallBook calls, FlowBook flows, Scope scope)
    {
        var addresses = new AddressBook();
        _graph = graph;
        _selections = new SelectionFold(graph, View, addresses);
        _pods = new PodFold(graph, View, _selections, addresses);
        _mounts = new MountFold(graph, View);
        _calls = new CallFold(graph, calls, View, addresses, scope);
        _refusals = new RefusalFold(graph, flows, View);
        graph.Watcher = this;
        calls.Watcher = this;
    }

    /// <summary>The view as of the last <see cref="Refresh"/>.</summary>
    public GraphView View { get; } = new();

    /// <summary>Folds what has moved since the last time into the view.</summary>
    public void Refresh()
    {
        // Services need pods, and calls need services.
        var hasChanged = _pods.Fold();
        hasChanged |= _selections.Fold();
        hasChanged |= _mounts.Fold();
        hasChanged |= _calls.Fold();
        hasChanged |= _refusals.Fold();
        if (hasChanged)
        {
            View.Moved();
        }
    }

    public void ObjectMoved(ObjectState state)
    {
        switch (state.Entity.Kind)
        {
            case EntityKinds.Pod:
                _pods.Touch(state);
                break;
            case EntityKinds.Service or EntityKinds.Endpoints:
                _selections.Touch(state.Entity with { Kind = EntityKinds.Service });
                break;
            case var kind when EntityKinds.IsNetworkPolicy(kind):
                _refusals.Touch();
                break;
            case var kind when EntityKinds.IsWorkload(kind):
                _pods.TouchWorkload(state.Entity);
                _mounts.TouchWorkload(state.Entity);
                break;
        }
    }

    public void OwnerMoved(EntityRef entity, EntityRef former)
    {
        if (entity.Kind == EntityKinds.Pod && _graph.Find(entity) is { } pod)
        {
            _pods.Touch(pod);
        }

        _mounts.TouchOwner(entity, former);
        _calls.TouchOwner(entity);
    }

    public void LinkMoved(RelationKind kind, EntityRef from) => _mounts.TouchLink(kind, from);

    public void CallMoved(CallKey call) => _calls.Touch(call);
}
