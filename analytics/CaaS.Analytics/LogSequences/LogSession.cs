using CaaS.Analytics.State;

namespace CaaS.Analytics.LogSequences;

/// <summary>The lines of one unit of work, by template: a request, a block, a job's container.</summary>
/// <remarks>Keeps counts, not lines: memory is bounded by the distinct templates and pairs.</remarks>
public sealed class LogSession
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<(string First, string Second)> _pairs = [];
    private string _last = "";

    /// <summary>Lines so far.</summary>
    public int Length { get; private set; }

    /// <summary>Lines by template, in ordinal order.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Pairs of successive templates; the first line follows the empty id.</summary>
    public IReadOnlyCollection<(string First, string Second)> Pairs => _pairs;

    /// <summary>Makes a session of a sequence.</summary>
    /// <param name="templates">Template ids in order.</param>
    public static LogSession Of(IEnumerable<string> templates)
    {
        ArgumentNullException.ThrowIfNull(templates);
        var session = new LogSession();
        foreach (var template in templates)
        {
            session.Add(template);
        }

        return session;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    internal void Sync(StateArchive archive)
    {
        archive.Map(_counts, count => archive.Value(count));
        var pairs = _pairs.OrderBy(pair => pair.First, StringComparer.Ordinal)
            .ThenBy(pair => pair.Second, StringComparer.Ordinal).ToList();
        archive.List(pairs, pair => (archive.Text(pair.First ?? ""), archive.Text(pair.Second ?? "")));
        _pairs.UnionWith(pairs);
        _last = archive.Text(_last);
        Length = archive.Value(Length);
    }

    /// <summary>Takes in a line.</summary>
    /// <param name="template">Id of its template.</param>
    public void Add(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        _counts[template] = _counts.GetValueOrDefault(template) + 1;
        _pairs.Add((_last, template));
        _last = template;
        Length++;
    }
}
