namespace CaaS.Rca.Topology;

/// <summary>Keeps one copy of texts that repeat: names of namespaces, nodes and images, keys and states.</summary>
/// <remarks>Bounded: a full pool starts anew, and later copies are merely not shared with earlier ones.</remarks>
internal sealed class StringPool
{
    private const int MaxCount = 200_000;
    private const int MaxLength = 256;
    private const int MaxLists = 1000;

    private static readonly EqualityComparer<string[]> ByContent = EqualityComparer<string[]>.Create(
        (x, y) => x.AsSpan().SequenceEqual(y),
        list => list.Aggregate(list.Length, (hash, text) => (hash * 31) + text.Length));

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string[]> _lists = new(ByContent);

    public string Share(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return text.Length == 0 ? "" : text;
        }

        if (_known.TryGetValue(text, out var shared))
        {
            return shared;
        }

        if (_known.Count >= MaxCount)
        {
            _known.Clear();
        }

        _known.Add(text);
        return text;
    }

    /// <summary>Shares a list and the texts in it.</summary>
    public string[] Share(string[] texts)
    {
        if (_lists.TryGetValue(texts, out var shared))
        {
            return shared;
        }

        if (_lists.Count >= MaxLists)
        {
            _lists.Clear();
        }

        string[] list = [.. texts.Select(Share)];
        _lists.Add(list);
        return list;
    }
}
