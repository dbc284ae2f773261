using System.Text.RegularExpressions;

namespace CaaS.Benchmarks.Logs;

/// <summary>The rules by which loghub-2.0 makes templates comparable.</summary>
/// <remarks>
/// Rules DS, DG, WV, DV, CV of Khan et al., "Guidelines for assessing the accuracy of log message template
/// identification techniques", ICSE 2022, and the joins that loghub-2.0's post_process.py adds. Applied to both sides.
/// </remarks>
internal static partial class TemplateCorrection
{
    private static readonly (string From, string To)[] Joins =
    [
        (" #<*># ", " <*> "), (" #<*> ", " <*> "), ("<*>:<*>", "<*>"), ("<*>#<*>", "<*>"), ("<*>/<*>", "<*>"),
        ("<*>@<*>", "<*>"), ("<*>.<*>", "<*>"), (" \"<*>\" ", " <*> "), (" '<*>' ", " <*> "), ("<*><*>", "<*>"),
    ];

    /// <summary>Corrects a template.</summary>
    public static string Correct(string template)
    {
        string text = Blanks().Replace(template.Trim(), " ");
        text = string.Concat(Delimiters().Split(text).Select(Token));
        text = Repeat(text, "<*>.<*>", "<*>");
        text = Repeat(text, "<*><*>", "<*>");
        foreach ((string from, string to) in Joins)
        {
            text = Repeat(text, from, to);
        }
        return text;
    }

    private static string Token(string token)
    {
        bool isNumber = token.Length > 0 && token.All(char.IsDigit);
        return isNumber || (token != "<*>/<*>" && WithVariable().IsMatch(token)) ? "<*>" : token;
    }

    private static string Repeat(string text, string from, string to)
    {
        while (text.Contains(from, StringComparison.Ordinal))
        {
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        return text;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"([\s,!;:=|""'\[\](){}.\-+@#$%&])")]
    private static partial Regex Delimiters();

    [GeneratedRegex(@"^[^\s/]*<\*>[^\s/]*$")]
    private static partial Regex WithVariable();
}
