namespace CaaS.Rca.Topology;

/// <summary>Who owns what, by the numbers of an <see cref="EntityTable"/>.</summary>
internal sealed class OwnerTable
{
    /// <summary>Owners of owners that are followed: no controller of Kubernetes has as many above it.</summary>
    private const int MaxOwners = 4;

    private readonly Dictionary<int, int> _ownerOf = [];
    private readonly Dictionary<int, List<int>> _ownedBy = [];

    /// <summary>The owner of an entity; null when it has none.</summary>
    public int? OwnerOf(int child) => _ownerOf.TryGetValue(child, out var owner) ? owner : null;

    /// <summary>The last of its owners, or the entity itself.</summary>
    public int TopOf(int child)
    {
        for (var hop = 0; hop < MaxOwners && _ownerOf.TryGetValue(child, out var owner); hop++)
        {
            child = owner;
        }

        return child;
    }

    /// <summary>An entity and all it owns through any chain of owners.</summary>
    public IReadOnlyList<int> Descendants(int owner)
    {
        List<int> found = [owner];
        for (var (at, hop) = (0, 0); hop < MaxOwners && at < found.Count; hop++)
        {
            for (var end = found.Count; at < end; at++)
            {
                found.AddRange(_ownedBy.GetValueOrDefault(found[at]) ?? []);
            }
        }

        return found;
    }

    /// <summary>Puts an entity under another owner, or none.</summary>
    public void Set(int child, int? owner)
    {
        if (_ownerOf.Remove(child, out var former))
        {
            var siblings = _ownedBy[former];
            siblings.Remove(child);
            if (siblings.Count == 0)
            {
                _ownedBy.Remove(former);
            }
        }

        if (owner is not { } now)
        {
            return;
        }

        _ownerOf.Add(child, now);
        if (!_ownedBy.TryGetValue(now, out var owned))
        {
            owned = [];
            _ownedBy.Add(now, owned);
        }

        owned.Add(child);
    }
}
