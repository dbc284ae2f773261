using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Keeps what a view's workloads mount and read, and on what data and disks lie.</summary>
/// <remarks>Who keeps data on something depends on it as who calls something does: claim → volume → pool → cluster
/// → disk → node. O(what the workload owns) a workload whose mounts moved.</remarks>
internal sealed class MountFold(LiveGraph graph, GraphView view)
{
    private readonly HashSet<EntityRef> _owners = [];
    private readonly HashSet<EntityRef> _mounting = [];
    private readonly HashSet<EntityRef> _stored = [];
    private readonly HashSet<EntityRef> _disks = [];
    private bool _haveDisksMoved;

    public void TouchWorkload(EntityRef workload) => _owners.Add(workload);

    public void TouchOwner(EntityRef entity, EntityRef former)
    {
        if (view.Mounts.ContainsKey(former))
        {
            _owners.Add(former);
        }

        _mounting.Add(entity);
    }

    public void TouchLink(RelationKind kind, EntityRef from)
    {
        switch (kind)
        {
            case RelationKind.Mounts:
                _mounting.Add(from);
                _owners.Add(graph.OwnerOf(from));
                break;
            case RelationKind.StoredOn:
                _stored.Add(from);
                break;
            default:
                _haveDisksMoved = true;
                if (from.Kind == EntityKinds.CephOsd)
                {
                    _disks.Add(from);
                }

                break;
        }
    }

    /// <summary>Folds what was touched.</summary>
    /// <returns>True when the view has changed.</returns>
    public bool Fold()
    {
        var hasChanged = false;
        var mounting = _mounting.Where(entity => graph.Links(RelationKind.Mounts, entity).Any());
        _owners.UnionWith(mounting.Select(graph.OwnerOf));
        _stored.UnionWith(_stored.SelectMany(claim => GraphView.Of(view.MountedBy, claim)).ToArray());
        foreach (var owner in _owners)
        {
            if (Adjacency.Replace(view.Mounts, view.MountedBy, owner, MountsOf(owner)))
            {
                _stored.Add(owner);
            }
        }

        foreach (var from in _stored)
        {
            hasChanged |= Adjacency.Replace(view.StoredOn, null, from, StoredOn(from));
        }

        hasChanged |= _owners.Count > 0;
        foreach (var disk in _haveDisksMoved ? _disks : [])
        {
            var hosts = graph.Links(RelationKind.RunsOn, disk);
            var nodes = hosts.SelectMany(host => graph.Links(RelationKind.RunsOn, host)).ToHashSet();
            hasChanged |= Adjacency.Replace(view.NodesOf, null, disk, nodes);
        }

        _owners.Clear();
        _mounting.Clear();
        _stored.Clear();
        _haveDisksMoved = false;
        return hasChanged;
    }

    private HashSet<EntityRef> MountsOf(EntityRef owner)
    {
        var mounts = graph.OwnedBy(owner).SelectMany(entity => graph.Links(RelationKind.Mounts, entity)).ToHashSet();
        if (EntityKinds.IsWorkload(owner.Kind) && graph.Find(owner) is { } workload)
        {
            var references = workload.Fact(KubeFacts.ConfigRefs).Split(',', StringSplitOptions.RemoveEmptyEntries);
            foreach (var reference in references)
            {
                if (EntityRef.TryParse(owner.Scope, $"{owner.Namespace}/{reference}", out var config))
                {
                    mounts.Add(config);
                }
            }
        }

        return mounts;
    }

    private HashSet<EntityRef> StoredOn(EntityRef from) =>
    [
        .. graph.Links(RelationKind.StoredOn, from),
        .. GraphView.Of(view.Mounts, from).Where(claim => graph.Links(RelationKind.StoredOn, claim).Any()),
    ];
}
