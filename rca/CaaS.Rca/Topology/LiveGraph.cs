using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Objects and the edges they state, now and for a while after they are gone.</summary>
/// <remarks>One writer. Folding is O(relations of the object); <see cref="Sweep"/> is O(objects) and called
/// seldom.</remarks>
internal sealed class LiveGraph(RcaOptions options)
{
    private readonly Dictionary<string, SortedDictionary<EntityRef, ObjectState>> _byKind = new(StringComparer.Ordinal);
    private readonly Dictionary<Relation, EdgeLife> _edges = [];
    private readonly Dictionary<EntityRef, EntityRef> _ownerOf = [];
    private int _count;

    /// <summary>Grows whenever the shape of the graph may have changed.</summary>
    public int Version { get; private set; }

    /// <summary>Objects not remembered because there were too many.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Objects of a kind, those that are gone included, in order.</summary>
    public IReadOnlyCollection<ObjectState> OfKind(string kind) =>
        _byKind.TryGetValue(kind, out var objects) ? objects.Values : [];

    public ObjectState? Find(EntityRef entity) =>
        _byKind.TryGetValue(entity.Kind, out var objects) && objects.TryGetValue(entity, out var state) ? state : null;

    /// <summary>Kinds seen, in order.</summary>
    public IEnumerable<string> Kinds => _byKind.Keys.Order(StringComparer.Ordinal);

    /// <summary>Edges that were there at any time since the instant, in no particular order.</summary>
    public IEnumerable<(Relation Edge, EdgeLife Life)> EdgesSince(DateTimeOffset instant) =>
        from pair in _edges
        where pair.Value.To is not { } to || to >= instant
        select (pair.Key, pair.Value);

    /// <summary>The workload that owns an entity through any chain of owners, or the entity itself.</summary>
    public EntityRef OwnerOf(EntityRef entity)
    {
        for (var hop = 0; hop < 4 && _ownerOf.TryGetValue(entity, out var owner); hop++)
        {
            entity = owner;
        }

        return entity;
    }

    public void Fold(KubeObject seen, DateTimeOffset now)
    {
        var known = Find(seen.Entity);
        if (known is null || known.Uid != seen.Uid)
        {
            if (seen.IsDeleted || !HasRoom(known, now))
            {
                return;
            }

            Retire(known, now);
            known = new ObjectState(seen.Entity, seen.Uid, now);
            Kind(seen.Entity.Kind)[seen.Entity] = known;
            Version++;
        }

        if (seen.IsDeleted)
        {
            known.GoneAt ??= now;
            Restate(known, [], now);
        }
        else
        {
            known.GoneAt = null;
            Restate(known, seen.Relations.IsDefault ? [] : seen.Relations, now);
        }

        var moved = known.Fact(KubeFacts.PodIp) != Value(seen, KubeFacts.PodIp)
            || known.Fact(KubeFacts.NodeName) != Value(seen, KubeFacts.NodeName)
            || known.Fact(KubeFacts.ReadyAddresses) != Value(seen, KubeFacts.ReadyAddresses)
            || known.Fact(KubeFacts.Selector) != Value(seen, KubeFacts.Selector)
            || known.Fact(KubeFacts.ConfigRefs) != Value(seen, KubeFacts.ConfigRefs);
        Version += moved || seen.IsDeleted ? 1 : 0;
        known.Facts = seen.Facts;
        known.Labels = seen.Labels.IsDefault ? [] : seen.Labels;
    }

    /// <summary>Forgets what has been gone for longer than the retention.</summary>
    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - options.Retention;
        foreach (var objects in _byKind.Values)
        {
            foreach (var entity in objects.Where(pair => pair.Value.GoneAt < horizon).Select(pair => pair.Key).ToArray())
            {
                objects.Remove(entity);
                _count--;
                Version++;
            }
        }

        foreach (var edge in _edges.Where(pair => pair.Value.To < horizon).Select(pair => pair.Key).ToArray())
        {
            _edges.Remove(edge);
            if (edge.Kind == RelationKind.Owns && _ownerOf.TryGetValue(edge.To, out var owner) && owner == edge.From)
            {
                _ownerOf.Remove(edge.To);
                Version++;
            }
        }
    }

    private static string Value(KubeObject seen, string key) => seen.Facts.TryGetValue(key, out var value) ? value : "";

    private bool HasRoom(ObjectState? known, DateTimeOffset now)
    {
        if (known is not null)
        {
            return true;
        }

        if (_count >= options.MaxObjects)
        {
            Sweep(now);
        }

        if (_count >= options.MaxObjects)
        {
            DroppedCount++;
            return false;
        }

        _count++;
        return true;
    }

    private void Retire(ObjectState? former, DateTimeOffset now)
    {
        if (former is not null)
        {
            Restate(former, [], now);
        }
    }

    private void Restate(ObjectState state, IReadOnlyList<Relation> relations, DateTimeOffset now)
    {
        if (state.Relations.SequenceEqual(relations))
        {
            return;
        }

        foreach (var edge in state.Relations)
        {
            if (_edges.TryGetValue(edge, out var life) && --life.StatedBy <= 0)
            {
                life.To = now;
            }
        }

        foreach (var edge in relations)
        {
            if (!_edges.TryGetValue(edge, out var life) || life.To is not null)
            {
                // An edge that comes back keeps its first start: what matters is that it was there around an onset.
                life = new EdgeLife(life?.From ?? now);
                _edges[edge] = life;
            }

            life.StatedBy++;
            if (edge.Kind == RelationKind.Owns)
            {
                _ownerOf[edge.To] = edge.From;
            }
        }

        state.Relations = [.. relations];
        Version++;
    }

    private SortedDictionary<EntityRef, ObjectState> Kind(string kind)
    {
        if (!_byKind.TryGetValue(kind, out var objects))
        {
            objects = new SortedDictionary<EntityRef, ObjectState>(EntityOrder.Instance);
            _byKind.Add(kind, objects);
        }

        return objects;
    }
}
