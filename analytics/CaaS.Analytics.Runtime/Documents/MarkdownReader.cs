using System.Text.RegularExpressions;
using CaaS.Analytics.Text;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>Cuts Markdown into sections of plain text.</summary>
/// <remarks>Reads headings (both styles), fences, front matter and the commonest marks inside lines; what it does not
/// know stays as it is written, which is what Markdown is made for. Nothing of it is ever shown as markup.</remarks>
internal static partial class MarkdownReader
{
    public static TextDocument Read(string path, string text)
    {
        var sections = new SectionBuilder();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var fence = "";
        for (var index = FrontMatter(lines, sections); index < lines.Length; index++)
        {
            var line = lines[index];
            var start = line.TrimStart();
            if (fence.Length > 0 || start.StartsWith("```", StringComparison.Ordinal) || start.StartsWith("~~~", StringComparison.Ordinal))
            {
                if (fence.Length == 0)
                {
                    fence = start[..3];
                }
                else if (start.StartsWith(fence, StringComparison.Ordinal))
                {
                    fence = "";
                }
                else
                {
                    sections.Line(line.TrimEnd());
                }

                continue;
            }

            if (Atx().Match(line) is { Success: true } heading)
            {
                sections.Head(heading.Groups["marks"].Length, Plain(heading.Groups["text"].Value));
            }
            else if (start.Length > 0 && index + 1 < lines.Length && Underline().IsMatch(lines[index + 1]) && !start.StartsWith('-'))
            {
                sections.Head(lines[index + 1].TrimStart()[0] == '=' ? 1 : 2, Plain(start));
                index++;
            }
            else
            {
                sections.Line(Plain(line).TrimEnd());
            }
        }

        return sections.Build(path);
    }

    /// <summary>Reads <c>title</c> and <c>tags</c> of YAML front matter.</summary>
    /// <returns>The line after it.</returns>
    private static int FrontMatter(string[] lines, SectionBuilder sections)
    {
        const int MaxLines = 100;
        var end = lines[0].Trim() == "---" ? Array.FindIndex(lines, 1, line => line.Trim() is "---" or "...") : -1;
        if (end is < 1 or > MaxLines)
        {
            return 0;
        }

        var isList = false;
        foreach (var line in lines[1..end])
        {
            var item = line.Trim();
            if (isList && item.StartsWith("- ", StringComparison.Ordinal))
            {
                sections.Labels.Add(Bare(item[2..]));
                continue;
            }

            var colon = item.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = colon < 0 ? ("", "") : (item[..colon].Trim().ToLowerInvariant(), item[(colon + 1)..].Trim());
            isList = key is "tags" or "labels" or "services" or "keywords";
            if (isList)
            {
                sections.Labels.AddRange(value.Trim('[', ']').Split(',').Select(Bare).Where(label => label.Length > 0));
            }
            else if (key == "title")
            {
                sections.Name(Bare(value));
            }
        }

        return end + 1;
    }

    private static string Bare(string value) => value.Trim().Trim('"', '\'').Trim();

    private static string Plain(string line)
    {
        var text = Link().Replace(line, "${text}");
        text = Tag().Replace(text, " ");
        return text.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^ {0,3}(?<marks>#{1,6})[ \t]+(?<text>.*?)[ \t#]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Atx();

    [GeneratedRegex("^ {0,3}(={2,}|-{2,})[ \t]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Underline();

    [GeneratedRegex(@"!?\[(?<text>[^\]]{0,300})\]\([^)]{0,500}\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex("</?[A-Za-z][^<>]{0,300}>|<!--[^>]{0,500}-->", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
