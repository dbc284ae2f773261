namespace CaaS.Analytics.Text;

/// <summary>A document's terms, counted.</summary>
internal sealed class IndexedText
{
    private IndexedText(TextDocument document) => Document = document;

    /// <summary>The document.</summary>
    public TextDocument Document { get; }

    /// <summary>How often each term stands where.</summary>
    public Dictionary<string, FieldCounts> Terms { get; } = new(StringComparer.Ordinal);

    /// <summary>Terms by field.</summary>
    public FieldCounts Lengths;

    /// <summary>Characters of the document.</summary>
    public long Characters { get; private set; }

    /// <summary>The term a label is found by as a whole.</summary>
    public static string Whole(string label) => "=" + label.ToLowerInvariant();

    public static IndexedText Of(TextDocument document)
    {
        var text = new IndexedText(document) { Characters = CharactersOf(document) };
        text.Take(document.Title, TextField.Title);
        foreach (var label in document.Labels)
        {
            text.Count(Whole(label), TextField.Label);
            text.Take(label, TextField.Label);
        }

        foreach (var section in document.Sections)
        {
            text.Take(section.Heading, TextField.Heading);
            text.Take(section.Body, TextField.Body);
        }

        return text;
    }

    /// <summary>Characters of a document, before anything is made of it.</summary>
    public static long CharactersOf(TextDocument document) =>
        document.Title.Length + document.Labels.Sum(label => (long)label.Length)
        + document.Sections.Sum(section => (long)section.Heading.Length + section.Body.Length);

    private void Take(string text, TextField field)
    {
        foreach (var token in OperationsTokens.Of(text))
        {
            Count(token.Term, field);
        }
    }

    private void Count(string term, TextField field)
    {
        Terms.TryGetValue(term, out var counts);
        counts[(int)field]++;
        Terms[term] = counts;
        Lengths[(int)field]++;
    }
}
