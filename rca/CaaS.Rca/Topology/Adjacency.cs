using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Changes the maps of a <see cref="GraphView"/>, in which no key is without a value.</summary>
internal static class Adjacency
{
    public static void Link(SortedDictionary<EntityRef, SortedSet<EntityRef>> map, EntityRef key, EntityRef value)
    {
        if (!map.TryGetValue(key, out var values))
        {
            values = new SortedSet<EntityRef>(EntityOrder.Instance);
            map.Add(key, values);
        }

        values.Add(value);
    }

    public static void Unlink(SortedDictionary<EntityRef, SortedSet<EntityRef>> map, EntityRef key, EntityRef value)
    {
        if (map.TryGetValue(key, out var values) && values.Remove(value) && values.Count == 0)
        {
            map.Remove(key);
        }
    }

    /// <summary>Makes a key lead to these values alone; O(values).</summary>
    /// <param name="map">Map to change.</param>
    /// <param name="inverse">The same edges by their end; null when nobody asks for that.</param>
    /// <param name="key">Key.</param>
    /// <param name="values">All its values; none removes the key.</param>
    /// <returns>True when they were others before.</returns>
    public static bool Replace(
        SortedDictionary<EntityRef, SortedSet<EntityRef>> map,
        SortedDictionary<EntityRef, SortedSet<EntityRef>>? inverse,
        EntityRef key,
        IReadOnlySet<EntityRef> values)
    {
        var hasChanged = false;
        foreach (var gone in GraphView.Of(map, key).Where(value => !values.Contains(value)).ToArray())
        {
            Unlink(map, key, gone);
            hasChanged = true;
            if (inverse is not null)
            {
                Unlink(inverse, gone, key);
            }
        }

        map.TryGetValue(key, out var known);
        foreach (var added in values.Where(value => known is null || !known.Contains(value)))
        {
            Link(map, key, added);
            hasChanged = true;
            if (inverse is not null)
            {
                Link(inverse, added, key);
            }
        }

        return hasChanged;
    }
}
