using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CaaS.Rca.Inquiry;

/// <summary>A unified diff taken apart: what runs, without comments, looks and version numbers.</summary>
internal sealed partial class DiffText
{
    private DiffText(ImmutableArray<string> removed, ImmutableArray<string> added, ImmutableArray<string> kept,
        ImmutableArray<string> files) =>
        (Removed, Added, Kept, Files) = (removed, added, kept, files);

    /// <summary>Lines that went.</summary>
    public ImmutableArray<string> Removed { get; }

    /// <summary>Lines that came.</summary>
    public ImmutableArray<string> Added { get; }

    /// <summary>Lines around them.</summary>
    public ImmutableArray<string> Kept { get; }

    /// <summary>Files whose change can be felt when the system runs.</summary>
    public ImmutableArray<string> Files { get; }

    public static DiffText Read(ChangeFact change)
    {
        var (removed, added, kept) = (new List<string>(), new List<string>(), new List<string>());
        var running = change.Files.Length == 0 || change.Files.Any(Runs);
        var comment = false;
        foreach (var raw in change.Diff.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            if (Header(line, change.Files) is { } path)
            {
                running = Runs(path);
                comment = false;
                continue;
            }

            if (!running || line.Length == 0 || line.StartsWith("@@", StringComparison.Ordinal))
            {
                continue;
            }

            var code = Code(line[1..], ref comment);
            if (code.Length > 0 && !Looks().IsMatch(code))
            {
                (line[0] switch { '-' => removed, '+' => added, _ => kept }).Add(code);
            }
        }

        return new DiffText([.. removed], [.. added], [.. kept], [.. change.Files.Where(Runs)]);
    }

    /// <summary>Names used in lines.</summary>
    public static HashSet<string> Names(IEnumerable<string> lines) =>
        [.. lines.SelectMany(line => Name().Matches(line).Select(match => match.Value))];

    [GeneratedRegex(@"[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\.(css|scss|less|html?|md|rst|svg|png|jpe?g|txt|sum|lock|snap)$|(^|/)(go\.mod|package(-lock)?\.json|yarn\.lock|requirements[^/]*\.txt|pom\.xml|Cargo\.toml|poetry\.lock|CODEOWNERS|CHANGELOG[^/]*)$|(_test\.|\.test\.|\.spec\.|/tests?/|/docs?/|/__tests__/|\.github/)", RegexOptions.IgnoreCase)]
    private static partial Regex Still();

    [GeneratedRegex(@"#[0-9a-fA-F]{6}\b|\bclassName=|\bclass=""|\bstyle=|\b\d+px\b")]
    private static partial Regex Looks();

    [GeneratedRegex(@"^(\+\+\+ [ab]/|diff --git a/\S+ b/)(?<path>\S+)")]
    private static partial Regex FileLine();

    private static bool Runs(string path) => !Still().IsMatch(path);

    /// <summary>The path a header line names: git's own form, or a hunk mark that holds a path of the change.</summary>
    private static string? Header(string line, ImmutableArray<string> files)
    {
        var match = FileLine().Match(line);
        if (match.Success)
        {
            return match.Groups["path"].Value;
        }

        if (line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("+++ ", StringComparison.Ordinal))
        {
            return line[4..].Trim();
        }

        return line.StartsWith("@@", StringComparison.Ordinal)
            ? files.FirstOrDefault(path => line.Contains(path, StringComparison.Ordinal))
            : null;
    }

    private static string Code(string line, ref bool comment)
    {
        var code = line.Trim();
        if (comment || code.StartsWith("/*", StringComparison.Ordinal))
        {
            comment = !code.EndsWith("*/", StringComparison.Ordinal);
            return string.Empty;
        }

        if (code.StartsWith("//", StringComparison.Ordinal) || code.StartsWith('#')
            || code.StartsWith("--", StringComparison.Ordinal)
            || code.StartsWith("* ", StringComparison.Ordinal))
        {
            return string.Empty;
        }

        var tail = code.IndexOf(" // ", StringComparison.Ordinal);
        return tail > 0 ? code[..tail].TrimEnd() : code;
    }
}
