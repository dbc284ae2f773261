using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Objects and the edges they state, now and for a while after they are gone.</summary>
/// <remarks>
/// One writer. Compact: entities are numbers, edges pairs of them, texts that repeat are kept once; a pod with its
/// edges takes some 2 KB. Folding is O(relations of the object), <see cref="Sweep"/> O(what has ended).
/// </remarks>
internal sealed class LiveGraph
{
    private readonly RcaOptions _options;
    private readonly StringPool _pool = new();
    private readonly EntityTable _entities;
    private readonly Dictionary<string, SortedDictionary<EntityRef, ObjectState>> _byKind = new(StringComparer.Ordinal);
    private readonly Dictionary<EdgeKey, EdgeLife> _edges = [];
    private readonly Dictionary<int, int> _ownerOf = [];
    private readonly Dictionary<int, int> _nodeOf = [];
    private readonly Queue<(DateTimeOffset At, ObjectState State)> _goneObjects = new();
    private readonly Queue<(DateTimeOffset At, EdgeKey Edge)> _endedEdges = new();
    private int _count;

    public LiveGraph(RcaOptions options)
    {
        _options = options;
        _entities = new EntityTable(_pool);
    }

    /// <summary>Grows whenever the shape of the graph may have changed.</summary>
    public int Version { get; private set; }

    /// <summary>Objects not remembered because there were too many.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Objects of a kind, those that are gone included, in order.</summary>
    public IReadOnlyCollection<ObjectState> OfKind(string kind) =>
        _byKind.TryGetValue(kind, out var objects) ? objects.Values : [];

    /// <summary>Objects of all kinds that are there, in no particular order.</summary>
    public IEnumerable<ObjectState> All => _byKind.Values.SelectMany(objects => objects.Values).Where(state => !state.IsGone);

    public ObjectState? Find(EntityRef entity) =>
        _byKind.TryGetValue(entity.Kind, out var objects) && objects.TryGetValue(entity, out var state) ? state : null;

    /// <summary>Edges of a kind that were there at any time since the instant, in no particular order.</summary>
    public IEnumerable<(Relation Edge, EdgeLife Life)> EdgesSince(RelationKind kind, DateTimeOffset instant) =>
        from pair in _edges
        where pair.Key.Kind == kind && pair.Value.To >= instant
        select (Relation(pair.Key), pair.Value);

    /// <summary>Edges of all kinds that are there, in no particular order.</summary>
    public IEnumerable<(Relation Edge, EdgeLife Life)> Edges =>
        from pair in _edges where !pair.Value.IsOver select (Relation(pair.Key), pair.Value);

    /// <summary>Where edges of a kind that an object states lead.</summary>
    public IEnumerable<EntityRef> Stated(ObjectState state, RelationKind kind) =>
        state.Edges.Where(edge => edge.Kind == kind).Select(edge => _entities[edge.To]);

    /// <summary>The workload that owns an entity through any chain of owners, or the entity itself.</summary>
    public EntityRef OwnerOf(EntityRef entity)
    {
        if (!_entities.TryFind(entity, out var id))
        {
            return entity;
        }

        var top = id;
        for (var hop = 0; hop < 4 && _ownerOf.TryGetValue(top, out var owner); hop++)
        {
            top = owner;
        }

        return top == id ? entity : _entities[top];
    }

    /// <summary>The node a pod was last said to run on; null when it is not known.</summary>
    public EntityRef? NodeOf(EntityRef pod) =>
        _entities.TryFind(pod, out var id) && _nodeOf.TryGetValue(id, out var node) ? _entities[node] : null;

    public void Fold(KubeObject seen, DateTimeOffset now)
    {
        var known = Find(seen.Entity);
        if (known is null || known.Uid != seen.Uid)
        {
            if (seen.IsDeleted || !HasRoom(known, now))
            {
                return;
            }

            known = Begin(seen, known, now);
        }

        if (seen.IsDeleted)
        {
            if (!known.IsGone)
            {
                known.GoneAt = now;
                _goneObjects.Enqueue((now, known));
            }

            Restate(known, [], now);
        }
        else
        {
            known.GoneAt = null;
            Restate(known, seen.Relations.IsDefault ? [] : seen.Relations, now);
        }

        var facts = FactList.Of(seen.Facts, _pool);
        Version += seen.IsDeleted || HasMoved(known.Facts, facts) ? 1 : 0;
        known.Facts = facts;
        known.Labels = seen.Labels.IsDefault ? []
            : [.. seen.Labels.Select(label => new Label(_pool.Share(label.Name), _pool.Share(label.Value)))];
    }

    /// <summary>Forgets what has been gone for longer than the retention.</summary>
    public void Sweep(DateTimeOffset now)
    {
        var horizon = now - _options.Retention;
        while (_goneObjects.TryPeek(out var gone) && gone.At < horizon)
        {
            _goneObjects.Dequeue();
            if (gone.State.GoneAt == gone.At && ReferenceEquals(Find(gone.State.Entity), gone.State))
            {
                Kind(gone.State.Entity.Kind).Remove(gone.State.Entity);
                _entities.GiveBack(gone.State.Id);
                _count--;
                Version++;
            }
        }

        while (_endedEdges.TryPeek(out var ended) && ended.At < horizon)
        {
            _endedEdges.Dequeue();
            if (_edges.TryGetValue(ended.Edge, out var life) && life.To == ended.At)
            {
                Forget(ended.Edge);
            }
        }
    }

    private static bool HasMoved(FactList before, FactList after) =>
        Differs(before, after, KubeFacts.PodIp) || Differs(before, after, KubeFacts.NodeName)
        || Differs(before, after, KubeFacts.ReadyAddresses) || Differs(before, after, KubeFacts.Selector)
        || Differs(before, after, KubeFacts.ConfigRefs) || Differs(before, after, KubeFacts.PodSelector);

    private static bool Differs(FactList before, FactList after, string key) =>
        (before.ValueOrNull(key) ?? "") != (after.ValueOrNull(key) ?? "");

    private Relation Relation(EdgeKey edge) => new(edge.Kind, _entities[edge.From], _entities[edge.To]);

    private ObjectState Begin(KubeObject seen, ObjectState? former, DateTimeOffset now)
    {
        if (former is not null)
        {
            Restate(former, [], now);
        }

        var id = _entities.Take(seen.Entity);
        var state = new ObjectState(id, _entities[id], seen.Uid, now);
        Kind(seen.Entity.Kind)[state.Entity] = state;
        if (former is not null)
        {
            _entities.GiveBack(former.Id);
        }

        Version++;
        return state;
    }

    private bool HasRoom(ObjectState? known, DateTimeOffset now)
    {
        if (known is not null)
        {
            return true;
        }

        if (_count >= _options.MaxObjects)
        {
            Sweep(now);
        }

        if (_count >= _options.MaxObjects)
        {
            DroppedCount++;
            return false;
        }

        _count++;
        return true;
    }

    private void Restate(ObjectState state, IReadOnlyList<Relation> relations, DateTimeOffset now)
    {
        if (SaysTheSame(state.Edges, relations))
        {
            return;
        }

        foreach (var edge in state.Edges)
        {
            if (_edges.TryGetValue(edge, out var life))
            {
                var isLast = life.StatedBy <= 1;
                _edges[edge] = life with { StatedBy = life.StatedBy - 1, To = isLast ? now : life.To };
                if (isLast)
                {
                    _endedEdges.Enqueue((now, edge));
                }
            }
        }

        var edges = new EdgeKey[relations.Count];
        for (var at = 0; at < edges.Length; at++)
        {
            edges[at] = State(relations[at], now);
        }

        state.Edges = edges;
        Version++;
    }

    private bool SaysTheSame(EdgeKey[] edges, IReadOnlyList<Relation> relations)
    {
        if (edges.Length != relations.Count)
        {
            return false;
        }

        for (var at = 0; at < edges.Length; at++)
        {
            if (Relation(edges[at]) != relations[at])
            {
                return false;
            }
        }

        return true;
    }

    private EdgeKey State(Relation relation, DateTimeOffset now)
    {
        var edge = new EdgeKey(relation.Kind, _entities.Take(relation.From), _entities.Take(relation.To));
        if (_edges.TryGetValue(edge, out var life))
        {
            // The edge itself uses its ends once, however many state it. One that comes back keeps its first start: what
            // matters is that it was there around an onset.
            _entities.GiveBack(edge.From);
            _entities.GiveBack(edge.To);
            _edges[edge] = life with { To = DateTimeOffset.MaxValue, StatedBy = life.StatedBy + 1 };
        }
        else
        {
            _edges.Add(edge, new EdgeLife(now, DateTimeOffset.MaxValue, 1));
        }

        if (edge.Kind == RelationKind.Owns)
        {
            _ownerOf[edge.To] = edge.From;
        }
        else if (edge.Kind == RelationKind.RunsOn)
        {
            _nodeOf[edge.From] = edge.To;
        }

        return edge;
    }

    private void Forget(EdgeKey edge)
    {
        _edges.Remove(edge);
        if (edge.Kind == RelationKind.Owns && _ownerOf.TryGetValue(edge.To, out var owner) && owner == edge.From)
        {
            _ownerOf.Remove(edge.To);
            Version++;
        }
        else if (edge.Kind == RelationKind.RunsOn && _nodeOf.TryGetValue(edge.From, out var node) && node == edge.To)
        {
            _nodeOf.Remove(edge.From);
        }

        _entities.GiveBack(edge.From);
        _entities.GiveBack(edge.To);
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
