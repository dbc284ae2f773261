using System.Collections.Frozen;
using System.Net;
using System.Text;
using CaaS.Analytics.Text;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>Cuts HTML into sections of plain text.</summary>
/// <remarks>Keeps text and headings, nothing else: what is read is shown as text only, so no markup of it can reach a
/// page. Linear in the text, however broken it is.</remarks>
internal sealed class HtmlReader
{
    private static readonly FrozenSet<string> Skipped =
        FrozenSet.ToFrozenSet(["script", "style", "svg", "template", "noscript"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet(
        [
            "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "header", "hr", "li", "main",
            "ol", "p", "pre", "section", "table", "tbody", "thead", "tr", "ul", "body", "html", "nav", "figure", "details",
            "summary",
        ],
        StringComparer.Ordinal);

    private readonly SectionBuilder _sections = new();
    private readonly StringBuilder _text = new();
    private int _headingLevel;
    private bool _isTitle;

    private HtmlReader()
    {
    }

    public static TextDocument Read(string path, string text)
    {
        var reader = new HtmlReader();
        reader.Walk(text);
        return reader._sections.Build(path);
    }

    private void Walk(string html)
    {
        var at = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
            {
                break;
            }

            _text.Append(html, at, open - at);
            at = Tag(html, open);
        }

        _text.Append(html, Math.Min(at, html.Length), html.Length - Math.Min(at, html.Length));
        EndBlock();
    }

    /// <summary>Takes what begins with a bracket.</summary>
    /// <returns>Where it ends.</returns>
    private int Tag(string html, int open)
    {
        if (html.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal))
        {
            return After(html, "-->", open + 4);
        }

        var isEnd = open + 1 < html.Length && html[open + 1] == '/';
        var start = open + (isEnd ? 2 : 1);
        if (start >= html.Length || !(char.IsAsciiLetter(html[start]) || html[start] is '!' or '?'))
        {
            _text.Append('<');
            return open + 1;
        }

        var end = start;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
        {
            end++;
        }

        var name = html[start..end].ToLowerInvariant();
        var close = After(html, ">", end);
        if (!isEnd && Skipped.Contains(name))
        {
            return html.IndexOf($"</{name}", close, StringComparison.OrdinalIgnoreCase) is var last and >= 0
                ? After(html, ">", last)
                : html.Length;
        }

        Structure(name, isEnd);
        return close;
    }

    private void Structure(string name, bool isEnd)
    {
        if (name is ['h', >= '1' and <= '6'])
        {
            EndBlock();
            _headingLevel = isEnd ? 0 : name[1] - '0';
        }
        else if (name == "title")
        {
            EndBlock();
            _isTitle = !isEnd;
        }
        else if (name is "td" or "th" or "a" or "span" or "code" or "b" or "i" or "em" or "strong")
        {
            _text.Append(name is "td" or "th" ? " " : "");
        }
        else if (Blocks.Contains(name))
        {
            EndBlock();
        }
    }

    private void EndBlock()
    {
        var lines = WebUtility.HtmlDecode(_text.ToString()).Split('\n')
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Length > 0).ToArray();
        _text.Clear();
        if (lines.Length == 0)
        {
            return;
        }

        if (_headingLevel > 0)
        {
            _sections.Head(_headingLevel, string.Join(' ', lines));
        }
        else if (_isTitle)
        {
            _sections.Name(string.Join(' ', lines));
        }
        else
        {
            _sections.Line(string.Join('\n', lines));
        }
    }

    private static int After(string html, string mark, int from) =>
        from < html.Length && html.IndexOf(mark, from, StringComparison.Ordinal) is var at and >= 0
            ? at + mark.Length
            : html.Length;
}
