using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Facts of an object as a sorted array: a fifth of what a tree of them takes.</summary>
/// <remarks>Immutable. A look-up compares with each key, of which an object has some fifteen.</remarks>
internal readonly struct FactList : IReadOnlyDictionary<string, string>
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

    public int Count => _facts.Length;

    public IEnumerable<string> Keys => _facts.Select(fact => fact.Key);

    public IEnumerable<string> Values => _facts.Select(fact => fact.Value);

    public string this[string key] => ValueOrNull(key) ?? throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => ValueOrNull(key) is not null;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => (value = ValueOrNull(key)) is not null;

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _facts.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Addresses and instants are each object's own.</summary>
    private static bool Repeats(string key) => key is not (KubeFacts.PodIp or KubeFacts.ClusterIp or KubeFacts.ReadyAddresses
        or KubeFacts.ReadySince or KubeFacts.StartedAt or KubeFacts.CreatedAt or KubeFacts.LastTerminationTime
        or KubeFacts.ChangedAt or KubeFacts.ContentHash);
}
