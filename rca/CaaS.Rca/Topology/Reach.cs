using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>What one entity reaches through calls.</summary>
/// <param name="Hops">Reached entity → length of the shortest chain; the start has 0.</param>
/// <param name="Via">Reached entity → the entity before it on that chain.</param>
/// <param name="Order">Reached entities, nearest first, the start first.</param>
internal sealed record Reach(
    IReadOnlyDictionary<EntityRef, int> Hops,
    IReadOnlyDictionary<EntityRef, EntityRef> Via,
    IReadOnlyList<EntityRef> Order)
{
    /// <summary>The chain from a reached entity back to the start, both included.</summary>
    public IReadOnlyList<EntityRef> Back(EntityRef reached)
    {
        var path = new List<EntityRef> { reached };
        while (Via.TryGetValue(path[^1], out var before))
        {
            path.Add(before);
        }

        return path;
    }
}
