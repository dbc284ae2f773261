using System.Text;
using CaaS.Analytics.Text;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>Gathers the sections of a document as its lines are read.</summary>
internal sealed class SectionBuilder
{
    // A generated page may have a heading a line; what is past these goes into the last section.
    private const int MaxSections = 2_000;

    private readonly List<TextSection> _sections = [];
    private readonly StringBuilder _body = new();
    private string _heading = "";

    /// <summary>The first heading of the first level, or empty.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Labels the document gives itself.</summary>
    public List<string> Labels { get; } = [];

    public void Name(string title) => Title = Title.Length == 0 ? title.Trim() : Title;

    public void Line(string text) => _body.Append(text).Append('\n');

    public void Head(int level, string heading)
    {
        Close();
        var isTitle = level == 1 && Title.Length == 0;
        Name(isTitle ? heading : "");
        _heading = isTitle || heading == Title ? "" : heading.Trim();
    }

    /// <summary>The document.</summary>
    /// <param name="path">Its path in the folder; names it when nothing else does.</param>
    public TextDocument Build(string path)
    {
        const int MaxLabels = 32;
        Close();
        var title = Title.Length > 0 ? Title : Path.GetFileNameWithoutExtension(path);
        var all = string.Join('\n', _sections.Select(section => $"{section.Heading}\n{section.Body}").Prepend(title));
        var named = Mentions.In(all, 256)
            .Where(mention => mention.Kind is MentionKind.Entity or MentionKind.Code or MentionKind.Reason)
            .Select(mention => mention.Text);
        return new TextDocument(
            path,
            title,
            [.. Labels.Concat(named).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxLabels)],
            [.. _sections]);
    }

    private void Close()
    {
        var body = _body.ToString().Trim('\n', ' ');
        if ((body.Length > 0 || _heading.Length > 0) && _sections.Count < MaxSections)
        {
            _sections.Add(new TextSection(_heading, body));
        }

        _body.Clear();
    }
}
