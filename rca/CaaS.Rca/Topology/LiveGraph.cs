using System.Collections.Immutable;
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
    private readonly List<ObjectState?> _states = [];
    private readonly Dictionary<string, HashSet<ObjectState>> _byKind = new(StringComparer.Ordinal);
    private readonly Dictionary<EdgeKey, EdgeLife> _edges = [];
    private readonly OwnerTable _owners = new();
    private readonly Dictionary<(RelationKind Kind, int From), ImmutableArray<int>> _links = [];
    private readonly Dictionary<int, int> _nodeOf = [];
    private readonly Queue<(DateTimeOffset At, ObjectState State)> _goneObjects = new();
    private readonly Queue<(DateTimeOffset At, EdgeKey Edge)> _endedEdges = new();
    private int _count;

    public LiveGraph(RcaOptions options)
    {
        _options = options;
        _entities = new EntityTable(_pool);
    }

    /// <summary>Hears what may have changed; null while nobody listens.</summary>
    public IGraphWatcher? Watcher { get; set; }

    /// <summary>Objects not remembered because there were too many.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Everything that is there of the kinds that are asked for, in no particular order; O(kinds + answer).</summary>
    /// <param name="isAskedFor">Says of a kind whether it is.</param>
    public IEnumerable<EntityRef> There(Func<string, bool> isAskedFor) =>
        from pair in _byKind
        where isAskedFor(pair.Key)
        from state in pair.Value
        where !state.IsGone
        select state.Entity;

    /// <summary>Objects of a kind, those that are gone included, in order; O(n log n).</summary>
    public IEnumerable<ObjectState> OfKind(string kind) =>
        _byKind.TryGetValue(kind, out var objects) ? objects.OrderBy(state => state.Entity, EntityOrder.Instance) : [];

    public ObjectState? Find(EntityRef entity) =>
        _entities.TryFind(entity, out var id) && id < _states.Count ? _states[id] : null;

    /// <summary>Edges of all kinds, those that ended lately included, in no particular order.</summary>
    public IEnumerable<(Relation Edge, EdgeLife Life)> Edges =>
        from pair in _edges select (Relation(pair.Key), pair.Value);

    /// <summary>Edges of some kinds that are there, in no particular order; O(edges of all kinds).</summary>
    public IEnumerable<Relation> Present(params RelationKind[] kinds) =>
        from pair in _edges where kinds.Contains(pair.Key.Kind) && !pair.Value.IsOver select Relation(pair.Key);

    /// <summary>Where edges of a kind that an object states lead.</summary>
    public IEnumerable<EntityRef> Stated(ObjectState state, RelationKind kind) =>
        state.Edges.Where(edge => edge.Kind == kind).Select(edge => _entities[edge.To]);

    /// <summary>Where edges of a kind lead that an entity has, or lately had: of mounts, of stored data, and of where
    /// disks are.</summary>
    public IEnumerable<EntityRef> Links(RelationKind kind, EntityRef from) =>
        _entities.TryFind(from, out var id) && _links.TryGetValue((kind, id), out var targets)
            ? targets.Select(target => _entities[target])
            : [];

    /// <summary>All entities whose <see cref="OwnerOf"/> is this one, itself included; O(what it owns).</summary>
    public IEnumerable<EntityRef> OwnedBy(EntityRef owner) =>
        _entities.TryFind(owner, out var id)
            ? _owners.Descendants(id).Where(item => _owners.TopOf(item) == id).Select(item => _entities[item])
            : [owner];

    /// <summary>The workload that owns an entity through any chain of owners, or the entity itself.</summary>
    public EntityRef OwnerOf(EntityRef entity)
    {
        if (!_entities.TryFind(entity, out var id))
        {
            return entity;
        }

        var top = _owners.TopOf(id);
        return top == id ? entity : _entities[top];
    }

    /// <summary>The node a pod was last said to run on; null when it is not known.</summary>
    public EntityRef? NodeOf(EntityRef pod) =>
        _entities.TryFind(pod, out var id) && _nodeOf.TryGetValue(id, out var node) ? _entities[node] : null;

    public void Fold(KubeObject seen, DateTimeOffset now)
    {
        var known = Find(seen.Entity);
        var former = known;
        if (known is null || known.Uid != seen.Uid)
        {
            if (seen.IsDeleted || !HasRoom(known, now))
            {
                return;
            }

            known = Begin(seen, known, now);
        }

        var hasMoved = known != former || known.IsGone != seen.IsDeleted;
        if (seen.IsDeleted && !known.IsGone)
        {
            _goneObjects.Enqueue((now, known));
        }

        known.GoneAt = seen.IsDeleted ? known.GoneAt ?? now : null;
        hasMoved |= Restate(known, seen.IsDeleted || seen.Relations.IsDefault ? [] : seen.Relations, now);
        var facts = FactList.Of(seen.Facts, _pool);
        hasMoved |= HasMoved(known.Facts, facts);
        known.Facts = facts;
        if (!SaysTheSame(known.Labels, seen.Labels))
        {
            hasMoved = true;
            known.Labels = seen.Labels.IsDefault ? []
                : [.. seen.Labels.Select(label => new Label(_pool.Share(label.Name), _pool.Share(label.Value)))];
        }

        if (hasMoved)
        {
            Watcher?.ObjectMoved(known);
        }
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
                _byKind[gone.State.Entity.Kind].Remove(gone.State);
                _states[gone.State.Id] = null;
                _entities.GiveBack(gone.State.Id);
                _count--;
                Watcher?.ObjectMoved(gone.State);
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
        || Differs(before, after, KubeFacts.ClusterIp) || Differs(before, after, KubeFacts.ConfigRefs)
        || Differs(before, after, KubeFacts.PodSelector);

    private static bool Differs(FactList before, FactList after, string key) =>
        (before.ValueOrNull(key) ?? "") != (after.ValueOrNull(key) ?? "");

    private static bool SaysTheSame(ImmutableArray<Label> before, ImmutableArray<Label> after) =>
        after.IsDefaultOrEmpty ? before.IsEmpty : before.AsSpan().SequenceEqual(after.AsSpan());

    private Relation Relation(EdgeKey edge) => new(edge.Kind, _entities[edge.From], _entities[edge.To]);

    private ObjectState Begin(KubeObject seen, ObjectState? former, DateTimeOffset now)
    {
        if (former is not null)
        {
            Restate(former, [], now);
        }

        var id = _entities.Take(seen.Entity);
        var state = new ObjectState(id, _entities[id], seen.Uid, now);
        while (_states.Count <= id)
        {
            _states.Add(null);
        }

        _states[id] = state;
        if (!_byKind.TryGetValue(state.Entity.Kind, out var objects))
        {
            objects = [];
            _byKind.Add(state.Entity.Kind, objects);
        }

        objects.Add(state);
        if (former is not null)
        {
            objects.Remove(former);
            _entities.GiveBack(former.Id);
            Watcher?.ObjectMoved(former);
        }

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

    /// <summary>Ends the edges an object stated and begins those it states now.</summary>
    /// <returns>True when they are others.</returns>
    private bool Restate(ObjectState state, IReadOnlyList<Relation> relations, DateTimeOffset now)
    {
        if (SaysTheSame(state.Edges, relations))
        {
            return false;
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
        return true;
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
            if (IsLink(edge.Kind, relation.From))
            {
                var link = (edge.Kind, edge.From);
                _links[link] = _links.TryGetValue(link, out var known) ? known.Add(edge.To) : [edge.To];
                Watcher?.LinkMoved(edge.Kind, relation.From);
            }
        }

        if (edge.Kind == RelationKind.Owns)
        {
            Own(edge.To, edge.From);
        }
        else if (edge.Kind == RelationKind.RunsOn)
        {
            _nodeOf[edge.From] = edge.To;
        }

        return edge;
    }

    private void Forget(EdgeKey edge)
    {
        var from = _entities[edge.From];
        _edges.Remove(edge);
        if (edge.Kind == RelationKind.Owns && _owners.OwnerOf(edge.To) == edge.From)
        {
            Own(edge.To, null);
        }
        else if (edge.Kind == RelationKind.RunsOn && _nodeOf.TryGetValue(edge.From, out var node) && node == edge.To)
        {
            _nodeOf.Remove(edge.From);
            if (Find(from) is { } state)
            {
                Watcher?.ObjectMoved(state);
            }
        }

        if (IsLink(edge.Kind, from))
        {
            var link = (edge.Kind, edge.From);
            _links[link] = _links[link].Remove(edge.To);
            if (_links[link].IsEmpty)
            {
                _links.Remove(link);
            }

            Watcher?.LinkMoved(edge.Kind, from);
        }

        _entities.GiveBack(edge.From);
        _entities.GiveBack(edge.To);
    }

    private static bool IsLink(RelationKind kind, EntityRef from) =>
        kind is RelationKind.Mounts or RelationKind.StoredOn
        || (kind == RelationKind.RunsOn && from.Kind is EntityKinds.CephOsd or EntityKinds.CephHost);

    /// <summary>Puts an entity under another owner, or none, and tells of all that thereby have another.</summary>
    private void Own(int child, int? owner)
    {
        if (_owners.OwnerOf(child) == owner)
        {
            return;
        }

        var moved = _owners.Descendants(child)
            .Select(id => (Entity: _entities[id], Former: _entities[_owners.TopOf(id)])).ToArray();
        _owners.Set(child, owner);
        foreach (var (entity, former) in moved)
        {
            Watcher?.OwnerMoved(entity, former);
        }
    }
}
