using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Numbers entities, so that an edge is two numbers; a number is free again when nothing uses it.</summary>
internal sealed class EntityTable(StringPool pool)
{
    private readonly Dictionary<EntityRef, int> _ids = [];
    private readonly List<(EntityRef Entity, int Uses)> _entities = [];
    private readonly Stack<int> _free = new();

    public EntityRef this[int id] => _entities[id].Entity;

    public bool TryFind(EntityRef entity, out int id) => _ids.TryGetValue(entity, out id);

    /// <summary>The number of an entity, used once more.</summary>
    public int Take(EntityRef entity)
    {
        if (!_ids.TryGetValue(entity, out var id))
        {
            entity = entity with { Namespace = pool.Share(entity.Namespace), Kind = pool.Share(entity.Kind) };
            if (!_free.TryPop(out id))
            {
                id = _entities.Count;
                _entities.Add(default);
            }

            _entities[id] = (entity, 0);
            _ids.Add(entity, id);
        }

        _entities[id] = (_entities[id].Entity, _entities[id].Uses + 1);
        return id;
    }

    /// <summary>Uses a number once less.</summary>
    public void GiveBack(int id)
    {
        var (entity, uses) = _entities[id];
        _entities[id] = (entity, uses - 1);
        if (uses == 1)
        {
            _ids.Remove(entity);
            _entities[id] = default;
            _free.Push(id);
        }
    }
}
