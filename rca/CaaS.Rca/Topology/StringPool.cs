namespace CaaS.Rca.Topology;

/// <summary>Keeps one copy of texts that repeat: names of namespaces, nodes and images, keys and states.</summary>
/// <remarks>Bounded: a full pool starts anew, and later copies are merely not shared with earlier ones.</remarks>
internal sealed class StringPool
{
    private const int MaxCount = 200_000;
    private const int MaxLength = 256;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

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
}
