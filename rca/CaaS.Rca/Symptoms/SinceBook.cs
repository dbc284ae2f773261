using CaaS.Rca.Topology;
using CaaS.Signals;

namespace CaaS.Rca.Symptoms;

/// <summary>Since when something has been so, of entities of which it is so now.</summary>
internal sealed class SinceBook
{
    private readonly Dictionary<EntityRef, DateTimeOffset> _since = [];

    public IReadOnlyCollection<EntityRef> Entities => _since.Keys;

    public bool Contains(EntityRef entity) => _since.ContainsKey(entity);

    /// <summary>Notes whether it is so.</summary>
    /// <param name="entity">Entity.</param>
    /// <param name="isTrue">Whether it is so now; false forgets.</param>
    /// <param name="at">Since when, if that was not known.</param>
    /// <returns>Since when, or null when it is not so.</returns>
    public DateTimeOffset? Note(EntityRef entity, bool isTrue, DateTimeOffset at)
    {
        if (!isTrue)
        {
            _since.Remove(entity);
            return null;
        }

        _since.TryAdd(entity, at);
        return _since[entity];
    }

    /// <summary>Forgets entities the graph has forgotten.</summary>
    public void Sweep(LiveGraph graph)
    {
        foreach (var entity in _since.Keys.Where(entity => graph.Find(entity) is null).ToArray())
        {
            _since.Remove(entity);
        }
    }
}
