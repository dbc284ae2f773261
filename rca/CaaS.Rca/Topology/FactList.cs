using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Facts of an object as a sorted array: a sixth of what a tree of them takes.</summary>
/// <remarks>Immutable. Objects that state the same keys share the array of them. A look-up compares with each key, of
/// which an object has some fifteen.</remarks>
internal readonly struct FactList : IReadOnlyDictionary<string, string>
{
    public static readonly FactList Empty = new([], []);

    private readonly string[] _keys;
    private readonly string[] _values;

    private FactList(string[] keys, string[] values) => (_keys, _values) = (keys, values);

    public static FactList Of(ImmutableSortedDictionary<string, string> facts, StringPool pool)
    {
        var (keys, values) = (new string[facts.Count], new string[facts.Count]);
        var at = 0;
        foreach (var (key, value) in facts)
        {
            (keys[at], values[at++]) = (key, Repeats(key) ? pool.Share(value) : value);
        }

        return new FactList(pool.Share(keys), values);
    }

    /// <summary>The value, or null when the fact is missing.</summary>
    public string? ValueOrNull(string key)
    {
        var at = Array.IndexOf(_keys, key);
        return at < 0 ? null : _values[at];
    }

    public int Count => _keys.Length;

    public IEnumerable<string> Keys => _keys;

    public IEnumerable<string> Values => _values;

    public string this[string key] => ValueOrNull(key) ?? throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => ValueOrNull(key) is not null;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => (value = ValueOrNull(key)) is not null;

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        _keys.Zip(_values, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Addresses and instants are each object's own.</summary>
    private static bool Repeats(string key) => key is not (KubeFacts.PodIp or KubeFacts.ClusterIp or KubeFacts.ReadyAddresses
        or KubeFacts.ReadySince or KubeFacts.StartedAt or KubeFacts.CreatedAt or KubeFacts.LastTerminationTime
        or KubeFacts.ChangedAt or KubeFacts.ContentHash);
}
