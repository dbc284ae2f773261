namespace CaaS.Rca.Inquiry;

/// <summary>Numbers for names of events, given in order of first sight; at most two million.</summary>
public sealed class EventNames
{
    /// <summary>Stands for the beginning of every visit.</summary>
    public const int Begin = 0;

    /// <summary>Stands for the end of every visit.</summary>
    public const int End = 1;

    /// <summary>Stands for every name beyond the limit.</summary>
    public const int Other = 2;

    private const int Limit = 1 << 21;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _names = ["the beginning", "the end", "something else"];

    /// <summary>Names that have a number.</summary>
    public int Count => _names.Count;

    /// <summary>The number of a name.</summary>
    /// <param name="name">Any text.</param>
    public int Id(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_ids.TryGetValue(name, out var id))
        {
            return id;
        }

        if (_names.Count >= Limit)
        {
            return Other;
        }

        _names.Add(name);
        _ids[name] = _names.Count - 1;
        return _names.Count - 1;
    }

    /// <summary>The name of a number.</summary>
    /// <param name="id">A number this object gave.</param>
    public string Name(int id) => _names[id];
}
