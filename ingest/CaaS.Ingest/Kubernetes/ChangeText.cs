namespace CaaS.Ingest.Kubernetes;

/// <summary>Short texts that say what differs.</summary>
internal static class ChangeText
{
    /// <summary>A screen's line or four: who wants the whole reads the objects.</summary>
    private const int MaxLength = 512;

    public static string Cut(string text) => text.Length <= MaxLength ? text : text[..(MaxLength - 1)] + "…";

    /// <summary>Compares two maps written as entries joined by a separator, each entry <c>name=value</c> or just a
    /// name.</summary>
    /// <returns>Names that differ, and the differing entries before and after; all empty when the maps are
    /// alike.</returns>
    public static (string[] Names, string Before, string After) Differ(string before, string after, char separator)
    {
        var old = Entries(before, separator);
        var young = Entries(after, separator);
        string[] names =
        [
            .. old.Keys.Union(young.Keys)
                .Where(name => old.GetValueOrDefault(name) != young.GetValueOrDefault(name))
                .Order(StringComparer.Ordinal),
        ];
        return (names, Show(old, names), Show(young, names));
    }

    private static Dictionary<string, string> Entries(string text, char separator)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in text.Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            entries[equals < 0 ? entry : entry[..equals]] = entry;
        }

        return entries;
    }

    private static string Show(Dictionary<string, string> entries, string[] names) =>
        string.Join(", ", names.Where(entries.ContainsKey).Select(name => entries[name]));
}
