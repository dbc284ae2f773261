using CaaS.Analytics.Text;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>Cuts plain text into sections: its first line is the title, underlined and capital lines are
/// headings.</summary>
internal static class PlainTextReader
{
    private const int HeadingLengthMax = 80;

    public static TextDocument Read(string path, string text)
    {
        var sections = new SectionBuilder();
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToArray();
        var isAfterBlank = true;
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index];
            if (line.Length > 0 && sections.Title.Length == 0)
            {
                sections.Head(1, Cut(line));
                index += index + 1 < lines.Length && IsUnderline(lines[index + 1]) ? 1 : 0;
            }
            else if (line.Length > 0 && index + 1 < lines.Length && IsUnderline(lines[index + 1]))
            {
                sections.Head(2, Cut(line));
                index++;
            }
            else if (isAfterBlank && IsHeading(line))
            {
                sections.Head(2, line.TrimEnd(':'));
            }
            else
            {
                sections.Line(line);
            }

            isAfterBlank = line.Length == 0;
        }

        return sections.Build(path);
    }

    private static string Cut(string line) => line.Length <= HeadingLengthMax ? line : line[..HeadingLengthMax];

    private static bool IsUnderline(string line) =>
        line.Length >= 3 && (line.All(letter => letter == '=') || line.All(letter => letter == '-'));

    private static bool IsHeading(string line) =>
        line.Length is > 2 and <= HeadingLengthMax
        && (line.EndsWith(':') || (line.Any(char.IsLetter) && !line.Any(char.IsLower) && !line.Any(char.IsDigit)));
}
