using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Facts of an object as a sorted array: a fifth of what a tree of them takes.</summary>
/// <remarks>Immutable. A look-up compares with each key, of which an object has some fifteen.</remarks>
internal readonly struct FactList
{
    public static readonly FactList Empty = new([]);

    private readonly KeyValuePair<string, string>[] _facts;

    private FactList(KeyValuePair<string, string>[] facts) => _facts = facts;

    public static FactList Of(ImmutableSortedDictionary<string, string> facts, StringPool pool)
    {
        var list = new KeyValuePair<string, string>[facts.Count];
        var at = 0;
        foreach (var (key, value) in facts)
        {
            list[at++] = new(pool.Share(key), Repeats(key) ? pool.Share(value) : value);
        }

        return new FactList(list);
    }

    /// <summary>The value, or null when the fact is missing.</summary>
    public string? ValueOrNull(string key)
    {
        foreach (var fact in _facts)
        {
            if (string.Equals(fact.Key, key, StringComparison.Ordinal))
            {
                return fact.Value;
            }
        }

        return null;
    }

    public ImmutableSortedDictionary<string, string> ToDictionary() =>
        _facts.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Addresses and instants are each object's own.</summary>
    private static bool Repeats(string key) => key is not (KubeFacts.PodIp or KubeFacts.ClusterIp or KubeFacts.ReadyAddresses
        or KubeFacts.ReadySince or KubeFacts.StartedAt or KubeFacts.CreatedAt or KubeFacts.LastTerminationTime
        or KubeFacts.ChangedAt or KubeFacts.ContentHash);
}
