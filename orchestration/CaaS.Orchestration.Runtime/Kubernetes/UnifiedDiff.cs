using System.Globalization;
using System.Text;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Compares two texts line by line and writes the unified format of diff(1).</summary>
/// <remarks>Longest common subsequence after cutting equal ends: O(n·m) of what differs, bounded by
/// <see cref="LineCountMax"/>.</remarks>
internal static class UnifiedDiff
{
    /// <summary>Lines of the differing middle that are compared; a larger one is shown as removed and added
    /// whole.</summary>
    public const int LineCountMax = 2000;

    private const int ContextCount = 3;

    /// <summary>Compares.</summary>
    /// <param name="name">Name for the head.</param>
    /// <param name="before">Lines before.</param>
    /// <param name="after">Lines after.</param>
    /// <returns>The diff, or empty for equal texts.</returns>
    public static string Of(string name, List<string> before, List<string> after)
    {
        if (before.SequenceEqual(after, StringComparer.Ordinal))
        {
            return "";
        }

        var edits = Edits(before, after);
        var text = new StringBuilder();
        text.Append("--- ").Append(name).Append(" (now)\n+++ ").Append(name).Append(" (after)\n");
        for (var index = 0; index < edits.Count;)
        {
            index = WriteHunk(edits, index, text);
        }

        return text.ToString();
    }

    /// <summary>Writes the next hunk.</summary>
    /// <returns>Index behind it.</returns>
    private static int WriteHunk(List<(char Sign, string Line)> edits, int from, StringBuilder text)
    {
        var first = edits.FindIndex(from, edit => edit.Sign != ' ');
        if (first < 0)
        {
            return edits.Count;
        }

        var start = Math.Max(from, first - ContextCount);
        var last = first;
        for (var index = first; index < edits.Count && index - last <= 2 * ContextCount; index++)
        {
            last = edits[index].Sign != ' ' ? index : last;
        }

        var end = Math.Min(edits.Count, last + ContextCount + 1);
        var oldLine = 1 + edits.Take(start).Count(edit => edit.Sign != '+');
        var newLine = 1 + edits.Take(start).Count(edit => edit.Sign != '-');
        var hunk = edits[start..end];
        text.Append(CultureInfo.InvariantCulture,
            $"@@ -{oldLine},{hunk.Count(e => e.Sign != '+')} +{newLine},{hunk.Count(e => e.Sign != '-')} @@\n");
        foreach (var (sign, line) in hunk)
        {
            text.Append(sign).Append(line).Append('\n');
        }

        return end;
    }

    private static List<(char Sign, string Line)> Edits(List<string> before, List<string> after)
    {
        var head = 0;
        while (head < before.Count && head < after.Count && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < before.Count - head && tail < after.Count - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        var edits = new List<(char, string)>();
        edits.AddRange(before.Take(head).Select(line => (' ', line)));
        Middle(before[head..^tail], after[head..^tail], edits);
        edits.AddRange(before.TakeLast(tail).Select(line => (' ', line)));
        return edits;
    }

    private static void Middle(List<string> before, List<string> after, List<(char, string)> edits)
    {
        if (before.Count > LineCountMax || after.Count > LineCountMax)
        {
            edits.AddRange(before.Select(line => ('-', line)));
            edits.AddRange(after.Select(line => ('+', line)));
            return;
        }

        var common = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (a, b) = (0, 0);
        while (a < before.Count || b < after.Count)
        {
            if (a < before.Count && b < after.Count && before[a] == after[b])
            {
                edits.Add((' ', before[a++]));
                b++;
            }
            else if (b == after.Count || (a < before.Count && common[a + 1, b] >= common[a, b + 1]))
            {
                edits.Add(('-', before[a++]));
            }
            else
            {
                edits.Add(('+', after[b++]));
            }
        }
    }
}
