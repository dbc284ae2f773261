using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CaaS.Analytics.State;

namespace CaaS.Analytics.LogTemplates;

/// <summary>Sorts a workload's lines into templates, online and bounded.</summary>
/// <remarks>
/// Exact text of the masked line first; then a tree of fixed depth by word count and first word, after Drain (He et
/// al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017). Departure: lines are not merged by a
/// similarity threshold, which would hide a new error among known ones, but only when four siblings already differ in
/// one and the same word.
/// </remarks>
internal sealed class TemplateMiner(int templatesMax)
{
    private const string Any = "<*>";
    private const int SiblingsToMerge = 4;

    private readonly Dictionary<string, LogTemplate> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Words, string First), List<LogTemplate>> _tree = [];
    private readonly List<LogTemplate> _all = [];

    /// <summary>Templates, oldest first.</summary>
    public IReadOnlyList<LogTemplate> All => _all;

    /// <summary>Finds or makes the template of a masked line.</summary>
    /// <param name="masked">Masked line.</param>
    /// <returns>The template, or null when it fits none and the cap is reached.</returns>
    public LogTemplate? Of(string masked)
    {
        if (_exact.TryGetValue(masked, out var known))
        {
            return known;
        }

        var tokens = masked.Split(' ');
        var siblings = SiblingsOf(tokens);
        var template = Fitting(siblings, tokens) ?? Merged(siblings, tokens);
        if (template is null && _all.Count < templatesMax)
        {
            template = new LogTemplate(IdOf(masked), tokens);
            siblings.Add(template);
            _all.Add(template);
        }

        if (template is not null && _exact.Count < 4 * templatesMax)
        {
            _exact.Add(masked, template);
        }

        return template;
    }

    /// <summary>Saves or loads what it knows.</summary>
    /// <param name="archive">Archive.</param>
    public void Sync(StateArchive archive)
    {
        archive.List(_all, template => Sync(archive, template));
        archive.Map(_exact, template => Sync(archive, template));
        if (archive.IsLoading)
        {
            _all.ForEach(template => SiblingsOf(template.Tokens).Add(template));
        }
    }

    private static LogTemplate Sync(StateArchive archive, LogTemplate? template) => archive.Shared(template, item =>
    {
        var id = archive.Text(item?.Id ?? "");
        var tokens = (item?.Tokens ?? []).ToList();
        archive.List(tokens, token => archive.Text(token ?? ""));
        item ??= new LogTemplate(id, tokens.Count > 0 ? [.. tokens] : throw StateArchive.Damaged("a template is empty"));
        item.Sync(archive);
        return item;
    });

    private List<LogTemplate> SiblingsOf(string[] tokens)
    {
        var key = (tokens.Length, tokens[0]);
        if (!_tree.TryGetValue(key, out var siblings))
        {
            siblings = [];
            _tree.Add(key, siblings);
        }

        return siblings;
    }

    private static LogTemplate? Fitting(List<LogTemplate> siblings, string[] tokens) =>
        siblings.Find(sibling => Difference(sibling.Tokens, tokens) == -1);

    /// <summary>Turns the oldest of many siblings that differ in one word into one for all.</summary>
    private static LogTemplate? Merged(List<LogTemplate> siblings, string[] tokens)
    {
        foreach (var group in siblings.GroupBy(sibling => Difference(sibling.Tokens, tokens)))
        {
            if (group.Key >= 0 && group.Count() >= SiblingsToMerge)
            {
                var oldest = group.First();
                oldest.Tokens[group.Key] = Any;
                oldest.IsFamiliar |= group.Any(sibling => sibling.IsFamiliar);
                return oldest;
            }
        }

        return null;
    }

    /// <summary>The one place where the words differ; −1 when they fit, −2 when they differ in several or the
    /// first.</summary>
    private static int Difference(string[] template, string[] tokens)
    {
        var place = -1;
        for (var index = 0; index < tokens.Length; index++)
        {
            if (template[index] == Any || template[index] == tokens[index])
            {
                continue;
            }

            if (place >= 0 || index == 0)
            {
                return -2;
            }

            place = index;
        }

        return place;
    }

    private static string IdOf(string text) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text)).ToString("x16", CultureInfo.InvariantCulture);
}
